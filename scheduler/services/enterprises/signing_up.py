"""An enterprise signs itself up: a form, a letter, and behind its link an account or a claim.

The form looks nothing up: whether the code is known is found out behind the link in the letter, by
somebody whose letter box has been proved, so the form's answer and its cost are the same for everybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler import credit_codes
from scheduler.errors import Language, Refusal
from scheduler.links import DeadLink, read, sign
from scheduler.models import Enterprise, EnterpriseContact, EnterpriseRole, SignUp
from scheduler.queries.reviews.facts import Facts
from scheduler.services.accounts import Belonging, begin_try, create_account
from scheduler.services.enterprises.facts import city_of, require_fit
from scheduler.services.letters import write_letter
from scheduler.services.privacy.consenting import ConsentMissing
from scheduler.times import now

PURPOSE = "sign_up"
SIGN_UP_LASTS = timedelta(days=7)
CLAIM_LASTS = timedelta(days=60)


class EnterpriseKnown(Refusal):
    """The code is on record already: then there is an enterprise to claim, not one to open."""

    status = 409
    code = "enterprise_known"
    zh = "该统一社会信用代码已有登记。如属本单位，请上传营业执照申请认领，由所在县（市、区）审核。"
    en = "This credit code is on record already. If it is yours, upload the licence and claim it."


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call and to write to, who has consented to it."""

    name: str
    phone: str
    email: str
    consented: bool = True


def ask_to_sign_up(
    session: Session, *, credit_code: str, facts: Facts, contact: Contact, language: Language
) -> SignUp:
    """Keep what was typed and write the letter with the link.

    Raises ConsentMissing, UnfitCreditCode, UnfitFacts, and TooManyTries: nobody fills a stranger's box.
    """
    _require_consent(contact)
    code = credit_codes.read(credit_code)
    require_fit(session, facts)
    begin_try(session, login=f"letter {contact.email}")
    sign_up = SignUp(
        credit_code=code.text,
        name_zh=facts.name_zh,
        division_code=facts.division_code,
        industry_code=facts.industry_code,
        contact_name=contact.name,
        contact_phone=contact.phone,
        email=contact.email,
        language=language,
        consented_at=now(),
        created_at=now(),
        expires_at=now() + SIGN_UP_LASTS,
    )
    session.add(sign_up)
    session.flush()
    write_letter(
        session,
        kind=PURPOSE,
        cause=str(sign_up.id),
        recipient=contact.email,
        language=language,
        payload={"sign_up": sign_up.id},
    )
    return sign_up


def sign_up_link(secret_key: str, sign_up_id: int) -> str:
    """Return the part of the address that stands for a sign-up."""
    return sign(secret_key, PURPOSE, sign_up_id)


def standing_sign_up(session: Session, *, secret_key: str, link: str) -> SignUp:
    """Return the sign-up of a link; raises DeadLink when it is used or has expired."""
    found = session.scalar(
        select(SignUp).where(
            SignUp.id == read(secret_key, PURPOSE, link),
            SignUp.accepted_at.is_(None),
            SignUp.expires_at > now(),
        )
    )
    if found is None:
        raise DeadLink
    return found


def open_enterprise(
    session: Session, *, sign_up_id: int, login: str, password: str, display_name: str
) -> int:
    """Set up an enterprise that nobody has on record, with its first owner, once; returns the account's id.

    Raises EnterpriseKnown when the code has come on record meanwhile: the database's unique code
    decides, not a look before. Raises DeadLink, UnfitLogin and UnfitPassword.
    """
    sign_up = take(session, sign_up_id)
    enterprise = Enterprise(
        credit_code=sign_up.credit_code,
        name_zh=sign_up.name_zh,
        division_code=sign_up.division_code,
        city_code=city_of(sign_up.division_code),
        industry_code=sign_up.industry_code,
    )
    try:
        with session.begin_nested():
            session.add(enterprise)
    except IntegrityError as error:
        raise EnterpriseKnown from error
    sign_up.enterprise_id = enterprise.id
    put_contact(session, enterprise.id, contact_of(sign_up), consented_at=sign_up.consented_at)
    return create_account(
        session,
        login=login,
        password=password,
        display_name=display_name,
        belonging=Belonging.employer(enterprise.id, EnterpriseRole.OWNER),
        email=sign_up.email,
        language="en" if sign_up.language == "en" else "zh",
    ).id


def take(session: Session, sign_up_id: int) -> SignUp:
    """Use a sign-up, once; raises DeadLink when somebody was faster."""
    taken = session.execute(
        update(SignUp)
        .where(SignUp.id == sign_up_id, SignUp.accepted_at.is_(None))
        .values(accepted_at=now())
        .returning(SignUp.id)
    ).one_or_none()
    if taken is None:
        raise DeadLink
    return session.get_one(SignUp, sign_up_id, populate_existing=True)


def contact_of(sign_up: SignUp) -> Contact:
    """Return the contact that a sign-up names."""
    return Contact(sign_up.contact_name, sign_up.contact_phone, sign_up.email)


def put_contact(session: Session, enterprise_id: int, contact: Contact, *, consented_at: datetime) -> None:
    """Make somebody the contact of an enterprise; raises ConsentMissing."""
    _require_consent(contact)
    session.merge(
        EnterpriseContact(
            enterprise_id=enterprise_id,
            name=contact.name,
            phone=contact.phone,
            email=contact.email,
            consented_at=consented_at,
        )
    )
    session.flush()


def _require_consent(contact: Contact) -> None:
    if not contact.consented:
        raise ConsentMissing
