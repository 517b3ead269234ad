"""Tests of what the benchmarks plan and report; speed itself is never asserted."""
