"""Dates as programs write them: ISO 8601 and RFC 3339 in the shapes met in the wild, and epoch numbers.

What is not of these shapes is left to the grammar, which also reads RFC 5322 («Wed, 26 Apr 2017 10:15:00 +0300»).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from newsarchive.dates import calendars
from newsarchive.dates.choice import Choice
from newsarchive.dates.lexer import Clock, Day
from newsarchive.dates.zones import MAX_OFFSET_MINUTES, fixed

_OFFSET = r"(?P<sign>[+-])(?P<hours>[0-9]{1,2}):?(?P<minutes>[0-9]{2})?"
# A day with a zone (XML Schema) is a day; what Java writes behind the offset, [Asia/Beirut], adds nothing.
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})"
    r"(?:-(?P<day>[0-9]{2})"
    r"(?:(?:[Tt]| [Tt]?)(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?)?"
    rf"(?: ?(?P<zone>[Zz]|UTC|GMT|{_OFFSET}))?)?"
    r"(?:\[[A-Za-z_]+/[A-Za-z_/]+\])?"
)
_COMPACT = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:(?P<t>T)?(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?(?(t)|(?<=[0-9]{14}))"
    rf"(?P<zone>Z|{_OFFSET})?)?"
)
# How programs of American settings write a time, the month first: 3/9/2024 1:42:00 PM. Elsewhere a day with seconds
# has 24 hours, a.m. in small letters or another script, or a zero before what has one digit.
_AMERICAN = re.compile(
    r"(?P<month>1[0-2]|[1-9])/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4}),? "
    r"(?P<hour>1[0-2]|[1-9]):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}) (?P<half>[AP])M"
)
_EPOCH = re.compile(r"[0-9]{10}(?:[0-9]{3})?")
_LAST_EPOCH = datetime(calendars.LAST_YEAR + 1, 1, 1, tzinfo=UTC)


def read(text: str, *, reference: datetime | None) -> Choice | None:
    """Return the day and the time that a machine-readable date states, None where it is no such date."""
    found = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        if american := _AMERICAN.fullmatch(text):
            return _american(american, reference)
        return _epoch(text, reference) if _EPOCH.fullmatch(text) else None
    day = _day(found)
    if day is None:
        return None
    if found["hour"] is None:
        return Choice(day, None)
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59:
        return None
    known_second = second if found["second"] and second < 60 else None  # a leap second: the minute is right
    return Choice(day, Clock(hour, minute, known_second, zoned=bool(found["zone"]), zone=_zone(found)))


def _day(found: re.Match[str]) -> Day | None:
    year, month = int(found["year"]), int(found["month"])
    if found["day"] is None:
        if month == (year + 1) % 100:  # 2011-12: a season, or December
            return None
        date = calendars.gregorian(year, month, 1)
        return Day(date, month_only=True) if date else None
    read_as = calendars.from_hijri if calendars.is_hijri_year(year) else calendars.gregorian
    date = read_as(year, month, int(found["day"]))
    return Day(date) if date else None


def _american(found: re.Match[str], reference: datetime | None) -> Choice | None:
    """Read it so if that is no day after the page was fetched."""
    day = _day(found)
    if day is not None and reference is not None and day.date > reference.date() + timedelta(days=1):
        return None
    hour = int(found["hour"]) % 12 + 12 * (found["half"] == "P")
    minute, second = int(found["minute"]), int(found["second"])
    return Choice(day, Clock(hour, minute, second, half_told=True)) if day and minute < 60 and second < 60 else None


def _zone(found: re.Match[str]) -> tzinfo | None:
    if not found["sign"]:
        return UTC if found["zone"] else None
    minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
    if minutes > MAX_OFFSET_MINUTES:
        return None
    return fixed((-60 if found["sign"] == "-" else 60) * minutes)


def _epoch(text: str, reference: datetime | None) -> Choice | None:
    """Read seconds or milliseconds since 1970, if they lie between 2001 and a day after the page was fetched."""
    moment = datetime.fromtimestamp(int(text[:10]), UTC)
    latest = reference + timedelta(days=1) if reference else _LAST_EPOCH
    if text.startswith("0") or moment > latest:
        return None
    clock = Clock(moment.hour, moment.minute, moment.second, zoned=True, zone=UTC)
    return Choice(Day(moment.date()), clock)
