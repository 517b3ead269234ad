"""Entry codes (入场码): what a QR code carries, signed so that a gate without network can tell it is ours.

ECDSA on P-256 and not Ed25519: every browser's WebCrypto verifies it, the older ones in phones too. The
key comes from the site's secret, so there is nothing to store; a site that changes its secret gives
codes under a new key, and gates learn the new public key with their next list.
"""

import base64
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from scheduler.errors import Refusal

VERSION = 1
FACTS = struct.Struct(">BBI16sI")  # version, kind, event, subject, last second
SIGNATURE_OCTETS = 64
COORDINATE_OCTETS = 32
SUBJECT_OCTETS = 16
# The order of P-256 (SEC 2): the private number lies below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ALGORITHM = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class BadEntryCode(Refusal):
    """A code that this site has not made, or that was altered."""

    status = 404
    code = "bad_entry_code"
    zh = "这不是本站签发的入场码，或内容不完整。请重新打开入场码页面，再次出示。"
    en = "This code was not made by this site, or is incomplete. Open the ticket's page and show it again."


class EntryKind(IntEnum):
    """Whom a code lets in: a seeker by a ticket, or an enterprise by its booking."""

    TICKET = 1
    BOOKING = 2


@dataclass(frozen=True, slots=True)
class EntryCode:
    """What a code says. `subject` is a ticket's serial or, in the same 32 hex digits, a booking's number."""

    kind: EntryKind
    event_id: int
    subject: str
    expires_at: datetime


def booking_subject(booking_id: int) -> str:
    """Return a booking's number as a code's subject."""
    return f"{booking_id:0{2 * SUBJECT_OCTETS}x}"


def write_code(secret_key: str, code: EntryCode) -> str:
    """Return a code as the last part of an address; the same facts give the same text."""
    facts = FACTS.pack(
        VERSION, code.kind, code.event_id, bytes.fromhex(code.subject), int(code.expires_at.timestamp())
    )
    first, second = decode_dss_signature(_private_key(secret_key).sign(facts, ALGORITHM))
    signature = first.to_bytes(COORDINATE_OCTETS, "big") + second.to_bytes(COORDINATE_OCTETS, "big")
    return base64.urlsafe_b64encode(facts + signature).rstrip(b"=").decode()


def read_code(secret_key: str, text: str) -> EntryCode:
    """Return what a code says, whether it has expired or not; raises BadEntryCode."""
    try:
        octets = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        facts, signature = octets[: FACTS.size], octets[FACTS.size :]
        if len(signature) != SIGNATURE_OCTETS:
            raise BadEntryCode
        halves = (signature[:COORDINATE_OCTETS], signature[COORDINATE_OCTETS:])
        _private_key(secret_key).public_key().verify(
            encode_dss_signature(*(int.from_bytes(half, "big") for half in halves)), facts, ALGORITHM
        )
        version, kind, event_id, subject, last = FACTS.unpack(facts)
        if version != VERSION:
            raise BadEntryCode
        return EntryCode(EntryKind(kind), event_id, subject.hex(), datetime.fromtimestamp(last, UTC))
    except (ValueError, InvalidSignature) as error:
        raise BadEntryCode from error


def public_key(secret_key: str) -> dict[str, str]:
    """Return the key that verifies codes, as a JSON Web Key for a browser."""
    numbers = _private_key(secret_key).public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}


def _coordinate(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(COORDINATE_OCTETS, "big")).rstrip(b"=").decode()


@lru_cache(maxsize=8)
def _private_key(secret_key: str) -> ec.EllipticCurvePrivateKey:
    """Return the key of a site: 16 octets more than needed, so that no private number is likelier."""
    drawn = HKDF(hashes.SHA256(), COORDINATE_OCTETS + 16, salt=None, info=b"entry codes").derive(
        secret_key.encode()
    )
    return ec.derive_private_key(1 + int.from_bytes(drawn, "big") % (ORDER - 1), ec.SECP256R1())
