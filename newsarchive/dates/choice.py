"""Which day and time a text means, among those that the grammar found in it: one, or none where they disagree."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.dates.lexer import CHANGED, PUBLISHED, Age, Clock, Day, Lexeme, Zone
from newsarchive.dates.times import hour_of_day

if TYPE_CHECKING:
    from collections.abc import Iterator

# Local calendars of the Hijra begin their months by the sighted moon, up to two days from the computed one.
_MOON_SIGHTING = timedelta(days=2)
_MOST_WORDS_BESIDE_A_DATE = 4

# What a date may consist of: its parts, labels, marks; a place only apart, at one of the ends. Before a date
# there is no «من», which makes it the beginning of a span.
_DATE_AND_FURNITURE = re.compile(r"(?:;*c[-_:|,(l])?(?:[DHPRTZtlkpzUaw/.:,()'|;_-]|d(?![DHP]))*(?:[-_|,]c[.w]*)?")
_SPAN_OF_DAYS = re.compile(r"[nyx][-_j]D")
_STRANGERS = "?nyx"
_ANY_DAY = date(2000, 1, 1)


class Choice(NamedTuple):
    """What a text states: a day, how long ago, or how many days from today; and the time of day, where told."""

    when: Day | Age | int
    clock: Clock | None


def of_date(lexemes: list[Lexeme]) -> Choice | None:
    """Return what a text states that consists of a date and its furniture; None where there is anything else."""
    return _choose(lexemes) if _DATE_AND_FURNITURE.fullmatch(_codes(lexemes)) else None


def in_line(lexemes: list[Lexeme]) -> Choice | None:
    """Return what the one date of a line states, whatever words stand apart from it.

    A full date may have a few words in its own segment (a place, a name) but no number; a month or a relative
    date none, since they are as well words of a sentence or of a name («المصري اليوم»). A time belongs to a date
    if nothing strange stands between them.
    """
    codes = _codes(lexemes)
    if "X" in codes or _SPAN_OF_DAYS.search(codes):
        return None
    known: list[Lexeme] = []
    for is_end, group in groupby(lexemes, key=lambda lexeme: lexeme.code in "_|"):
        segment = list(group)
        strangers = [lexeme.code for lexeme in segment if lexeme.code in _STRANGERS]
        if not is_end and any(map(_is_full_day, segment)):
            if len(strangers) > _MOST_WORDS_BESIDE_A_DATE or set(strangers) - {"?"}:
                return None
        elif strangers:
            segment = [
                lexeme._replace(code="?") if _is_date(lexeme) or lexeme.code == "P" else lexeme for lexeme in segment
            ]
        known += segment
    return _choose(list(_beside_dates(known)))


def _beside_dates(lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """Yield the lexemes that have nothing strange between them and a date, and every P: it may contradict."""
    for is_strange, group in groupby(lexemes, key=lambda lexeme: lexeme.code in _STRANGERS):
        stretch = list(group)
        if not is_strange:
            near = any(map(_is_date, stretch))
            yield from (lexeme for lexeme in stretch if near or lexeme.code in "Pw")


def _choose(lexemes: list[Lexeme]) -> Choice | None:
    lexemes = _of_publication(lexemes)
    if any(lexeme.code in "DHP" for lexeme in lexemes):
        day = _day(lexemes)
        return Choice(day, _clock(lexemes, day.date)) if day else None
    spans: set[Age | int] = {lexeme.made for lexeme in lexemes if isinstance(lexeme.made, Age)}
    spans |= {lexeme.number for lexeme in lexemes if lexeme.code == "t"}
    return Choice(spans.pop(), _clock(lexemes, None)) if len(spans) == 1 else None


def _of_publication(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Return what labels call the publication and not a change: «نشر 14 أيار 2020 - آخر تحديث 16 أيار 2020»."""
    labels = [lexeme.name for lexeme in lexemes]
    if PUBLISHED not in labels or CHANGED not in labels:
        return lexemes
    published, changed = labels.index(PUBLISHED), labels.index(CHANGED)
    told = lexemes[published : changed if published < changed else None]
    return told if any(map(_is_date, told)) else lexemes


def _day(lexemes: list[Lexeme]) -> Day | None:
    """Return the one day, or else month, that all stated ones agree on; the Gregorian calendar has the last word."""
    told = [lexeme.made for lexeme in lexemes if isinstance(lexeme.made, Day)]
    hijri = {day.date for day in told if day.hijri}
    months = {day.date.replace(day=1) for day in told if day.month_only}
    days = {day.date for day in told if not day.hijri and not day.month_only}
    without_year = {divmod(lexeme.number, 100) for lexeme in lexemes if lexeme.code == "P"}
    if without_year and not days:
        days = {day for computed in hijri for day in _near(computed) if (day.month, day.day) in without_year}
    chosen = days or (set() if without_year else hijri) or months
    if len(chosen) != 1 or not without_year <= {(day.month, day.day) for day in days}:
        return None
    found = next(iter(chosen))
    if months and months != {found.replace(day=1)}:
        return None
    weekdays = {lexeme.number for lexeme in lexemes if lexeme.code == "w"}
    if all(_is_same_day(computed, found, weekdays) for computed in hijri):
        return Day(found, month_only=chosen is months)
    return None


def _near(computed: date) -> list[date]:
    return [computed + timedelta(days=shift) for shift in range(-_MOON_SIGHTING.days, _MOON_SIGHTING.days + 1)]


def _is_same_day(computed: date, stated: date, weekdays: set[int]) -> bool:
    """Tell whether a Hijri date means the Gregorian one beside it; further apart, a weekday may confirm the latter."""
    confirmed = weekdays == {stated.weekday()} and computed.weekday() != stated.weekday()
    return abs(computed - stated) <= _MOON_SIGHTING or confirmed


def _clock(lexemes: list[Lexeme], day: date | None) -> Clock | None:
    """Return the time that is stated; None where there are two (published, updated), unless they are one instant."""
    clocks = [lexeme.made for lexeme in lexemes if isinstance(lexeme.made, Clock)]
    if len(clocks) == 1:
        return _with_parts_apart(clocks[0], lexemes)
    return clocks[0] if len({_instant(clock, day) for clock in clocks}) == 1 else None


def _with_parts_apart(clock: Clock, lexemes: list[Lexeme]) -> Clock:
    """Return the only time of a text with the half of the day and the zone that stand elsewhere in it."""
    halves = {lexeme.name for lexeme in lexemes if lexeme.code == "a"}
    if halves and clock.hour is not None and not clock.half_told:  # «مساء الأحد 3 مايو 2020 - 10:15»
        clock = clock._replace(hour=hour_of_day(clock.hour, halves.pop()) if len(halves) == 1 else None)
    zones = {lexeme.made.zone for lexeme in lexemes if isinstance(lexeme.made, Zone)}
    if not clock.zoned and (zones or "z" in _codes(lexemes)):  # a zone that is only named leaves it open which
        clock = clock._replace(zoned=True, zone=zones.pop() if len(zones) == 1 else None)
    return clock


def _instant(clock: Clock, day: date | None) -> datetime | Clock:
    if clock.zone is None or clock.hour is None:
        return clock
    day = day or _ANY_DAY
    local = datetime(day.year, day.month, day.day, clock.hour, clock.minute or 0, tzinfo=clock.zone)
    return local.astimezone(UTC)


def _codes(lexemes: list[Lexeme]) -> str:
    return "".join([lexeme.code for lexeme in lexemes])


def _is_date(lexeme: Lexeme) -> bool:
    return lexeme.code in "DHRt"


def _is_full_day(lexeme: Lexeme) -> bool:
    return isinstance(lexeme.made, Day) and not lexeme.made.month_only
