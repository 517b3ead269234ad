"""Every way in which allocating booths says no."""

from scheduler.errors import Refusal


class NotByAllocation(Refusal):
    """An event whose booths go to who comes first."""

    status = 409
    code = "not_by_allocation"
    zh = "“{title_zh}”的展位先到先得，不统一分配。"
    en = "Booths of “{title_en}” go to who comes first; nothing is allocated."


class StillOpen(Refusal):
    """Requests can still come in, so that an allocation would be unfair to those who come."""

    status = 409
    code = "requests_still_open"
    zh = "“{title_zh}”的报名到 {closes_zh} 截止，截止后才能分配展位。"
    en = "Enterprises can register for “{title_en}” until {closes_en}; booths are allocated after that."


class WordMissing(Refusal):
    """The lottery was announced to depend on a public fact, and what that was has not been entered."""

    status = 409
    code = "public_word_missing"
    zh = "“{title_zh}”的抽签还要用公开词（{rule}）。请先填写公布的结果，再分配展位。"
    en = "The lottery of “{title_en}” needs its public word ({rule}). Enter what it was, then allocate."


class WordNotKnown(Refusal):
    """The day on which the public fact comes to be known, as announced, is still to come."""

    status = 409
    code = "public_word_not_known"
    zh = "“{title_zh}”的公开词 {day} 才公布，当天起才能填写。"
    en = "The public word of “{title_en}” comes to be known on {day}; it can be entered from that day on."


class NoWordAnnounced(Refusal):
    """A lottery whose seed alone was announced takes nothing else in afterwards."""

    status = 409
    code = "no_public_word_announced"
    zh = "“{title_zh}”开放预订时没有公布公开词规则，抽签只用种子，不能再加公开词。"
    en = "No public word was announced for “{title_en}” when its booking opened; its seed alone decides."


class WordDrawn(Refusal):
    """Tickets were drawn with the word: another one would be another lottery."""

    status = 409
    code = "public_word_drawn"
    zh = "“{title_zh}”已用公开词“{word}”抽签，不能再改。"
    en = "The lottery of “{title_en}” was drawn with the public word “{word}”; it cannot be changed any more."


class NothingToAllocate(Refusal):
    """Nobody who was admitted to the event asks for a booth."""

    status = 409
    code = "nothing_to_allocate"
    zh = "还没有审核通过的报名，无法分配展位。请先审核报名。"
    en = "No registration is approved yet, so there is nothing to allocate. Answer the registrations first."


class AllocationBusy(Refusal):
    """Two allocations of one event would only race each other."""

    status = 409
    code = "allocation_busy"
    zh = "“{title_zh}”正在分配展位。请等它完成，或先停止它。"
    en = "Booths of “{title_en}” are being allocated already. Wait for it, or stop it first."


class NotADraft(Refusal):
    """Only a draft is published or discarded, and only once."""

    status = 409
    code = "allocation_not_a_draft"
    zh = "这次分配已经{state_zh}，不能再操作。请刷新页面查看最新结果。"
    en = "This allocation is {state_en} already. Load the page again to see how things stand."


class DraftStale(Refusal):
    """Registrations, bookings or booths changed after the draft was made."""

    status = 409
    code = "allocation_stale"
    zh = "草案生成后数据有变动（{what_zh}），未发布。请点“重新分配”，再核对新草案。"
    en = "Since the draft was made {what_en}; it was not published. Allocate again and look at the new draft."
