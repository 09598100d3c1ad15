"""Query text -> Query: what a reader typed, as a small tree. Knows no stems, no index and no clock of its own.

    وزير الخارجية             both words, in any form
    "وزير الخارجية"           this phrase as it is written
    حرب OR نزاع               either
    -لبنان  -"مجلس الأمن"     not with these
    اقتصاد*                   words that begin so
    in:headline               the words in the headline
    site: outlet: credit: author: section: tag:       of these
    after: before: since:     published then: 2017, 2017-04-26, "26 نيسان 2017", and for since 12h, 7d, 3w, 2m, 1y

A minus before any of these but the dates excludes; a value with blanks stands in quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from newsarchive.arabic import fold, tokens
from newsarchive.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILTERS = ("site", "outlet", "credit", "author", "section", "tag")
_DATES = ("after", "before", "since")
_MOST_WORDS = 64
_LONGEST_SHOWN = 80
_SHORTEST_PREFIX = 3

_QUOTES = '"\u201c\u201d\u201e\u201f'  # straight, and the double ones of typography
_KEYS = "|".join((*FILTERS, *_DATES, "in"))
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:(?P<key>(?<![^\s-])(?:{_KEYS})):)?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}](?!\w)|(?P<plain>[^\s{_QUOTES}]+))",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"\w\*+$")
_YEAR = re.compile(r"\d{4}")
_DURATION = re.compile(r"(\d{1,4})\s?([hdwmy])")
_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}

UnitKind = Literal["words", "phrase", "prefix"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One thing asked for, as typed: words to be found in any form, a phrase as it is, or the start of words."""

    text: str
    kind: UnitKind = "words"


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """Alternatives of which one is wanted, or none where it is negated."""

    alternatives: tuple[Asked, ...]
    is_negated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A condition on where an article is from: its key is one of FILTERS."""

    key: str
    value: str
    is_negated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A parsed query; `after` (included) and `before` (excluded) are ISO 8601, cut to what was stated."""

    text: str
    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()
    in_headline: bool = False
    after: str | None = None
    before: str | None = None


def parse(
    text: str,
    *,
    now: datetime,
    filters: Iterable[tuple[str, str]] = (),
    in_headline: bool = False,
    after: str | None = None,
    before: str | None = None,
) -> Query:
    """Return what a text asks for; raises QueryError, in one line, for what means nothing.

    The further arguments say what the text may say as well: pairs of a key of FILTERS and a value, dates as people
    write them. What the text says of dates counts more.
    """
    query = _read(text, now)
    given = tuple(Filter(key=key, value=_filled(key, value)) for key, value in filters)
    query = replace(
        query,
        filters=query.filters + given,
        in_headline=query.in_headline or in_headline,
        after=query.after or (instant(after, now=now) if after else None),
        before=query.before or (instant(before, now=now) if before else None),
    )
    _check(query)
    return query


def _read(text: str, now: datetime) -> Query:
    clauses: list[Clause] = []
    filters: list[Filter] = []
    settings: dict[str, str] = {}
    joins = False  # whether OR stands before this piece
    for piece in _PIECE.finditer(text):
        key, is_negated = (piece["key"] or "").lower(), piece["minus"] is not None
        if piece["plain"] == "OR" and not key and not is_negated:
            joins = bool(clauses)
            continue
        value = piece["quoted"] if piece["quoted"] is not None else piece["plain"]
        if key in FILTERS:
            filters.append(Filter(key=key, value=_filled(key, value), is_negated=is_negated))
        elif key:
            settings |= _setting(key, value, now)
        else:
            found = Clause(alternatives=tuple(_asked(piece)), is_negated=is_negated)
            _append(clauses, found, joins=joins)
        joins = False
    return Query(
        text=text,
        clauses=tuple(clauses),
        filters=tuple(filters),
        in_headline="in" in settings,
        after=settings.get("after"),
        before=settings.get("before"),
    )


def instant(text: str, *, now: datetime) -> str:
    """Return the ISO 8601 start of a year, a date in any calendar, or a duration before now; raises QueryError."""
    value = " ".join(fold(text).split())
    if _YEAR.fullmatch(value):
        return value
    if match := _DURATION.fullmatch(value):
        return _before(now, timedelta(days=int(match[1]) * _DAYS[match[2]]))
    from newsarchive.dates import resolve

    moment = resolve(text, reference=now)
    if moment is None:
        raise QueryError(_shown(text), "is no date; write 2017, 2017-04-26, 26 نيسان 2017, or 7d for a week ago")
    stated = moment.value
    if len(stated) > len("2017-04-26"):
        time = datetime.fromisoformat(stated)
        stated = (time.astimezone(UTC) if time.tzinfo else time).strftime("%Y-%m-%dT%H:%M")
    return stated


def _append(clauses: list[Clause], found: Clause, *, joins: bool) -> None:
    if not found.alternatives:
        return
    if joins and clauses[-1].is_negated == found.is_negated:
        before = clauses.pop()
        found = Clause(alternatives=before.alternatives + found.alternatives, is_negated=found.is_negated)
    clauses.append(found)


def _asked(piece: re.Match[str]) -> Iterator[Asked]:
    """Yield what a piece asks for; nothing for one without a letter or digit."""
    if piece["quoted"] is not None:
        if tokens(piece["quoted"]):
            yield Asked(text=piece["quoted"], kind="phrase")
    elif _PREFIX.search(piece["plain"]):
        yield Asked(text=piece["plain"].rstrip("*"), kind="prefix")
    elif tokens(piece["plain"]):
        yield Asked(text=piece["plain"])


def _setting(key: str, value: str, now: datetime) -> dict[str, str]:
    if key == "in":
        if fold(value) not in ("headline", "title"):
            raise QueryError(f"in:{_shown(value)}", "only in:headline is known")
        return {"in": "headline"}
    return {"after" if key == "since" else key: instant(_filled(key, value), now=now)}


def _filled(key: str, value: str) -> str:
    if not fold(value):
        raise QueryError(f"{key}:", f'names nothing; write {key}:VALUE or {key}:"two words"')
    return value


def _check(query: Query) -> None:
    for clause in query.clauses:
        for asked in clause.alternatives:
            if asked.kind == "prefix" and len(tokens(asked.text)[-1].folded) < _SHORTEST_PREFIX:
                raise QueryError(f"{_shown(asked.text)}*", f"needs {_SHORTEST_PREFIX} letters before the *")
    words = sum(len(tokens(asked.text)) for clause in query.clauses for asked in clause.alternatives)
    if words > _MOST_WORDS:
        raise QueryError(_shown(query.text), f"has {words} words; at most {_MOST_WORDS} can be searched for at once")
    if all(clause.is_negated for clause in query.clauses) and not query.filters and not (query.after or query.before):
        raise QueryError(_shown(query.text), "names no word to search for")


def _before(now: datetime, span: timedelta) -> str:
    try:
        return (now.astimezone(UTC) - span).strftime("%Y-%m-%dT%H:%M")
    except OverflowError:
        return "0001"


def _shown(text: str) -> str:
    line = " ".join("".join(filter(str.isprintable, text.replace("\n", " "))).split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"
