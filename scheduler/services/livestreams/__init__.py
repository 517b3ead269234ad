"""Livestreams (直播带岗): turns of firms, channels, run sheets and what came of each opening."""

from scheduler.services.livestreams.channels import (
    ChannelKnown,
    ChannelTaken,
    ChannelUnfit,
    add_channel,
    assign_channel,
    free_channels,
    retire_channel,
    verify_channel,
)
from scheduler.services.livestreams.counting import Count, NotBegunYet, enter_counts
from scheduler.services.livestreams.following import follow_events
from scheduler.services.livestreams.importing import CountsReport, RowVerdict, import_counts
from scheduler.services.livestreams.links import UnfitLink, set_links
from scheduler.services.livestreams.opening import (
    BadTurns,
    NotALivestream,
    close_turns,
    livestream_of,
    open_turns,
    require_to_come,
)
from scheduler.services.livestreams.publishing import (
    HostBusy,
    NoDraftSheet,
    SheetUnfit,
    publish_sheet,
)
from scheduler.services.livestreams.ruling import (
    UnfitStreamRules,
    drop_stream_rules,
    set_stream_rules,
)
from scheduler.services.livestreams.sheets import (
    Judged,
    NoEditToUndo,
    SheetChanged,
    draft_sheet,
    edit_sheet,
    judged,
    restore_sheet,
    undo_edit,
)
from scheduler.services.livestreams.showing import (
    MOST_SHOWN,
    OnAirAlready,
    TooManyShown,
    accept_rules,
    choose_openings,
    describe_opening,
    present_firm,
)
from scheduler.services.livestreams.turns import (
    TurnsFull,
    TurnsNotOpen,
    TurnTakenAlready,
    TurnTooLate,
    give_turn_back,
    release_turn,
    take_turn,
)

__all__ = [
    "MOST_SHOWN",
    "BadTurns",
    "ChannelKnown",
    "ChannelTaken",
    "ChannelUnfit",
    "Count",
    "CountsReport",
    "HostBusy",
    "Judged",
    "NoDraftSheet",
    "NoEditToUndo",
    "NotALivestream",
    "NotBegunYet",
    "OnAirAlready",
    "RowVerdict",
    "SheetChanged",
    "SheetUnfit",
    "TooManyShown",
    "TurnTakenAlready",
    "TurnTooLate",
    "TurnsFull",
    "TurnsNotOpen",
    "UnfitLink",
    "UnfitStreamRules",
    "accept_rules",
    "add_channel",
    "assign_channel",
    "choose_openings",
    "close_turns",
    "describe_opening",
    "draft_sheet",
    "drop_stream_rules",
    "edit_sheet",
    "enter_counts",
    "follow_events",
    "free_channels",
    "give_turn_back",
    "import_counts",
    "judged",
    "livestream_of",
    "open_turns",
    "present_firm",
    "publish_sheet",
    "release_turn",
    "require_to_come",
    "restore_sheet",
    "retire_channel",
    "set_links",
    "set_stream_rules",
    "take_turn",
    "undo_edit",
    "verify_channel",
]
