"""A line of print taken apart: names, places, dates and markers in it, and what separates them.

Whole words, compared folded, the longest known form first. What words mean stands in newsarchive.parser.lexicon; who
is credited is decided elsewhere.
"""

from __future__ import annotations

import re
from enum import IntEnum, auto
from functools import lru_cache
from typing import NamedTuple

from newsarchive.arabic import Token, fold, tokens
from newsarchive.parser.lexicon import MARKERS, SHORT, Entry, Kind, Lexicon, known_words, lexicon, vocabulary

# Hyphens, figure dash to horizontal bar, minus, and the tatweel that many keyboards give for a dash.
_DASHES = "-\u2010-\u2015\u2212\u0640"
_BRACKETS = r"()\[\]{}<>\u00ab\u00bb"  # with guillemets, which enclose names of papers
_SLASHES = r"/\\|+&*\u00b7\u2022\u25aa\u25cf\u25ba"  # with middle dot, bullets, square, circle, pointer
_COMMAS = ",;\u060c\u061b"  # with the Arabic ones

_DASH = re.compile(rf"\s[{_DASHES}]|[{_DASHES}]\s|[{_DASHES}]{{2}}|[\u2013-\u2015]")  # en dash and longer: always
_HYPHEN = re.compile(f"[{_DASHES}]")
_BRACKET = re.compile(f"[{_BRACKETS}]")
_SLASH = re.compile(f"[{_SLASHES}]")
_COMMA = re.compile(f"[{_COMMAS}]")
_SEPARATOR = re.compile(f"[:\n{_DASHES}{_BRACKETS}{_SLASHES}{_COMMAS}]")
_SOFT = re.compile("[^\\S\n]*[._'\"\u2018-\u201f]*[^\\S\n]*")  # what may stand inside a name, with typographic quotes
_HAMZA = re.compile("[\u0622\u0623\u0625]")  # on alef: madda, above, below
_WORD = re.compile(r"[^\W\d_]+|\d+")

_WAW, _LAM, _ALEF, _TATWEEL = "\u0648", "\u0644", "\u0627", "\u0640"
_REMEMBERED = 2  # lines: each is read for credits and then for authors
_LONGEST_NUMBER = 4  # digits of a date; longer ones are telephones
_MAX_STRANGERS, _MAX_UNMARKED = 6, 3  # words of names that no list knows, in one line: after a marker, without one
# What a waw may be written before and still be "and".
_JOINED = frozenset(
    {Kind.NAME, Kind.GENERAL, Kind.OWN, Kind.SILENT, Kind.TYPE, Kind.TITLE, Kind.NEWSROOM, Kind.WRITER, Kind.HELPER}
)
_HYPHENATED = frozenset({Kind.WORD, Kind.TITLE, Kind.PUBLISHER, Kind.NEWSROOM})


class Mark(IntEnum):
    """What separates a part from the one before it."""

    NONE = auto()
    HYPHEN = auto()  # without blanks: inside a name, or between two
    COMMA = auto()
    COLON = auto()
    DASH = auto()
    SLASH = auto()
    BRACKET = auto()
    LINE = auto()
    JOIN = auto()


class Part(NamedTuple):
    """A piece of a line, `text[start:end]`, its folded words, and what separates it from the piece before."""

    kind: Kind
    key: str
    start: int
    end: int
    mark: Mark
    gap: str
    agency: str | None = None
    doubtful: bool = False


class Segment(NamedTuple):
    """The parts between two separators, and the marker under which they stand."""

    parts: tuple[Part, ...]
    mark: Mark
    role: Kind | None
    weak: bool = False  # the marker is also a word of prose
    fresh: bool = False  # the first after its marker

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end


@lru_cache(maxsize=_REMEMBERED)
def may_name(line: str, own: Lexicon) -> bool:
    """Say, at little cost, whether a line can be one of names: most of its words are known, or it has separators.

    Most lines of a page are prose and need no closer look.
    """
    words = _WORD.findall(fold(line))
    known = lexicon()
    entry = known.entries.get(words[0]) if words else None
    marked = bool(words) and words[0] in known.longest and (entry is None or entry.kind in MARKERS)
    spare = _MAX_STRANGERS if marked else _MAX_UNMARKED
    general = vocabulary()
    for word in words:
        if len(word) == 1:  # an initial: م.س/ أ.ح.
            continue
        if not (word in general or word in own.vocabulary or word.isdigit()) and not (
            word[1:] in general or word[1:] in own.vocabulary
        ):
            spare -= 1
            if spare < 0:
                return False
    return marked or spare == _MAX_UNMARKED or _SEPARATOR.search(line) is not None


@lru_cache(maxsize=_REMEMBERED)
def scan(text: str, own: Lexicon) -> tuple[Part, ...]:
    """Return the parts of a line in order; `own` holds the names of the outlet itself."""
    line = tokens(text)
    gaps = [_gap(text, line, at) for at in range(len(line))]
    parts: list[Part] = []
    at = 0
    while at < len(line):
        entry, count, joined = _known(text, line, gaps, at, own, after=parts[-1].kind if parts else None)
        start, gap, mark = line[at].start, gaps[at], _mark(gaps[at])
        key = " ".join([token.folded for token in line[at : at + count]])
        if joined:
            parts.append(Part(Kind.JOIN, key[0], start, start, mark, gap))
            key, mark = key[1:], Mark.NONE
            start += 1 + len(text[start + 1 :]) - len(text[start + 1 :].lstrip(_TATWEEL))
        end = start + len(text[start : line[at + count - 1].end].rstrip(_TATWEEL))
        parts.append(Part(entry.kind, key, start, end, mark, gap, entry.agency, entry.doubtful))
        at += count
    return tuple(_without_doubtful_own(_with_dates(parts)))


def segments(text: str, own: Lexicon, *, role: Kind | None = None) -> list[Segment]:
    """Return what stands between the separators of a line; a marker gives its role to all that follows it."""
    cut = _Cut(role)
    for at, part in enumerate(scan(text, own)):
        cut.take(part, at)
    cut.close()
    return cut.found


class _Cut:
    """The state of cutting a line into segments."""

    def __init__(self, role: Kind | None) -> None:
        self.found: list[Segment] = []
        self.current: list[Part] = []
        self.role, self.mark = role, Mark.NONE
        self.weak = self.fresh = False
        self.last_marker = -1

    def take(self, part: Part, at: int) -> None:
        if part.kind is Kind.JOIN:
            self.close()
            self.mark = Mark.JOIN
        elif part.kind in MARKERS and self._announces(part, at):
            self.close()
            self._mark(part, at)
        else:
            if self.current and _breaks(self.current[-1], part):
                self.close()
            if not self.current and (self.mark is not Mark.JOIN or part.mark is not Mark.NONE):
                self.mark = part.mark
            self.current.append(_unmarked(part))

    def close(self) -> None:
        if self.current:
            self.found.append(Segment(tuple(self.current), self.mark, self.role, self.weak, self.fresh))
            self.current.clear()
            self.fresh = False

    def _announces(self, part: Part, at: int) -> bool:
        """Say whether a marker announces names here: at the beginning of a segment, or after another marker."""
        begins = not self.current or part.mark is not Mark.NONE
        if part.kind is Kind.SOURCE:
            return begins or self.last_marker >= 0 or part.doubtful or " " in part.key
        if part.key.isascii():  # von, di, av, text: only before all else
            return at == self.last_marker + 1 or (begins and " " in part.key)
        return begins or self.last_marker >= 0

    def _mark(self, part: Part, at: int) -> None:
        # "عن" is weak by itself, but not after a translator; of إعداد وتصوير the one who wrote counts.
        self.weak = part.doubtful and (part.kind is not Kind.SOURCE or self.last_marker < 0 or self.fresh)
        if not (self.role is Kind.WRITER and self.fresh and part.kind is Kind.HELPER):
            self.role = part.kind
        self.fresh, self.last_marker, self.mark = True, at, part.mark


def _unmarked(part: Part) -> Part:
    """Return a part that may be a marker as the plain word that it is inside a segment."""
    if part.kind not in MARKERS:
        return part
    return part._replace(kind=Kind.PROSE if part.key in known_words().prose else Kind.WORD)


def _breaks(before: Part, part: Part) -> bool:
    """Say whether a new segment begins at a part: not at the hyphen of جان-ماري or of Kirchner-Roth."""
    if part.mark is Mark.HYPHEN:
        return not (before.kind in _HYPHENATED and part.kind in _HYPHENATED)
    return part.mark is not Mark.NONE


def _known(
    text: str, line: list[Token], gaps: list[str], at: int, own: Lexicon, *, after: Kind | None
) -> tuple[Entry, int, bool]:
    """Return what is known of the longest form at a place, its number of words, and if an "and" is written to it.

    After خاص that may be a "for": خاص لعنب بلدي.
    """
    first = line[at].folded
    for known in (own, lexicon()):
        longest = known.longest.get(first)
        if longest is None:  # most words are none of a name
            continue
        for count in range(min(longest, len(line) - at), 0, -1):
            words = line[at : at + count]
            entry = known.entries.get(" ".join(token.folded for token in words))
            if entry and _in_one(words, gaps[at + 1 : at + count]) and _well_printed(text, words, entry, line):
                return entry, count, False
    if not first.isalpha() and any(map(str.isdigit, first)):
        return Entry(Kind.DATE if len(first) <= _LONGEST_NUMBER else Kind.PROSE), 1, False
    joins = first.startswith(_WAW) and first not in known_words().names_with_waw
    if at and len(first) > 1 and (joins or (after is Kind.SILENT and first.startswith(_LAM))):
        bare = _ALEF + first[1:] if first.startswith(_LAM * 2) else first[1:]
        rest = [line[at]._replace(folded=bare), *line[at + 1 :]]
        entry, count, _ = _known(text, rest, gaps[at:], 0, own, after=None)
        if entry.kind in _JOINED or (entry.kind is Kind.DOUBTFUL and (entry.agency or not joins)):
            return entry, count, True
    return Entry(Kind.WORD), 1, False


def _in_one(words: list[Token], between: list[str]) -> bool:
    """Say whether words belong together: nothing but blanks and dots between them, or all are single letters."""
    if all(len(token.folded) == 1 for token in words):
        return not any("\n" in gap or _BRACKET.search(gap) for gap in between)
    return all(_SOFT.fullmatch(gap) or gap in "-\u2010" for gap in between)  # hyphens


def _well_printed(text: str, words: list[Token], entry: Entry, line: list[Token]) -> bool:
    """Say whether a short form is printed as what it is: AP and dpa, not Ap in a sentence; وام, not وأم."""
    form = text[words[0].start : words[-1].end]
    if len(words) > 1 or len(form) > SHORT:
        return True
    if not form.isascii():
        return entry.agency is None or not _HAMZA.search(form) or form in known_words().printed
    if entry.kind is Kind.JOIN:
        return len(form) > 1 or form.islower()  # "y" and "e", not an initial
    bracketed = text[: words[0].start].endswith("(") and text[words[-1].end :].startswith(")")  # (afp)
    return entry.agency is None or len(line) == 1 or bracketed or form.isupper() or form in known_words().printed


def _gap(text: str, line: list[Token], at: int) -> str:
    """Return what stands before a token; tatweel at the end of the word before is a dash, not a letter."""
    if not at:
        return text[: line[0].start]
    before = line[at - 1]
    gap = text[before.end : line[at].start]
    dash = before.text.endswith(_TATWEEL) and len(before.folded) > 1 and gap[:1].isspace()
    return _TATWEEL + gap if dash else gap


def _mark(gap: str) -> Mark:
    if gap == " " or _SOFT.fullmatch(gap):
        return Mark.NONE
    for found, mark in (
        ("\n" in gap, Mark.LINE),
        (":" in gap, Mark.COLON),
        (_BRACKET.search(gap), Mark.BRACKET),
        (_DASH.search(gap), Mark.DASH),
        (_SLASH.search(gap), Mark.SLASH),
        (_COMMA.search(gap), Mark.COMMA),
        (_HYPHEN.search(gap), Mark.HYPHEN),
    ):
        if found:
            return mark
    return Mark.NONE


def _without_doubtful_own(parts: list[Part]) -> list[Part]:
    """Take a doubtful name of the outlet for what the word is elsewhere, unless it stands alone: «العرب - أحمد علي»."""
    for at, part in enumerate(parts):
        if part.kind is Kind.OWN and part.doubtful:
            follows = parts[at + 1].mark if at + 1 < len(parts) else Mark.LINE
            if (at and part.mark is Mark.NONE) or follows is Mark.NONE:
                known = lexicon().entries.get(part.key, Entry(Kind.WORD))
                parts[at] = part._replace(kind=known.kind, agency=known.agency, doubtful=known.doubtful)
    return parts


def _with_dates(parts: list[Part]) -> list[Part]:
    """Tell the words that are of a date because a number stands beside them."""
    words = known_words()
    for at in range(1, len(parts)):
        if parts[at - 1].kind is Kind.DATE and (
            parts[at].key in words.dates or parts[at].key in words.dates_after_number
        ):
            parts[at] = parts[at]._replace(kind=Kind.DATE)
    for at in range(len(parts) - 2, -1, -1):
        if parts[at + 1].kind is Kind.DATE and parts[at].key in words.dates:
            parts[at] = parts[at]._replace(kind=Kind.DATE)
    return parts
