"""What somebody who holds an invitation is told about it."""

from sqlalchemy.orm import Session

from scheduler.models import Enterprise, Invitation, Organizer
from scheduler.queries.public_rows import Named

EVERYBODY = Named("", "公共就业服务机构", "The public employment service")


def invited_by_whom(session: Session, invitation: Invitation) -> Named:
    """Return the name of the bureau or enterprise that the account will belong to."""
    if invitation.organizer_id is not None:
        organizer = session.get_one(Organizer, invitation.organizer_id)
        return Named(organizer.division_code, organizer.name_zh, organizer.name_en)
    if invitation.enterprise_id is not None:
        name = session.get_one(Enterprise, invitation.enterprise_id).name_zh
        return Named("", name, name)
    return EVERYBODY
