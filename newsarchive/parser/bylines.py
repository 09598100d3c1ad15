"""Who wrote a story, by its byline: persons, and the agencies that stand in the place of persons.

Pure functions on text. Newsrooms, accounts, places, dates, titles and those who only helped (photographs,
translation, editing) are no authors. Where bylines stand in a page is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from newsarchive.parser.credits import ADDRESS, distinct, found_in, quote_names, sourced
from newsarchive.parser.lexicon import Kind, known_words, own_names
from newsarchive.parser.people import is_arabic, is_office, is_person, people_in
from newsarchive.parser.wording import Mark, may_name, segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsarchive.models import Credit
    from newsarchive.parser.wording import Segment

_MAX_BYLINE = 300  # characters; a longer text beside a name is a biography
MAX_LINE = 120  # of a byline that stands alone as a paragraph
# Scripts whose names neither blanks nor commas tell apart: Indic and Thai, Chinese and Japanese, Korean.
_OTHER_SCRIPT = re.compile("[\u0900-\u0eff\u3040-\u9fff\uac00-\ud7af]")
_SAYS_NOTHING = frozenset({Kind.PLACE, Kind.DATE, Kind.OWN, Kind.SILENT, Kind.NEUTRAL, Kind.NEWSROOM, Kind.TYPE})
_OF_NAMES = frozenset({Kind.WORD, Kind.TITLE, Kind.DOUBTFUL, Kind.PLACE})


@dataclass(frozen=True, slots=True)
class Byline:
    """The persons of a byline as printed, and the agencies that it names in their place."""

    authors: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


def read_byline(text: str, *, outlet: Iterable[str] = ()) -> Byline:
    """Return whom a text names that the markup, or its wording, calls a byline."""
    line = quote_names(ADDRESS.sub("\n", text).strip())
    if not line or len(line) > _MAX_BYLINE:
        return Byline()
    if _OTHER_SCRIPT.search(line):
        return Byline(authors=(" ".join(line.split()),))
    people: list[tuple[str, bool]] = []  # with: joined to another name by "and"
    named: list[Credit] = []
    parts = segments(line, own_names(tuple(outlet)), role=Kind.WRITER)
    for segment, following in zip(parts, [*parts[1:], None], strict=False):
        if segment.role is Kind.SOURCE:
            named.extend(sourced(segment, line) or ())
            if is_person(segment):  # «المصدر: أحمد علي - دبي»
                people.extend((name, False) for name in people_in(segment, line))
        elif segment.role is Kind.WRITER:
            found = found_in(segment, line)
            if segment.parts[0].kind is not Kind.TITLE:  # مراسل الجزيرة نت
                desk = segment.parts[0].kind is Kind.NEWSROOM  # الشؤون العربية
                named.extend(found.certain if desk else found.certain + found.doubtful)
            if found.unknown and not _is_label(segment, following, line):
                people.extend((name, segment.mark is Mark.JOIN) for name in people_in(segment, line))
    # One word beside a full name or an agency is a place or a department that no list knows.
    others = bool(named) or _names_outlet(parts) or any(" " in name for name, _ in people)
    authors = [name for name, joined in people if " " in name or joined or not others]
    return Byline(tuple(dict.fromkeys(_in_one_script(authors))), distinct(named))


def is_byline(text: str, *, outlet: Iterable[str] = ()) -> bool:
    """Say whether a paragraph standing alone is a byline: «كتب: أحمد علي», «القاهرة - محمد عبد الله»."""
    line = text.strip()
    own = own_names(tuple(outlet))
    if not line or len(line) > MAX_LINE or "\n" in line or not may_name(line, own):
        return False
    parts = segments(line, own)
    marker = next((segment.role for segment in parts if segment.role is not None), None)
    if marker is None:
        return _are_people_aside(parts)
    opened = parts[0].role is not None or _says_nothing(parts[0])
    return opened and marker is not Kind.SOURCE and all(_belongs(segment, line) for segment in parts)


def names_person(line: str) -> bool:
    """Say whether a credit line plainly names a person as well: «إسطنبول / أحمد علي / الأناضول»."""
    return any(
        segment.role is Kind.WRITER or (segment.role is not Kind.HELPER and is_person(segment))
        for segment in segments(line, own_names(()))
    )


def _is_label(segment: Segment, following: Segment | None, text: str) -> bool:
    """Say whether a segment is what a colon sets before a name: «رسالة القاهرة: أحمد علي»."""
    arabic = is_arabic(segment.parts[0].key)
    if following is None or following.mark is not Mark.COLON or is_person(segment) or not arabic:
        return False
    return following.role is Kind.WRITER and bool(people_in(following, text))


def _in_one_script(authors: list[str]) -> list[str]:
    """Return the Arabic names where as many Latin ones stand beside them: «سارة حسن - Sara Hassan»."""
    arabic = [name for name in authors if is_arabic(name)]
    return arabic if 2 * len(arabic) == len(authors) else authors


def _belongs(segment: Segment, text: str) -> bool:
    """Say whether a segment can stand in a byline that a marker opens."""
    if _says_nothing(segment) or is_person(segment) or is_office(segment):
        return True
    if segment.role is Kind.SOURCE:
        return sourced(segment, text) is not None
    found = found_in(segment, text)
    if not found.unknown and not found.weak:
        return True
    if not (people_in(segment, text) and all(part.kind in _OF_NAMES for part in segment.parts)):
        return False
    if text.isascii():
        return text[segment.start].isupper()
    apart = segment.mark is not Mark.NONE or not segment.fresh
    return apart and not segment.weak and len(segment.parts) <= 5


def _are_people_aside(parts: list[Segment]) -> bool:
    """Say whether all is persons and what stands aside of them: a place, the outlet, an office."""
    people = [segment for segment in parts if is_person(segment)]
    aside = [segment for segment in parts if _says_nothing(segment) or is_office(segment)]
    for before, segment in pairwise(parts):  # «لندن: أحمد علي», but not a name and what is said of it
        if segment.mark is Mark.COLON and (segment not in people or before in people or len(segment.parts) > 3):
            return False
    return bool(people) and bool(aside) and len(people) + len(aside) == len(parts)


def _says_nothing(segment: Segment) -> bool:
    adjectives = known_words().adjectives
    first, *rest = segment.parts
    return first.kind in _SAYS_NOTHING and all(part.kind in _SAYS_NOTHING or part.key in adjectives for part in rest)


def _names_outlet(parts: list[Segment]) -> bool:
    return any(part.kind is Kind.OWN for segment in parts for part in segment.parts)
