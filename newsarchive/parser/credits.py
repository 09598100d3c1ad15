"""Whom a line credits for a story.

Pure functions on text. Names are given as printed, without brackets and quotes, with the canonical agency where
agencies.toml knows it. Persons are read in newsarchive.parser.bylines, credits inside paragraphs in
newsarchive.parser.datelines; where lines stand in a page is not known here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.arabic import fold
from newsarchive.arabic.lexicon import ARTICLE
from newsarchive.models import Credit
from newsarchive.parser.lexicon import Kind, known_words, lexicon, own_names
from newsarchive.parser.people import MARKS, is_office, is_person, words_of
from newsarchive.parser.towns import is_town_beside_source, is_town_with_country
from newsarchive.parser.wording import Mark, may_name, scan, segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsarchive.parser.lexicon import Lexicon
    from newsarchive.parser.wording import Part, Segment

ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|(?<!\w)@\w+")  # of the web, of mail, of an account
MAX_LINE = 160  # characters; the datelines of state agencies give two calendars and need as many
# صحيفة, جريدة, وكالة, folded
_PAPERS = ("\u0635\u062d\u064a\u0641\u0647", "\u062c\u0631\u064a\u062f\u0647", "\u0648\u0643\u0627\u0644\u0647")
_MAX_NAME = 6  # words of a name that no list knows
_OPEN, _CLOSE = "([{\u00ab", ")]}\u00bb"  # with guillemets
_QUOTES = ("\u00ab", '"', "\u201c", "\u201e")  # guillemet, high and low double quote
_QUOTE = re.compile('["\u201c-\u201f]')
_ENCLOSED = re.compile("(\\w+\\s*)\u00ab([^\u00ab\u00bb]+)\u00bb")  # a word, then a name in guillemets
_WORD = re.compile(r"\w+")
_FROM = "\u0645\u0646"  # من, between an outlet and a town: إيلاف من لندن
_WITH = "\u0645\u0639"  # مع, between two names: يورونيوز مع وكالات
_FOR = frozenset("\u0644\u0628")  # lam and beh, before the name that something is for: خاص لـ"عنب بلدي"
_CERTAIN = frozenset({Kind.NAME, Kind.GENERAL})
_LISTED = _CERTAIN | {
    *(Kind.DOUBTFUL, Kind.OWN, Kind.TYPE, Kind.SILENT, Kind.NEUTRAL, Kind.PLACE, Kind.DATE, Kind.NEWSROOM)
}


class Found(NamedTuple):
    """What a segment credits: for certain, or only if the rest of the line is a credit as well."""

    certain: tuple[Credit, ...] = ()
    doubtful: tuple[Credit, ...] = ()
    weak: bool = False  # the doubtful name is that of a section too, or no list knows it
    unknown: bool = False  # there are words beside that no list knows


def read_credit_line(text: str, *, outlet: Iterable[str] = (), slot: bool = False) -> tuple[Credit, ...] | None:
    """Return whom a line standing alone credits besides the outlet itself; None: it is no credit line.

    `outlet` holds the names and hosts of the outlet. An empty answer is a credit line too: «خاص», or the outlet alone.
    `slot` says that the markup already calls the text a source, as «المصدر:» does.
    """
    line = text.strip()
    own = own_names(tuple(outlet))
    if not line or len(line) > MAX_LINE or not (slot or may_name(line, own)):
        return None
    line = quote_names(ADDRESS.sub("", line).strip())
    parts = segments(line, own, role=Kind.SOURCE if slot else None)
    if not parts:
        return () if _is_marker_alone(line, own) else None
    if len(parts) == 1 and _is_titled(parts[0]):
        return (Credit(name=_printed(line, parts[0].start, parts[0].end)),)
    closed = line[-1] in _CLOSE or (len(parts) > 1 and all(map(_are_initials, parts[1:])))  # (بترا) ح خ/ ر ق
    evidence = _Evidence(
        alone=len(parts) == 1,
        bracketed=(line[0] in _OPEN and closed) or line[0] == line[-1] == "/",
        joined="+" in line,
    )
    for at, segment in enumerate(parts):
        if is_town_beside_source(parts, at, line):
            evidence.placed = True
        elif not is_town_with_country(parts, at) and not evidence.take(segment, line):
            return None
    return evidence.judge(outlet_told=any(not key.isascii() for key in own.entries))


def quote_names(line: str) -> str:
    """Return a line with quotes for guillemets around a name after its type: صحيفة «الغارديان» البريطانية.

    Elsewhere guillemets separate: «القاهرة «الشرق الأوسط»».
    """
    return _ENCLOSED.sub(_quoted, line) if _OPEN[-1] in line else line


def found_in(segment: Segment, text: str) -> Found:
    """Return what a segment credits when all its words are known, or when it looks like the name of a publisher."""
    kinds = {part.kind for part in segment.parts}
    if [part.kind for part in segment.parts] == [Kind.TYPE, Kind.PLACE] and segment.parts[1].mark is Mark.NONE:
        return Found(doubtful=(Credit(name=_printed(text, segment.start, segment.end)),))  # تلفزيون جرش
    if is_listed(segment.parts):
        return _listed(segment.parts, text)
    publisher = segment.parts[0].kind is Kind.TYPE or Kind.PUBLISHER in kinds
    other = kinds & {Kind.PROSE, Kind.DATE, Kind.TITLE, Kind.NAME, Kind.NEWSROOM}
    if publisher and not other and len(segment.parts) <= _MAX_NAME:
        named = (Credit(name=_printed(text, segment.start, segment.end)),)
        plain = segment.parts[0].kind is Kind.TYPE and segment.parts[-1].kind is Kind.PUBLISHER and segment.parts[1:-1]
        return Found(certain=named) if plain else Found(doubtful=named)  # وكالة الواحة للأنباء
    return Found(_listed(segment.parts, text).certain, unknown=True)


def sourced(segment: Segment, text: str, *, alone: bool = False) -> tuple[Credit, ...] | None:
    """Return whom a segment credits that stands after «المصدر:» or the like; None: that was no marker."""
    found = found_in(segment, text)
    known = found.certain + found.doubtful
    apart = segment.mark is not Mark.NONE or not segment.fresh
    if segment.weak:
        return known if found.certain or (known and apart and not found.unknown) else None
    if known and not found.unknown:
        return known
    leads = segment.fresh or segment.start == 0  # in a slot no marker stands before it
    body = leads and segment.parts[0].kind is Kind.BODY  # وزارة الصحة
    name = _printed(text, segment.start, segment.end)
    paper = len(segment.parts) == 1 and segment.parts[0].doubtful
    if paper and segment.parts[0].kind is Kind.TITLE and segment.fresh:
        return (Credit(name=name),)  # السفير
    if segment.parts[0].kind is Kind.TYPE and [part.kind for part in segment.parts[1:]] == [Kind.PLACE]:
        return (Credit(name=name),)  # إذاعة مقديشو
    if is_person(segment) or (is_office(segment) and not body) or _are_initials(segment):
        return ()
    if found.unknown:
        prose = any(part.kind is Kind.PROSE or _is_long_number(part) for part in segment.parts)
        return (Credit(name=name),) if apart and not prose and len(segment.parts) <= _MAX_NAME else None
    return (Credit(name=name, agency=segment.parts[0].agency),) if paper and alone else ()  # القدس


def credits_in(parts: Iterable[Part], text: str) -> tuple[Credit, ...]:
    """Return the credits that parts name, one after the other, whatever stands between them."""
    return tuple(credit for _, credit in _named(tuple(parts), text))


def distinct(found: Iterable[Credit]) -> tuple[Credit, ...]:
    """Return the credits in order, of several names of one agency the first: وكالة الأنباء الألمانية (د ب أ)."""
    first: dict[str, Credit] = {}
    for credit in found:
        first.setdefault(credit.agency or credit.name, credit)
    return tuple(first.values())


class _Evidence:
    """What the segments of a line say together of its being a credit line."""

    def __init__(self, *, alone: bool, bracketed: bool, joined: bool) -> None:
        self.alone, self.bracketed, self.joined = alone, bracketed, joined
        self.found: list[tuple[Credit, bool]] = []  # with: for certain
        self.placed = self.own = self.silent = self.sourced = self.people = self.weak = False

    def take(self, segment: Segment, text: str) -> bool:
        """Add what a segment says; False: with it, the line is text."""
        kinds = {part.kind for part in segment.parts}
        self.own |= Kind.OWN in kinds
        self.silent |= Kind.SILENT in kinds
        self.placed |= Kind.PLACE in kinds
        if segment.role is Kind.SOURCE:
            return self._take_source(segment, text)
        found = found_in(segment, text)
        if segment.role is not None:
            self.people |= kinds != {Kind.OWN} or _ends_in_picture_work(text[: segment.start])  # ترجمة: نون بوست
            if segment.role is Kind.WRITER and not found.unknown:
                self.found.extend((credit, True) for credit in found.certain)
            return Kind.PROSE not in kinds and len(segment.parts) <= _MAX_NAME
        if _are_initials(segment):
            return True
        if segment.parts[0].kind is Kind.DATE and len(segment.parts) == 2 and found.certain:
            return False  # 10 وات
        if found.unknown:
            self.people = True
            return is_person(segment) or is_office(segment)
        self.weak |= found.weak
        self.found.extend((credit, True) for credit in found.certain)
        self.found.extend((credit, False) for credit in found.doubtful)
        return True

    def _take_source(self, segment: Segment, text: str) -> bool:
        named = sourced(segment, text, alone=self.alone)
        self.sourced = True
        self.found.extend((credit, True) for credit in named or ())
        return named is not None

    def judge(self, *, outlet_told: bool) -> tuple[Credit, ...] | None:
        """Return the credits of the line, or None where they are too doubtful."""
        certain = any(sure for _, sure in self.found)
        known = self.joined and any(credit.agency for credit, _ in self.found)  # الكرمل نيوز + وفا
        if any(not sure for _, sure in self.found):
            beside = self.bracketed or (self.placed and not self.alone)
            if not (certain or known or self.own or self.silent or (beside and not self.weak)):
                return None
            (first, sure), *_ = self.found
            if not outlet_told and not sure and first.agency is None and (certain or known or self.silent):
                del self.found[0]  # an unknown name before a known one: the outlet itself
        elif not certain and (self.people or not (self.own or self.silent or self.sourced)):
            return None
        return distinct(credit for credit, _ in self.found)


def _ends_in_picture_work(before: str) -> bool:
    """Say whether what stands before a name marks it as who made the pictures: تصوير:"""
    return not words_of("picture_work").isdisjoint(_WORD.findall(fold(before))[-2:])


def _are_initials(segment: Segment) -> bool:
    """Say whether a segment tells who edited: م.س/ أ.ح."""
    return all(len(part.key) == 1 for part in segment.parts)


def _is_titled(segment: Segment) -> bool:
    """Say whether a segment is a name that no list knows after what it is: صحيفة السوداني, but not صحيفة إسرائيلية."""
    kinds = [part.kind for part in segment.parts]
    named = kinds in ([Kind.TYPE, Kind.WORD], [Kind.TYPE, Kind.PLACE]) and segment.parts[1].key.startswith(ARTICLE)
    return named and segment.parts[0].key in _PAPERS


def _quoted(match: re.Match[str]) -> str:
    typed = lexicon().entries.get(fold(match[1].strip()))
    return f'{match[1]}"{match[2]}"' if typed and typed.kind is Kind.TYPE else match[0]


def _is_marker_alone(line: str, own: Lexicon) -> bool:
    """Say whether a line is «المصدر:» with nothing, or an address, after it."""
    return any(part.kind is Kind.SOURCE and not part.doubtful for part in scan(line, own))


def is_listed(parts: tuple[Part, ...]) -> bool:
    """Say whether lists know all words of a segment, and do not know them for a person's (فارس المصري)."""
    words, kinds = known_words(), {part.kind for part in parts}
    named = bool(kinds & {Kind.NAME, Kind.DOUBTFUL, Kind.GENERAL, Kind.TYPE, Kind.OWN, Kind.NEWSROOM})
    if any(part.kind is Kind.DOUBTFUL and part.key in words.given_names for part in parts[:-1]):
        return False
    return all(
        part.kind in _LISTED
        or (named and (_belongs_to_name(part) or (part.key == _WITH and part is not parts[0])))
        or (Kind.SILENT in kinds and part.key in _FOR)
        or (part.key == _FROM and [each.kind for each in parts if each is not part] == [Kind.OWN, Kind.PLACE])
        for part in parts
    )


def _listed(parts: tuple[Part, ...], text: str) -> Found:
    pairs = _named(parts, text)
    doubtful = [part for part, _ in pairs if part.kind not in _CERTAIN]
    sections = known_words().sections
    return Found(
        certain=tuple(credit for part, credit in pairs if part.kind in _CERTAIN),
        doubtful=tuple(credit for part, credit in pairs if part.kind not in _CERTAIN),
        weak=any(part.key in sections and text[part.start - 1 : part.start] not in _QUOTES for part in doubtful),
    )


def _named(parts: tuple[Part, ...], text: str) -> list[tuple[Part, Credit]]:
    """Return each name with what makes it one; a type before it and adjectives after it belong to it."""
    found: list[tuple[Part, Credit]] = []
    at = 0
    while at < len(parts):
        first = part = parts[at]
        end = at + 1
        typed = part.kind is Kind.TYPE and end < len(parts) and parts[end].mark is Mark.NONE
        if typed:
            part, end = parts[end], end + 1
        if part.kind in _CERTAIN or part.kind is Kind.DOUBTFUL or _may_be_agency(part, at) or (typed and part.doubtful):
            while end < len(parts) and parts[end].mark is Mark.NONE and _belongs_to_name(parts[end]):
                end += 1
            name = _printed(text, first.start, parts[end - 1].end)
            found.append((part._replace(kind=Kind.NAME) if typed else part, Credit(name=name, agency=part.agency)))
        at = end
    return found


def _belongs_to_name(part: Part) -> bool:
    """Say whether a part goes on with a name: صحيفة الغارديان البريطانية, عنب بلدي أونلاين."""
    return part.kind is Kind.PUBLISHER or part.key in known_words().adjectives


def _may_be_agency(part: Part, at: int) -> bool:
    """Say whether the name of a place is rather an agency's: قنا after another place."""
    return part.kind is Kind.PLACE and part.agency is not None and (at > 0 or part.mark is not Mark.NONE)


def _is_long_number(part: Part) -> bool:
    """Say whether a number is rather a year than that of a channel: القناة 12."""
    return part.kind is Kind.DATE and len(part.key) > 3


def _printed(text: str, start: int, end: int) -> str:
    return " ".join(_QUOTE.sub("", text[start:end]).split()).strip(MARKS)
