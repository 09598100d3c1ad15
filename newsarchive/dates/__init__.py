"""Dates of news pages in all calendars, month families and digit sets: text -> Moment, or None rather than a guess.

`resolve` reads a text that is a date with its furniture, `find` the one date in a short line of furniture. Both are
pure: relative times («منذ 3 ساعات») are told against the reference that is passed in.

    text -> machine (ISO 8601, epoch) -> day and time -> Moment
         -> lexer -> grammar (times, calendars) -> choice -> day and time -> Moment

Here stand no words (words, zones) and no shapes of dates (grammar, times); HTML is unknown.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsarchive.arabic import fold
from newsarchive.dates import choice, grammar, lexer, machine, moments
from newsarchive.models import Moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

__all__ = ["Moment", "find", "is_plausible", "resolve"]

_LONGEST = 200
_LONGEST_WITH_BLANKS = 2000
_LONGEST_WITHOUT_DIGITS = 40
_DIGIT = re.compile(r"\d")
_TATWEEL = "\u0640"
_TATWEEL_AS_DASH = re.compile(r"(?<![^\s\d])\u0640+(?![^\s\d])")  # «3 ـ 6 ـ 2019»; folding takes it away
# 2024年5月3日 10時15分, 2024년 5월 3일: Chinese, Japanese and Korean have a word after each number of a date.
_DAY_IN_WORDS = re.compile("(\\d{4})\\s?[\u5e74\ub144]\\s?(\\d{1,2})\\s?[\u6708\uc6d4]\\s?(\\d{1,2})\\s?[\u65e5\uc77c]")
_TIME_IN_WORDS = re.compile("(\\d{1,2})\\s?[\u6642\u65f6\uc2dc]\\s?(\\d{1,2})\\s?[\u5206\ubd84]")
_LEAST = frozenset("yrbt")
_FEWEST_NUMBERS = 2
_SLACK = timedelta(days=1)


def resolve(text: str, *, reference: datetime | None, zone: tzinfo | None = None) -> Moment | None:
    """Return the moment that a text states which is a date and nothing else but its labels; None for prose.

    `reference` is when the page was fetched, aware; without it a relative time is None, and of the two years that
    26/04/17 may mean none is told to be later than the page. `zone` is the outlet's: it gives the offset to a time
    of day whose text names no zone, and says which day is today.

    Numbers of 8, 10, 13 and 14 digits are read as a date or an epoch: ask only where a date is to be expected.
    """
    return _read(text, choice.of_date, reference=reference, zone=zone)


def find(text: str, *, reference: datetime | None, zone: tzinfo | None = None) -> Moment | None:
    """Return the one date in a short line of furniture, as «بيروت - الأربعاء 26 أبريل 2017 - 10:15».

    None where there are two that differ, where it stands in a sentence, or where the line is longer than
    200 characters. Where labels tell a publication from a change, the publication counts; where nothing tells two
    times of one day apart, the day is the answer.
    """
    return _read(text, choice.in_line, reference=reference, zone=zone)


def is_plausible(moment: Moment, *, reference: datetime) -> bool:
    """Tell whether a moment is not later than a day after the page was fetched, which no news page is honestly.

    A moment without an offset is taken in the zone of `reference`; the day of slack is longer than zones differ.
    """
    stated = datetime.fromisoformat(moment.value if moment.precision != "month" else f"{moment.value}-01")
    if stated.tzinfo is None:
        stated = stated.replace(tzinfo=reference.tzinfo)
    return stated <= reference + _SLACK


def _read(
    text: str,
    choose: Callable[[list[lexer.Lexeme]], choice.Choice | None],
    *,
    reference: datetime | None,
    zone: tzinfo | None,
) -> Moment | None:
    printed = _short(text)
    if printed is None:
        return None
    chosen = machine.read(printed, reference=reference) or _read_words(printed, choose, reference)
    if chosen is None:
        return None
    return moments.moment_of(chosen, text=printed, reference=reference, zone=zone)


def _read_words(
    printed: str, choose: Callable[[list[lexer.Lexeme]], choice.Choice | None], reference: datetime | None
) -> choice.Choice | None:
    if len(printed) > _LONGEST_WITHOUT_DIGITS and not _DIGIT.search(printed):
        return None
    if _TATWEEL in printed:
        printed = _TATWEEL_AS_DASH.sub("-", printed)
    folded = fold(lexer.GLUED_DAY.sub(r"\1 \2", printed))
    if _DAY_IN_WORDS.search(folded):
        folded = _TIME_IN_WORDS.sub(r" \1:\2 ", _DAY_IN_WORDS.sub(r"\1-\2-\3 ", folded))
    lexemes = lexer.lex(folded)
    # Most texts of a page end here: the least of a date is a year, a word of relative time or two numbers.
    codes = [lexeme.code for lexeme in lexemes]
    if _LEAST.isdisjoint(codes) and codes.count("n") < _FEWEST_NUMBERS:
        return None
    return choose(grammar.rewrite(lexemes, latest=(reference + _SLACK).date() if reference else None))


def _short(text: str) -> str | None:
    """Return the text without blanks at its ends, None where it is too long for a date and its furniture."""
    if len(text) > _LONGEST_WITH_BLANKS:
        return None
    text = text.strip()
    if len(text) > _LONGEST:
        text = " ".join(text.split())
    return text if 3 <= len(text) <= _LONGEST else None
