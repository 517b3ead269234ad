"""The rules by name: a fault names its rule, so that tests and operators can speak of it."""

from dataclasses import dataclass

RULES = {
    "too-large": "more than 1 MB: some calendar services take no more",
    "line-break": "a line does not end with CRLF",
    "line-length": "a line has more than 75 octets (RFC 5545 §3.1)",
    "blank-line": "a line is empty",
    "utf-8": "a line is not UTF-8 by itself: a fold cuts a character, or the octets are wrong",
    "fold-after-backslash": "a fold separates a backslash from the letter it escapes",
    "control-character": "a control, U+2028, U+2029 or bidi control is in the text",
    "malformed-line": "a line is not NAME;PARAMETERS:VALUE",
    "nesting": "BEGIN and END do not match",
    "header": "VERSION:2.0 or PRODID is missing",
    "method": "METHOD needs an ORGANIZER (RFC 5546 §3.2.1), which a public feed has not",
    "refresh": "REFRESH-INTERVAL and X-PUBLISHED-TTL differ",
    "duration": "a duration is not PnW, PnD or PTnHnMnS; one importer refuses a file for P1H",
    "alarm": "a public feed holds a VALARM",
    "recurrence": "a public feed holds a recurrence rule; every event is single",
    "timezone-missing": "a TZID has no VTIMEZONE (RFC 5545 §3.2.19)",
    "timezone-repeated": "two VTIMEZONEs have the same TZID",
    "uid": "UID is missing or empty",
    "uid-repeated": "two events have the same UID",
    "dtstamp": "DTSTAMP is missing, repeated or not UTC",
    "moment": "a date-time is missing or cannot be read",
    "floating-time": "a start or end has neither TZID nor Z",
    "end-before-start": "DTEND is not after DTSTART",
    "sequence": "SEQUENCE is missing or not a number from 0 to 2147483647",
    "status": "STATUS is not TENTATIVE, CONFIRMED or CANCELLED",
    "unescaped": "a comma or semicolon in a text is not escaped, or a backslash escapes nothing",
    "summary": "SUMMARY is missing or empty",
    "geo": "GEO is not two degrees within their limits",
    "url": "URL is not http(s), or holds a space",
    "repeated": "a property that may occur once occurs again",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule of RULES, the physical line (from 1) where it shows, and what was found there."""

    rule: str
    line: int
    found: str = ""

    def __str__(self) -> str:
        """Return the fault as one line for people."""
        return f"line {self.line}: {self.rule}: {RULES[self.rule]}" + (f" ({self.found})" * bool(self.found))
