"""Publishing: what the public sees changes here, in one short transaction, and nowhere else."""

from scheduler.services.publishing.cancelling import NotCancellable, cancel_event
from scheduler.services.publishing.holds import SlotTaken
from scheduler.services.publishing.plans import NotADraft, StalePlan, publish_plan

__all__ = ["NotADraft", "NotCancellable", "SlotTaken", "StalePlan", "cancel_event", "publish_plan"]
