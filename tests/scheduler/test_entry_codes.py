"""Entry codes: ours are read back, everything else is refused, and a browser's key verifies them."""

import base64
from datetime import UTC, datetime

import pytest

from scheduler.entry_codes import (
    BadEntryCode,
    EntryCode,
    EntryKind,
    booking_subject,
    public_key,
    read_code,
    write_code,
)

SECRET, OTHER = "a secret of forty characters for the tests", "another secret of forty characters, yes"
CODE = EntryCode(
    EntryKind.TICKET, 77, "00112233445566778899aabbccddeeff", datetime(2027, 1, 6, 4, tzinfo=UTC)
)


def test_a_code_is_read_back_as_it_was_written() -> None:
    assert read_code(SECRET, write_code(SECRET, CODE)) == CODE


def test_the_same_facts_give_the_same_code_so_that_a_reprint_is_the_same_picture() -> None:
    assert write_code(SECRET, CODE) == write_code(SECRET, CODE)


def test_a_booking_is_named_by_its_number() -> None:
    code = EntryCode(EntryKind.BOOKING, 77, booking_subject(4_711), CODE.expires_at)
    assert int(read_code(SECRET, write_code(SECRET, code)).subject, 16) == 4_711


def test_one_altered_bit_anywhere_makes_a_code_worthless() -> None:
    octets = base64.urlsafe_b64decode(write_code(SECRET, CODE))
    for place in range(len(octets)):
        altered = bytes([*octets[:place], octets[place] ^ 1, *octets[place + 1 :]])
        with pytest.raises(BadEntryCode):
            read_code(SECRET, base64.urlsafe_b64encode(altered).decode())


@pytest.mark.parametrize("text", ["", "x", "入场码", "AAAA", "!" * 120, "A" * 119, "A" * 120, "A" * 500])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(BadEntryCode):
        read_code(SECRET, text)


def test_a_code_of_another_site_is_refused() -> None:
    with pytest.raises(BadEntryCode):
        read_code(SECRET, write_code(OTHER, CODE))
    assert public_key(SECRET) != public_key(OTHER)


def test_a_code_fits_a_picture_that_a_phone_shows_well() -> None:
    assert len(write_code(SECRET, CODE)) == 120
