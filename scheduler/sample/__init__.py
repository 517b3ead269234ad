"""A sample province from one seed, always the same: bureaus, venues, enterprises and what they ask for."""

from scheduler.sample.accounts import SampleAccount
from scheduler.sample.loading import SIZES, SampleInTheWay, SampleReport, load_sample

__all__ = ["SIZES", "SampleAccount", "SampleInTheWay", "SampleReport", "load_sample"]
