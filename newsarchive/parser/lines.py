"""Lines read for credits and bylines, after a cheap first look: most lines have no word that either is made of.

What a line means is read in `credits`, `bylines` and `datelines`; here is only which lines are worth that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from newsarchive.arabic import fold
from newsarchive.data import agencies, credit_words, outlets
from newsarchive.parser.bylines import MAX_LINE as MAX_BYLINE
from newsarchive.parser.bylines import Byline, is_byline, read_byline
from newsarchive.parser.credits import MAX_LINE, is_listed, read_credit_line
from newsarchive.parser.datelines import dateline, trailing_credit
from newsarchive.parser.lexicon import Kind, lexicon, own_names, without_type
from newsarchive.parser.people import words_of
from newsarchive.parser.wording import segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsarchive.models import Credit

_HEAD, _TAIL = 120, 80  # characters in which a dateline begins a paragraph, a credit ends one
_MAX_STOPPED = 60  # characters; a longer line that ends as sentences do is one
_MAX_BLANKS = 14  # in a line that is no sentence
_SENTENCE_ENDS = (".", "!", "?", "\u061f", "\u2026", '"', "\u201d")  # Arabic question mark, ellipsis, closing quote
DRAWN = " -\u2013\u2014\u2015|*"  # around a line: dashes, bars, asterisks
# What every dateline has in it: a bracket, a dash, a slash, a colon, else a year. And every credit at an end: the
# like, or its word.
_DATELINE_MARKS = re.compile(r"[(\[/:\u2010-\u2015-]|\d{4}")
_ENDING = re.compile(
    r"[)\]}\u00bb/]\W*(?:\w{1,3}\W*){0,4}\Z|[\u2010-\u2015-]\s*\S.{0,30}\Z|\u0645\u0635\u062f\u0631|ource"
)
_NAME_WORD = re.compile(r"[A-Z\u00c0-\u00de](?:[a-z\u00df-\u017f]|['\u2019-](?=\w)|(?<=[a-z'\u2019-])[A-Z])+|[A-Z]\.")
_LATIN_WORD = re.compile("[a-z\u00e0-\u017f]{2,}")
_COMMON_WORDS = frozenset(["the", "of", "and", "new", "for", "de", "la", "le", "les", "el", "los", "das", "der", "die"])
_COMMON_TOO = frozenset(["da", "do", "du", "il", "in", "on", "to", "at", "it", "is", "text", "di"])
_FROM = re.compile("\\A\\s*\u0645\u0646\\s*:")  # من:, which elsewhere tells where a reporter writes
# Names that no text has: of an outlet with an Arabic name, so that another name in a line is not its own; of any other.
_NO_NAME, _NO_ARABIC_NAME = ("\u06ff",), ("\u2026",)


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads the lines of one page: knows the outlet's names, and whether the page is in Arabic script."""

    outlet: tuple[str, ...]
    arabic: bool

    def others(self, credited: Iterable[Credit]) -> tuple[Credit, ...]:
        """Return the credits that are not the outlet's own under another of its names."""
        own = _whole_names(self.outlet)
        return tuple(each for each in credited if not _is_own(each, own))

    def credit_line(self, text: str) -> tuple[Credit, ...] | None:
        """Return whom a line of the page credits, None where it is no credit line."""
        line = text.strip(DRAWN)
        if len(line) > MAX_LINE or not self.may_tell(line):
            return None
        return read_credit_line(line, outlet=self._names_in(line))

    def source_slot(self, text: str) -> tuple[Credit, ...] | None:
        """Return whom a line credits that the markup calls a source."""
        return read_credit_line(_FROM.sub("", text), outlet=self._names_in(text), slot=True)

    def is_own_name(self, text: str) -> bool:
        """Say whether a line is the outlet's name and nothing else."""
        return fold(text.strip(DRAWN)) in _whole_names(self.outlet)

    def byline_alone(self, text: str) -> bool:
        """Say whether a line of the page is a byline and nothing else."""
        line = text.strip(DRAWN)
        return len(line) <= MAX_BYLINE and self.may_tell(line) and is_byline(line, outlet=self._names_in(line))

    def byline(self, text: str) -> Byline:
        """Return whom a text names that the page calls a byline."""
        return Byline(authors=(text,)) if is_plain_name(text) else read_byline(text, outlet=self._names_in(text))

    def names_outlet(self, text: str) -> bool:
        """Say whether the outlet itself stands in a line, apart from what else is there: «سهل - أحمد علي»."""
        own = own_names(self._names_in(text))
        parts = [segment.parts for segment in segments(text, own)]
        return any(is_listed(each) for each in parts if any(part.kind is Kind.OWN for part in each))

    def dateline(self, paragraph: str) -> tuple[tuple[Credit, ...], int] | None:
        """Return whom the dateline of a paragraph credits, and where it ends."""
        head = paragraph[:_HEAD]
        if not _DATELINE_MARKS.search(head) or not (self.arabic or _has_cue(head)):
            return None
        return dateline(paragraph, outlet=self._names_in(head))

    def ending(self, paragraph: str) -> tuple[tuple[Credit, ...], int] | None:
        """Return whom the end of a paragraph credits, and where that begins."""
        tail = paragraph[-_TAIL:]
        if not _ENDING.search(tail) or not (self.arabic or _has_cue(tail)):
            return None
        return trailing_credit(paragraph, outlet=self._names_in(tail))

    def may_tell(self, text: str) -> bool:
        """Say, at little cost, whether a line may be a credit line, a byline or a signature."""
        line = text.strip(DRAWN)
        if len(line) > _MAX_STOPPED and (line.endswith(_SENTENCE_ENDS) or line.count(" ") > _MAX_BLANKS):
            return False
        return self.arabic or _has_cue(line)

    def _names_in(self, text: str) -> tuple[str, ...]:
        """Return the names of the outlet if a text may have one of them, else one that no text has.

        The readers of lines prepare what they know for each set of names, which costs more than reading a line.
        """
        lowered = text.lower()
        if any(word in lowered for word in _words_of(self.outlet)):
            return self.outlet
        return _NO_ARABIC_NAME if all(map(str.isascii, self.outlet)) else _NO_NAME


@lru_cache(maxsize=64)
def _whole_names(outlet: tuple[str, ...]) -> frozenset[str]:
    """Return the names of an outlet as they are compared, also without what it is: صحيفة الأيام, الأيام."""
    return frozenset(fold(form) for name in outlet for form in (name, without_type(name)))


@lru_cache(maxsize=64)
def _words_of(outlet: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words, in lower case, of which one is in every text that names an outlet."""
    words = [word.lower() for name in outlet for word in name.replace(".", " ").split() if len(word) > 2]
    short = [key for key in own_names(outlet).entries if key.isascii() and len(key) <= 2]  # RT
    return tuple(dict.fromkeys([*words, *short]))


def _is_own(credit: Credit, own: frozenset[str]) -> bool:
    """Say whether a credit is one of an outlet's names, or a part of one that is no other's.

    For example نهرين نت of شبكة نهرين نت, but not الخليج of الخليج أونلاين.
    """
    name = fold(credit.name)
    if not own.isdisjoint((name, fold(credit.agency or credit.name))):
        return True
    return name not in lexicon().entries and any(f" {name} " in f" {each} " for each in own)


def is_plain_name(text: str) -> bool:
    """Say whether a text is two to four capitalised Latin words, none of them one that bylines and credits use.

    Between the first and the last may stand particles: Juana del Campo.
    """
    words = text.split(" ")
    if not 2 <= len(words) <= 4:
        return False
    named = [word for word in words if word not in words_of("particles")]
    return len(named) > 1 and named[0] is words[0] and named[-1] is words[-1] and all(map(_is_name_word, named))


def _is_name_word(word: str) -> bool:
    return _NAME_WORD.fullmatch(word) is not None and word.lower() not in _line_words()


@cache
def writer_words() -> frozenset[str]:
    """Return the words that bylines begin with: كتب, بقلم, By."""
    words = credit_words()
    return frozenset(phrase.split()[0] for key in ("writer", "writer_soft") for phrase in words[key])


def _has_cue(line: str) -> bool:
    """Say whether a Latin line has a word that credits and bylines are made of: a source, an agency, "by"."""
    return not _cues().isdisjoint(_LATIN_WORD.findall(line.lower()))


@cache
def _cues() -> frozenset[str]:
    lists = [credit_words()[key] for key in ("source", "writer", "general", "press")]
    lists.extend(agency.unambiguous for agency in agencies())
    words = {word for phrases in lists for phrase in phrases for word in _LATIN_WORD.findall(phrase.lower())}
    return frozenset(words - _COMMON_WORDS - _COMMON_TOO)


@cache
def _line_words() -> frozenset[str]:
    lists = [
        *credit_words().values(),
        *(agency.unambiguous + agency.ambiguous for agency in agencies()),
        *(outlet.all_names for outlet in outlets()),
    ]
    phrases = (phrase.lower().replace("-", " ") for each in lists for phrase in each)
    return frozenset(word for phrase in phrases for word in phrase.split())
