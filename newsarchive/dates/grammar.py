"""Lexemes to dates: rewriting rules over codes, applied in their order.

Each rule finds a shape and puts one lexeme in place of it, whose code is upper case:

    D Gregorian day or month · H Hijri day · P day and month without a year · T time · Z zone
    R span before the reference · X what has the shape of a date or time and cannot be one (31 February)

What no rule takes stays as it is; whether that is furniture or prose is decided elsewhere.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from newsarchive.dates import calendars, times
from newsarchive.dates.lexer import Clock, Day, Lexeme

if TYPE_CHECKING:
    from datetime import date

# A month with its other name: «نيسان/أبريل», «آذار (مارس)»; and the mark of the era after a year.
_MONTH = r"m(?:[-_/,]?\(?m\)?)*"
_ERA = r"(?:\(?[gi]\)?|e(?!,?T))?"
# asctime and «28 آب، آخر تحديث 14:00، 2013» have the time before the year.
_YEAR = rf"[dU]*(?:T,?)?y{_ERA}"

_NUMBERS = re.compile(
    "|".join(
        rf"(?<![nyx]{mark})(?:n{mark}n{mark}y{_ERA}|y{mark}n{mark}n(?!{mark}[nyx]){_ERA})"  # 26/4/2017, 2017-04-26
        for mark in ("-", "/", r"\.", "_")
    )
)
_WORDS = re.compile(
    rf"[nN]o?[-/,.]?[dU]*{_MONTH}[-/,.']{{0,2}}{_YEAR}"  # 26 نيسان 2017
    rf"|no?_{_MONTH}_{_YEAR}"  # 26 - نيسان - 2017
    rf"|{_MONTH}[-/,.]?no?[-/,.']{{0,2}}{_YEAR}"  # أبريل 26, 2017
    rf"|y[-/,.]?{_MONTH}[-/,.]?no?"  # 2017 أبريل 26
    rf"|y[dU]*no?{_MONTH}(?![-/,.']{{0,2}}[dU]*y)"  # 14:30 2017 الأربعاء 26 أبريل
    rf"|{_MONTH}[-/,.]{{0,2}}[dU]*y{_ERA}"  # حزيران 2018
)
_HIJRI = re.compile(
    r"[nN]o?[-/,.]?[dU]*h[-/,.]{0,2}[dU]*y?\(?i?\)?|h[-/,.]?no?[-/,.]{0,2}[dU]*y?i?|h[-/,.]{0,2}[dU]*yi?"
)
_SHORT_YEARS = re.compile(r"(?<![nyx][-/.])(?:n([-/.])n\1|n[-/]?m[-/']?)n(?![-/.:?]?[nyx?])")
_WITHOUT_YEAR = re.compile(rf"no?[-/]?[dU]*{_MONTH}|{_MONTH}[-/]?no?")
_DOTTED_TIMES = re.compile(r"D[,_|l-]*n\.n(?![.nyx])|(?<!\.)n\.n[,_|-]?D")
_ERA_OR_HALF = re.compile("e,?T")
_ZONES_AFTER_DAY = re.compile(r"(?<=D)[(,]?z\)?")  # 10:15 - 15 مايو 2024 GMT


def rewrite(lexemes: list[Lexeme], *, latest: date | None) -> list[Lexeme]:
    """Return the lexemes with dates, times, zones and spans put together; weekdays come last, wherever they stood.

    `latest` is a day after which no page was written that is being read.
    """
    lexemes = _apply(times.RULES, lexemes)
    weekdays = [lexeme for lexeme in lexemes if lexeme.code == "w"]
    if weekdays:
        lexemes = [lexeme for lexeme in lexemes if lexeme.code != "w"]
    weekday = weekdays[0].number if len(weekdays) == 1 else None
    rewritten = _apply(
        [
            ("-/._", _NUMBERS, partial(_numbers, weekday=weekday)),
            ("m", _WORDS, _words),
            ("h", _HIJRI, _hijri),
            ("-/.m", _SHORT_YEARS, partial(_short_year, weekday=weekday, latest=latest)),
            ("m", _WITHOUT_YEAR, _without_year),
            (".", _DOTTED_TIMES, _dotted_time),
            ("e", _ERA_OR_HALF, _era_or_half),
            ("z", _ZONES_AFTER_DAY, times.zone_named),
        ],
        lexemes,
    )
    # A number in words that belongs to no date is a word, المؤتمر الثاني, and so is a counter's without its number.
    return [lexeme._replace(code="?") if lexeme.code in "Nf*" else lexeme for lexeme in rewritten] + weekdays


def _apply(rules: list[times.Rule], lexemes: list[Lexeme]) -> list[Lexeme]:
    codes = "".join([lexeme.code for lexeme in lexemes])
    present = set(codes)
    for needed, shape, build in rules:
        if present.isdisjoint(needed):
            continue
        rewritten: list[Lexeme] = []
        done = 0
        for match in shape.finditer(codes):
            made = build(lexemes[match.start() : match.end()])
            if made is not None:
                rewritten += lexemes[done : match.start()] + made
                done = match.end()
        if done:
            lexemes = rewritten + lexemes[done:]
            codes = "".join([lexeme.code for lexeme in lexemes])
            present = set(codes)
    return lexemes


def _numbers(lexemes: list[Lexeme], *, weekday: int | None) -> list[Lexeme]:
    first, second, third = (lexeme.number for lexeme in lexemes if lexeme.code in "ny")
    year_first = lexemes[0].code == "y"
    year, month, day = (first, second, third) if year_first else (third, second, first)
    eras = {lexeme.code for lexeme in lexemes} & {"i", "g", "e"}
    if not eras & {"g", "e"} and calendars.is_hijri_year(year, marked=bool(eras)):
        told = calendars.from_hijri(year, month, day)
        if told is None and not year_first:
            told = calendars.from_hijri(year, day, month)  # 06-25-1433
        return _day(told, hijri=True)
    if "i" in eras:
        return _day(None)
    return _day(calendars.day_of_numbers((first, second, third), year_first=year_first, weekday=weekday))


def _words(lexemes: list[Lexeme]) -> list[Lexeme]:
    year = next(lexeme.number for lexeme in lexemes if lexeme.code == "y")
    days = [lexeme.number for lexeme in lexemes if lexeme.code in "nN"]
    months = {lexeme.number for lexeme in lexemes if lexeme.code == "m"}
    clocks = [lexeme for lexeme in lexemes if lexeme.code == "T"]
    if len(months) > 1 or any(lexeme.code == "i" for lexeme in lexemes):  # «آذار/نيسان»: a span of months
        return _day(None)
    found = calendars.gregorian(year, months.pop(), days[0] if days else 1)
    return _day(found, month_only=not days) + clocks


def _hijri(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Return the day; without its day or year it says less than the Gregorian date beside it, so it is a label."""
    numbers = {lexeme.code.lower(): lexeme.number for lexeme in lexemes}
    if "n" not in numbers or "y" not in numbers:
        return [Lexeme("l", "")]
    return _day(calendars.from_hijri(numbers["y"], numbers["h"], numbers["n"]), hijri=True)


def _short_year(lexemes: list[Lexeme], *, weekday: int | None, latest: date | None) -> list[Lexeme] | None:
    first, second, third = (lexeme.number for lexeme in lexemes if lexeme.code in "nm")
    found = calendars.day_of_short_year((first, second, third), weekday=weekday, latest=latest)
    return _day(found) if found else None


def _without_year(lexemes: list[Lexeme]) -> list[Lexeme]:
    day = next(lexeme.number for lexeme in lexemes if lexeme.code == "n")
    months = {lexeme.number for lexeme in lexemes if lexeme.code == "m"}
    return _day(None) if len(months) > 1 else [Lexeme("P", "", number=months.pop() * 100 + day)]


def _dotted_time(lexemes: list[Lexeme]) -> list[Lexeme] | None:
    """Read 14.05 as a time where it stands beside a date, and nowhere else."""
    day = next(lexeme for lexeme in lexemes if lexeme.code == "D")
    hour, minute = (lexeme.text for lexeme in lexemes if lexeme.code == "n")
    if len(minute) != 2 or int(hour) > 23 or int(minute) > 59:
        return None
    return [day, Lexeme("T", "", made=Clock(int(hour), int(minute)))]


def _era_or_half(lexemes: list[Lexeme]) -> list[Lexeme] | None:
    """Read «2017 م 10:15»: where nothing else tells which half of the day it is, it is not known."""
    last = lexemes[-1]
    if not isinstance(last.made, Clock):
        return None
    return [last if last.made.half_told else last._replace(made=last.made._replace(hour=None))]


def _day(found: date | None, *, month_only: bool = False, hijri: bool = False) -> list[Lexeme]:
    if found is None:
        return [Lexeme("X", "")]
    return [Lexeme("H" if hijri else "D", "", made=Day(found, month_only=month_only, hijri=hijri))]
