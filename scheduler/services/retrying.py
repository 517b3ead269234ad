"""What was given up is tried once more, because whoever runs the site says so."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models import Delivery, DeliveryState, Message, MessageState
from scheduler.times import now


class NotGivenUp(Refusal):
    """Something that is not among what was given up."""

    status = 409
    code = "not_given_up"
    zh = "“{name}”不在放弃之列：可能已重试、已送达或已到期删除。请先列出再选择。"
    en = "“{name}” is not among what was given up: it was retried, sent or erased. List them first."


def retry(session: Session, *, name: str) -> None:
    """Let `letter-12` or `delivery-7` be sent once more, at the worker's next tick. Raises NotGivenUp.

    The attempts go on being counted, which keeps those fenced off who slept since an earlier one.
    """
    what, _, number = name.partition("-")
    key = int(number) if number.isascii() and number.isdecimal() else 0
    again = {
        "letter": update(Message)
        .where(Message.id == key, Message.state == MessageState.FAILED)
        .values(state=MessageState.WAITING, due_at=now()),
        "delivery": update(Delivery)
        .where(Delivery.id == key, Delivery.state == DeliveryState.DEAD)
        .values(state=DeliveryState.WAITING, due_at=now()),
    }.get(what)
    if again is None or not changed(session, again):
        raise NotGivenUp(name=name)
