"""A fair's day: gates are opened, people and enterprises check in, whoever did not come loses the booth."""

from scheduler.services.fair_day.appealing import (
    AppealClosed,
    NoAppeal,
    NotThere,
    OnRecordAlready,
    RecordLifted,
    answer_appeal,
    appeal,
    lift_record,
    record_misconduct,
)
from scheduler.services.fair_day.checking import Answer, Arrival, check_in
from scheduler.services.fair_day.counting import Passing, count
from scheduler.services.fair_day.gates import (
    GATE_PREFIX,
    LONGEST_HOURS,
    GateClosed,
    NoGates,
    gate_of_key,
    open_gate,
    revoke_gate,
)
from scheduler.services.fair_day.paper import BoothsNotBooked, enter_sheet
from scheduler.services.fair_day.releasing import (
    NotReleased,
    due_releases,
    release_no_shows,
    undo_no_show,
)
from scheduler.services.fair_day.results import (
    Counts,
    ResultsClosed,
    ResultsNotOpen,
    ask_for_results,
    closes_at,
    linked_result,
    remind,
    report,
    require_open,
    result_link,
)
from scheduler.services.fair_day.settling import AlreadySettled, settle
from scheduler.services.fair_day.undoing import (
    NotCheckedIn,
    TicketNotIn,
    hand_in,
    undo_check_in,
    undo_entry,
)

__all__ = [
    "GATE_PREFIX",
    "LONGEST_HOURS",
    "AlreadySettled",
    "Answer",
    "AppealClosed",
    "Arrival",
    "BoothsNotBooked",
    "Counts",
    "GateClosed",
    "NoAppeal",
    "NoGates",
    "NotCheckedIn",
    "NotReleased",
    "NotThere",
    "OnRecordAlready",
    "Passing",
    "RecordLifted",
    "ResultsClosed",
    "ResultsNotOpen",
    "TicketNotIn",
    "answer_appeal",
    "appeal",
    "ask_for_results",
    "check_in",
    "closes_at",
    "count",
    "due_releases",
    "enter_sheet",
    "gate_of_key",
    "hand_in",
    "lift_record",
    "linked_result",
    "open_gate",
    "record_misconduct",
    "release_no_shows",
    "remind",
    "report",
    "require_open",
    "result_link",
    "revoke_gate",
    "settle",
    "undo_check_in",
    "undo_entry",
    "undo_no_show",
]
