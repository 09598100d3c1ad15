"""A folded text as lexemes: what each number, word and mark may be in a date, before any grammar.

A lexeme has a code of one character, so that the grammar can be written as regular expressions over codes:

    n one or two digits · y four digits · x other numbers · o ordinal ending · ' apostrophe
    N number in words (الخامس عشر) · f part of an hour (والنصف)
    m month · h Hijri month · w weekday · t day told from today (اليوم) · i هـ · g ميلادي · e م, either of the two
    a word for a half of the day · A its letter or abbreviation · k «الساعة» · q h, Uhr
    z zone · c place · p word for zone time (بتوقيت)
    r ago, before the span · b ago, after it · u unit · U unit that also introduces · v count · ~ about · j and
    d small word inside a date · l label · # «العدد» · * counter · ? any other word
    - hyphen · _ dash with a blank after it · | bar, bullet · / . : , + ( ) themselves · ; any other mark
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.arabic import fold
from newsarchive.dates import words, zones

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, tzinfo

_TOKEN = re.compile(r"([0-9]+|\d+|[^\W\d_]+|[^\w\s]|_)(\s?)")
# By Jane Doe26 April 2017: two elements without a blank between; but not COP26
GLUED_DAY = re.compile(r"( [A-Z][a-z]+)(\d{1,2} [A-Z][a-z]{2,} \d{4})")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th", "er", "re"})
_MARKS = {
    **dict.fromkeys("/.:+()", ""),
    **dict.fromkeys(",\u060c\u066b\u066c", ","),  # Arabic comma, decimal separator, thousands separator
    **dict.fromkeys("\\\u2044\u2215", "/"),  # fraction slash, division slash
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212_", "-"),  # the dashes and the minus sign
    **dict.fromkeys("|\u2022\u00b7\u00a6\u25cf\u25aa\u2023", "|"),  # bullets, middle dot, broken bar
    **dict.fromkeys("[", "("),
    **dict.fromkeys("]", ")"),
    **dict.fromkeys("'\u2019\u02bc", "'"),  # apostrophes
    "\u2236": ":",  # ratio
}


# The names of labels that tell two dates apart.
PUBLISHED, CHANGED = "published", "changed"


class Day(NamedTuple):
    """A day, or with `month_only` a month, of the Gregorian calendar; `hijri` where it was told in the other."""

    date: date
    month_only: bool = False
    hijri: bool = False


class Clock(NamedTuple):
    """A time of day; `hour` is None where it is not known in which half of the day.

    `half_told` says that the text tells which half. `zoned` says that it names a zone; `zone` is None also where
    it is not known which that is.
    """

    hour: int | None
    minute: int | None = None
    second: int | None = None
    half_told: bool = False
    zoned: bool = False
    zone: tzinfo | None = None


class Zone(NamedTuple):
    """A zone that the text names; None where it is not known which."""

    zone: tzinfo | None


class Age(NamedTuple):
    """How long before the reference, and in which smallest unit that is told."""

    months: int
    seconds: int
    unit: str


class Lexeme(NamedTuple):
    """One word, number or mark with its code; `made` is what a rule of the grammar has put in place of several."""

    code: str
    text: str
    number: int = 0
    name: str = ""
    made: Day | Clock | Zone | Age | None = None


class _Entry(NamedTuple):
    rest: tuple[str, ...]
    code: str
    number: int
    name: str


def lex(folded: str) -> list[Lexeme]:
    """Return the lexemes of a text that has been through `arabic.fold`, longest phrases first."""
    found = _TOKEN.findall(folded)
    tokens = [token for token, _ in found]
    book = _lexicon()
    lexemes: list[Lexeme] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        entry = _longest(book.get(token, ()), tokens, at)
        glued = at > 0 and not found[at - 1][1]
        if entry is None:
            if glued and token.isdigit() and lexemes and lexemes[-1].code == "?" and lexemes[-1].text.isascii():
                at += 1  # of the name of an account: editor2
                continue
            lexemes.append(_plain(token, spaced=bool(found[at][1]) or at + 1 == len(tokens), glued=glued))
            at += 1
            continue
        code = entry.code
        if code == "e" and glued and lexemes[-1].code == "y":  # 2017م: the era
            code = "g"
        at += 1 + len(entry.rest)
        lexemes.append(Lexeme(code, token, entry.number, entry.name))
    return lexemes


def _longest(entries: tuple[_Entry, ...], tokens: list[str], at: int) -> _Entry | None:
    for entry in entries:
        if not entry.rest or tuple(tokens[at + 1 : at + 1 + len(entry.rest)]) == entry.rest:
            return entry
    return None


def _plain(token: str, *, spaced: bool, glued: bool) -> Lexeme:
    """Return the lexeme of a token that is no phrase of the lexicon."""
    if token.isdigit():
        code = {1: "n", 2: "n", 4: "y"}.get(len(token), "x") if token.isascii() else "x"
        return Lexeme(code, token, int(token) if code != "x" or len(token) == 3 else 0)
    if token.isalpha():
        return Lexeme("o" if glued and token in _ORDINAL_ENDINGS else "?", token)
    code = _MARKS.get(token, ";") or token
    return Lexeme("_" if code == "-" and spaced else code, token)


@cache
def _lexicon() -> Mapping[str, tuple[_Entry, ...]]:
    """Return every phrase under its first token, longest first; where two are alike the first entry counts."""
    found: dict[tuple[str, ...], _Entry] = {}
    for phrases, code, number, name in _entries():
        for phrase in phrases.split(","):
            tokens = tuple(token for token, _ in _TOKEN.findall(fold(phrase)))
            if tokens and tokens != ("-",):
                found.setdefault(tokens, _Entry(tokens[1:], code, number, name))
    grouped: dict[str, list[_Entry]] = {}
    for tokens, entry in found.items():
        grouped.setdefault(tokens[0], []).append(entry)
    return {first: tuple(sorted(group, key=lambda e: -len(e.rest))) for first, group in grouped.items()}


def _entries() -> Iterator[tuple[str, str, int, str]]:
    """Yield phrases (parted by commas), their code, their number and their name."""
    for code, rows in (("m", words.GREGORIAN_MONTHS), ("h", words.HIJRI_MONTHS), ("w", words.WEEKDAYS)):
        for row in rows:
            for number, name in enumerate(row.split(","), start=0 if code == "w" else 1):
                yield name, code, number, ""
    yield from ((phrases, "t", number, "") for phrases, number in words.DAYS_FROM_TODAY.items())
    yield from ((phrases, "A", 0, half) for half, phrases in words.MERIDIEM_LETTERS.items())
    yield from ((phrases, "a", 0, half) for half, phrases in words.MERIDIEM_WORDS.items())
    for unit, counts in words.UNITS.items():
        yield from ((phrases, "u", number, unit) for phrases, number in counts.items())
    yield from ((phrases, "U", 1, unit) for unit, phrases in words.INTRODUCING_UNITS.items())
    yield from ((phrases, "v", number, "") for phrases, number in words.COUNTS.items())
    yield from ((phrases, "N", number, "") for number, phrases in words.ORDINALS.items())
    yield from ((phrases, "f", number, "") for number, phrases in words.FRACTIONS.items())
    yield from ((phrases, "l", 0, name) for phrases, name in ((words.PUBLISHED, PUBLISHED), (words.CHANGED, CHANGED)))
    yield from ((phrases, "z", 0, str(hours * 3600)) for hours, phrases in zones.ABBREVIATIONS.items())
    yield from ((phrases, "z", 0, name) for name, phrases in zones.SEASONAL_NAMES.items())
    yield zones.SHARED_NAMES, "z", 0, zones.UNKNOWN
    yield from ((phrases, "c", 0, name) for name, phrases in zones.PLACES.items())
    yield from ((phrases, code, 0, "") for code, phrases in words.ROLES.items())
