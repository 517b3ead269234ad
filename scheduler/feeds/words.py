"""The words that calendars use for an event: Chinese first, English where a short line helps."""

from scheduler.models import EventKind
from scheduler.queries.public_rows import VenueLine, VisibleEvent
from scheduler.times import local

KINDS_ZH = {
    EventKind.COMPREHENSIVE: "综合性招聘",
    EventKind.PROFESSIONAL: "专业性招聘",
    EventKind.CAMPUS: "校园招聘",
    EventKind.LIVESTREAM: "直播带岗",
    EventKind.POLICY_TALK: "政策速递",
    EventKind.ONLINE: "线上招聘",
    EventKind.TOUR: "参观走访",
    EventKind.OTHER: "其他活动",
}


def summary(event: VisibleEvent) -> str:
    """Return the title; a cancelled event says so itself, since some clients do not show its status."""
    return f"【已取消】{event.title_zh}" if event.is_cancelled else event.title_zh


def place(venue: VenueLine) -> str:
    """Return a venue's name and address; a generated venue is marked as a sample."""
    name = f"{venue.zh}（示例）" if venue.is_sample and "示例" not in venue.zh else venue.zh
    return f"{name}，{venue.address_zh}" if venue.address_zh else name


def places(event: VisibleEvent) -> str:
    """Return where an event is held; "" for an event without a venue."""
    return "；".join(place(venue) for venue in event.venues)


def categories(event: VisibleEvent) -> list[str]:
    """Return the kind, campaign and industry of an event in words."""
    named = [name.zh for name in (event.campaign, event.industry) if name is not None]
    return [KINDS_ZH[event.kind], *named]


def description(event: VisibleEvent) -> str:
    """Return what a seeker needs on a phone, one fact a line: who, how many, where, how sure."""
    lines = (
        _cancelled(event),
        f"主办：{event.organizer.zh}（{event.division.zh}）",
        _attendance(event),
        f"地点：{places(event)}" if event.venues else "",
        f"专项活动：{event.campaign.zh}" if event.campaign else "",
        _provisional(event),
        event.title_en,
    )
    return "\n".join(line for line in lines if line)


def _cancelled(event: VisibleEvent) -> str:
    if not event.is_cancelled:
        return ""
    return f"本场活动已取消，原因：{event.cancel_reason}" if event.cancel_reason else "本场活动已取消"


def _attendance(event: VisibleEvent) -> str:
    """Say who comes, as counted when the bytes were made: a registration alone changes no calendar."""
    who = event.attendance
    if not who.employers:
        return ""
    counted = local(event.changed_at)
    return (
        f"截至{counted.month}月{counted.day}日：用人单位 {who.employers} 家，"
        f"岗位 {who.openings} 个，招聘 {who.headcount} 人"
    )


def _provisional(event: VisibleEvent) -> str:
    settled = event.is_cancelled or not event.provisional
    return "" if settled else "日期暂定：当年节假日安排尚未公布"
