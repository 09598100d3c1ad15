"""The piece of a text that shows best why it was found: untouched, with the places of the matched words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsarchive.arabic import WORD
from newsarchive.search.ranking import STEM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsarchive.search.ranking import Matcher

LENGTH = 240  # characters, about three lines of a terminal
_BEFORE = 60  # of them before the first match, if there is so much text


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text and the half-open ranges in it that matched."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    clause: int


def snippet(text: str, matcher: Matcher, *, length: int = LENGTH) -> Snippet:
    """Return the window of a text with the most different words of the plan, then the most of them, the first of such.

    A text without any gives its beginning.
    """
    places = [
        _Place(found.start(), found.end(), hit[0])
        for found in WORD.finditer(text)
        if (hit := matcher.found[found.group()]) and hit[2] >= STEM
    ]
    first = _densest(places, length - _BEFORE) if places else None
    start = _word_start(text, max(0, first.start - _BEFORE)) if first else 0
    end = _word_end(text, start + length)
    marks = tuple((p.start - start, p.end - start) for p in places if start <= p.start and p.end <= end)
    return Snippet(text[start:end], marks)


def _densest(places: Sequence[_Place], length: int) -> _Place:
    """Return the place with which the best window begins."""
    best, best_value, end = places[0], (0, 0), 0
    counts: dict[int, int] = {}
    for first in places:
        while end < len(places) and places[end].end <= first.start + length:
            counts[places[end].clause] = counts.get(places[end].clause, 0) + 1
            end += 1
        value = (len(counts), sum(counts.values()))
        if value > best_value:
            best, best_value = first, value
        if counts.get(first.clause):
            counts[first.clause] -= 1
            if not counts[first.clause]:
                del counts[first.clause]
    return best


def _word_start(text: str, at: int) -> int:
    """Return the first place from here on at which a word begins."""
    if at == 0 or text[at - 1].isspace():
        return at
    blank = next((i for i in range(at, len(text)) if text[i].isspace()), at)
    return min(blank + 1, len(text))


def _word_end(text: str, at: int) -> int:
    """Return the last place up to here at which a word ends; a word longer than a snippet is cut."""
    if at >= len(text):
        return len(text.rstrip())
    blank = next((i for i in range(at, max(0, at - LENGTH), -1) if text[i].isspace()), at)
    return len(text[:blank].rstrip()) or at
