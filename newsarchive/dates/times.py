"""Rules for what is no date yet: spans before the reference, times of day, zones."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsarchive.dates.lexer import Age, Clock, Lexeme, Zone
from newsarchive.dates.zones import MAX_OFFSET_MINUTES, fixed, zone_of

# Codes of which each match has one, so that most rules are passed over; a shape of codes; and what is put in place of
# the lexemes that have it, where None leaves them.
Rule = tuple[str, re.Pattern[str], Callable[[list[Lexeme]], list[Lexeme] | None]]

_MAX_COUNT = 999
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}

_QUANTITY = "[nvx]?[uUq]f?"
_SPAN = f"~?{_QUANTITY}(?:[,j]*{_QUANTITY})*~?"

_COUNTERS = re.compile(
    r"#[:.(]*[nyx](?:,[nx])*(?![-/.]?[dU]*[mhn])\)?"  # العدد 1532
    r"|\*[:.(]*[nx](?:,[nx])*(?![-/.:]?[dU]*[mhnx])\)?|(?<![-/.:,nx])\(?[nx](?:,[nx])*\)?\*"  # Views: 1,352, 352 قراءة
)
# Not before a day of the week, a month or a year, but before a date: منذ 5 ساعات 29 تشرين الأول 2016
_SPANS = re.compile(rf"r{_SPAN}b?(?![dwmhy]|n(?!o?[-/.,]?[mh]))|{_SPAN}b")
_OFFSETS = re.compile(
    r"z\(?[+-](?:n:n|n(?![-/.]?d?m)|y)\)?"  # GMT+3, GMT+03:00, (GMT+0400)
    r"|(?<=[naAe])\(?\+(?:n:n|n|y)\)?"  # 10:15 (+3)
    r"|(?<=:n)-y|(?<=:n:n)-n:n|(?<=:n\.x)-n:n"  # 10:15 -0500, 10:15:00-05:00
)
_CLOCKS = re.compile(
    r"[aA]?(?<![nx]:)n:n(?::n(?:\.x)?)?[aAe]?q?(?![:u])"  # 10:15, 10:15:30.250, ص 10:15, 15:10 Uhr
    r"|(?<![nyx]\.)n\.n[aAeq](?!\.n)"  # 4.34pm, 11.08 Uhr
    r"|nq(?:n(?!o?[-/.]?d?[mh]))?"  # 14h52, 14h
    r"|knjnu"  # على الساعة 14 و20 دقيقة
    r"|k[nN](?![:.]n)f?[aAe]?"  # الساعة 10, الساعة العاشرة والنصف
    r"|(?<![-/.:nyx])nf?[aAe]|Nf?[aA]"  # 10 ص, العاشرة صباحا
)
_ZONES = re.compile(r"pl?[zcZ]|p\?|[zc]p|(?<=T)[(,.]?z|(?<=T)\(c\)|z(?=[(,:]?T)")
_ZONED_CLOCKS = re.compile(r"T[(,._|-]?Z\)?|\(?Z\)?[,:_|-]?T")


def _label(_: list[Lexeme]) -> list[Lexeme]:
    return [Lexeme("l", "")]


def _span(lexemes: list[Lexeme]) -> list[Lexeme] | None:
    months = seconds = 0
    count: int | None = None
    unit = "second"
    for lexeme in lexemes:
        if lexeme.code in "nvx":
            count = lexeme.number
        elif lexeme.code == "f":
            if unit != "hour":
                return None
            unit, seconds = "minute", seconds + lexeme.number * 60
        elif lexeme.code in "uUq":
            unit = lexeme.name or "hour"
            amount = _amount(count, lexeme.number)
            if amount is None or unit == "year":  # there is no precision of a year: a date would be a guess
                return None
            months += amount if unit == "month" else 0
            seconds += amount * _SECONDS.get(unit, 0)
            count = None
    return [Lexeme("R", "", made=Age(months, seconds, unit))]


def _amount(count: int | None, implied: int) -> int | None:
    """Return how many units "3 hours" (3, 0), «ساعة» (None, 1) or «ساعتين» (None, 2) are; «ساعات» alone is None."""
    if count is None:
        return implied or None
    return count if implied < 2 and 0 < count <= _MAX_COUNT else None


def _offset(lexemes: list[Lexeme]) -> list[Lexeme] | None:
    if lexemes[0].code == "z" and lexemes[0].name != "0":
        return None
    sign = -1 if any(lexeme.code == "-" for lexeme in lexemes) else 1
    digits = [lexeme.text for lexeme in lexemes if lexeme.code in "ny"]
    joined = digits[0] if len(digits[0]) == 4 else f"{digits[0]:0>2}{digits[1] if digits[1:] else '00'}"
    minutes = int(joined[:2]) * 60 + int(joined[2:])
    if len(joined) != 4 or int(joined[2:]) > 59 or minutes > MAX_OFFSET_MINUTES:
        return None
    return [Lexeme("Z", "", made=Zone(fixed(sign * minutes * 60)))]


def _clock(lexemes: list[Lexeme]) -> list[Lexeme] | None:
    numbers = [lexeme.text for lexeme in lexemes if lexeme.code in "nN"]
    halves = {"pm" if lexeme.code == "e" else lexeme.name for lexeme in lexemes if lexeme.code in "aAe"}
    if any(len(number) != 2 for number in numbers[1:]) or len(halves) > 1:
        return None
    hour = next(lexeme.number for lexeme in lexemes if lexeme.code in "nN")
    minute = int(numbers[1]) if numbers[1:] else None
    second = int(numbers[2]) if numbers[2:] else None
    if hour > 23 or (minute or 0) > 59:
        return None if lexemes[-1].code in "ae" else [Lexeme("X", "")]
    half = halves.pop() if halves else None
    if second is not None and second > 59:  # a leap second: the minute is right
        second = None
    bare = minute is None and half is None and not any(lexeme.code == "q" for lexeme in lexemes)
    told = half is not None or hour > 12
    known = None if bare and not told else hour_of_day(hour, half)
    part = next((lexeme.number for lexeme in lexemes if lexeme.code == "f"), None)
    if part is not None:
        minute, known = part % 60, known if known is None or part > 0 else (known - 1) % 24
    return [Lexeme("T", "", made=Clock(known, minute, second, half_told=told))]


def hour_of_day(hour: int, half: str | None) -> int | None:
    """Return the hour of 24; None where the half of the day contradicts it or may be meant in two ways."""
    if half is None:
        return hour
    if hour > 12 or hour == 0:
        return hour if (half == "am") == (hour == 0) else None
    if half == "am":
        return hour % 12
    if half == "noon":
        return hour if hour >= 10 else hour + 12
    if half == "night":  # 12 at night may end the day or begin it
        return None if hour == 12 else hour if hour < 6 else hour + 12
    return hour % 12 + 12


def zone_named(lexemes: list[Lexeme]) -> list[Lexeme] | None:
    for lexeme in lexemes:
        if lexeme.code in "zc":
            return [Lexeme("Z", "", made=Zone(zone_of(lexeme.name)))]
        if lexeme.code == "Z":
            return [lexeme]
    return [Lexeme("Z", "", made=Zone(None))]


def _zoned_clock(lexemes: list[Lexeme]) -> list[Lexeme] | None:
    zone = next((lexeme.made.zone for lexeme in lexemes if isinstance(lexeme.made, Zone)), None)
    return [
        lexeme._replace(made=lexeme.made._replace(zoned=True, zone=zone))
        for lexeme in lexemes
        if isinstance(lexeme.made, Clock)
    ]


RULES: list[Rule] = [
    ("#*", _COUNTERS, _label),
    ("rb", _SPANS, _span),
    ("+-", _OFFSETS, _offset),
    (":aAeqk", _CLOCKS, _clock),
    ("pzcZ", _ZONES, zone_named),
    ("T", _ZONED_CLOCKS, _zoned_clock),
]
