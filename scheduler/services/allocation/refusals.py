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
