"""Who wrote a story, by its byline: persons, and the agencies that stand in the place of persons.

Pure functions on text. Newsrooms, accounts, places, dates, titles and those who only helped (photographs,
translation, editing) are no authors. Where bylines stand in a page is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from newsarchive.arabic.lexicon import ARTICLE
from newsarchive.data import credit_words
from newsarchive.dates.lexer import GLUED_DAY
from newsarchive.parser.credits import ADDRESS, distinct, found_in, quote_names, sourced
from newsarchive.parser.lexicon import Kind, is_name, known_words, own_names
from newsarchive.parser.people import is_arabic, is_office, is_person, people_in, words_of
from newsarchive.parser.wording import Mark, may_name, segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsarchive.models import Credit
    from newsarchive.parser.wording import Segment

_MAX_BYLINE = 300  # characters; a longer text beside a name is a biography
_MAX_SIGNATURE = 60
MAX_LINE = 120  # of a byline that stands alone as a paragraph
# Scripts whose names neither blanks nor commas tell apart: Indic and Thai, Chinese and Japanese, Korean.
_OTHER_SCRIPT = re.compile("[\u0900-\u0eff\u3040-\u9fff\uac00-\ud7af]")
_OTHER_JOINT = re.compile("[,;/|\n\u060c\u3001\uff0c\uff0f\uff1b\uff5c]")  # with Arabic, ideographic, full-width ones
_HANGUL_JOINT = re.compile("[\u00b7\u30fb]")  # middle dots, which elsewhere stand inside one name
_OTHER_EDGE = " \t-:.()[]\u2013\u2014\u3010\u3011\uff08\uff09\uff1a"  # with lenticular and full-width brackets
_AFTER_NAME = re.compile("\\d.*|\\s+\\S+\\s*[:\uff1a].*")  # a date, or a word and a colon, full-width as well
_MAX_OTHER = 30  # characters of one name in these scripts
# في, and a paper's name in quotation marks: كتب أحمد علي في "السهل". Guillemets part names already.
_IN_PAPER = re.compile('(?<=\\s\u0641\u064a )["\u201c-\u201f]([^"\u201c-\u201f]+)["\u201c-\u201f]')
_REVERSED = re.compile(r"[A-Z][\w'\u2019-]+, [A-Z][\w'\u2019-]+(?: [A-Z]\.)?")  # Doe, Jane
_SAYS_NOTHING = frozenset({Kind.PLACE, Kind.DATE, Kind.OWN, Kind.SILENT, Kind.NEUTRAL, Kind.NEWSROOM, Kind.TYPE})
_OF_NAMES = frozenset({Kind.WORD, Kind.TITLE, Kind.DOUBTFUL, Kind.PLACE})


@dataclass(frozen=True, slots=True)
class Byline:
    """The persons of a byline as printed, and the agencies that it names in their place."""

    authors: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


def read_byline(text: str, *, outlet: Iterable[str] = ()) -> Byline:
    """Return whom a text names that the markup, or its wording, calls a byline."""
    line = quote_names(GLUED_DAY.sub(r"\1\n\2", ADDRESS.sub("\n", text)).strip())
    if not line or len(line) > _MAX_BYLINE:
        return Byline()
    if _OTHER_SCRIPT.search(line):
        return Byline(authors=_in_other_script(line))
    line = _apart(_piece().sub("\n", line).strip())
    people: list[tuple[str, bool]] = []  # with: joined to another name by "and"
    named: list[Credit] = []
    parts = segments(line, own_names(tuple(outlet)), role=Kind.WRITER)
    if _REVERSED.fullmatch(line) and all(part.kind is Kind.WORD for segment in parts for part in segment.parts):
        return Byline((line,))
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
            whence = _is_whence(segment, parts, line) if people else False
            if found.unknown and not whence and not _is_label(segment, following, line):
                people.extend((name, segment.mark is Mark.JOIN) for name in people_in(segment, line))
    # One word beside a full name or an agency is a place or a department that no list knows.
    others = bool(named) or _names_outlet(parts) or any(" " in name for name, _ in people)
    authors = [name for name, joined in people if " " in name or joined or not others]
    return Byline(distinct_names(_in_one_script(authors)), distinct(named))


def distinct_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in order, of those that differ only in capitals the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def is_full_name(name: str) -> bool:
    """Say whether a name plainly looks like a person's: two to six words with capitals, or one of other scripts."""
    if _OTHER_SCRIPT.search(name) or is_arabic(name):
        return len(name) <= _MAX_OTHER
    words = name.split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() or word in words_of("particles") for word in words)


def is_byline(text: str, *, outlet: Iterable[str] = ()) -> bool:
    """Say whether a paragraph standing alone is a byline: «كتب: أحمد علي», «القاهرة - محمد عبد الله»."""
    line = _apart(text.strip())
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


def _apart(line: str) -> str:
    """Return a line with guillemets around the paper that somebody wrote in, not around a poem or a post."""
    return _IN_PAPER.sub(lambda found: f"\u00ab{found[1]}\u00bb" if is_name(found[1]) else found[0], line)


def _in_other_script(line: str) -> tuple[str, ...]:
    """Return the persons of a byline whose script has no blanks between words, or whose words no list knows.

    A part too long for a name says that the line is none of names.
    """
    opening, title, newsroom = _other_words()
    joint = _HANGUL_JOINT.sub(",", line) if re.search("[\uac00-\ud7af]", line) else line  # Korean
    names: list[str] = []
    for part in _OTHER_JOINT.split(joint):
        bare = opening.sub("", part.strip(_OTHER_EDGE))
        name = " ".join(_AFTER_NAME.sub("", title.split(bare)[0]).split()).strip(_OTHER_EDGE)
        if len(name) > _MAX_OTHER:
            return ()
        if name and not name.endswith(newsroom):
            names.append(name)
    return distinct_names(names)


@cache
def _other_words() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    """Return what in other scripts opens a byline and follows a name, as patterns, and how newsrooms end."""
    words = credit_words()
    apart = "[\\s:/\uff0f\uff1a]"  # with full-width slash and colon
    openers = sorted(words["other_openers"], key=len, reverse=True)
    forms = [re.escape(word) + apart + ("+" if word.isascii() or len(word) == 1 else "*") for word in openers]
    opening = re.compile(rf"\A(?:{'|'.join(forms)})", re.IGNORECASE)
    titles = "|".join(map(re.escape, sorted(words["other_titles"], key=len, reverse=True)))
    return opening, re.compile(rf"\s*(?:{titles})"), words["other_newsrooms"]


@cache
def _piece() -> re.Pattern[str]:
    """Return the pattern of what stands before a name and says what the piece is: Kommentar von, View all posts by."""
    pieces, by = ("|".join(map(re.escape, credit_words()[key])) for key in ("pieces", "by_words"))
    return re.compile(rf"(?:\A|(?<=[.)|\n])\s*)(?:(?:{pieces})\s+){{1,4}}(?:{by})\s+", re.IGNORECASE)


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
    if people and not aside:
        # بركاء - سعيد الهنداسي, and after a name the outlet and a town: يونس الزهري - كود - كازا
        around = [segment for segment in parts if segment not in people]
        aside = around if all(map(_may_be_town, around)) and all(part.mark is Mark.DASH for part in parts[1:]) else []
    if aside and parts[0] is aside[0]:  # عنب بلدي - خالد الحمصي | ينال الأسعد: a rare name between common ones
        rare = [
            segment for segment in parts if segment not in people and segment not in aside and _may_be_name(segment)
        ]
        people += rare if len(rare) <= len(people) else []
        aside += [part for part in parts[1:2] if _is_town_of_outlet(part, parts)]
    for before, segment in pairwise(parts):  # «لندن: أحمد علي», but not a name and what is said of it
        if all(part.kind is Kind.DATE for part in segment.parts):  # 13:05
            continue
        if segment.mark is Mark.COLON and _names_outlet([segment]):  # الخرطوم: السهل: أحمد علي
            continue
        if segment.mark is Mark.COLON and (segment not in people or before in people or len(segment.parts) > 3):
            return False
    return bool(people) and bool(aside) and len(people) + len(aside) == len(parts)


def _is_whence(segment: Segment, parts: list[Segment], line: str) -> bool:
    """Say whether a segment is the town of whom a byline names, and the outlet follows it."""
    if segment is parts[-1]:
        return False
    marked = line[: parts[0].start].strip()  # with a word for a writer before the name
    family = any(part.key.startswith(ARTICLE) for part in segment.parts)
    return bool(marked) and segment.mark is Mark.DASH and is_person(parts[0]) and not (is_person(segment) or family)


def _may_be_town(segment: Segment) -> bool:
    """Say whether a segment is one word that no list knows, and that does not say what somebody is: المهاجم."""
    first = segment.parts[0]
    return len(segment.parts) == 1 and first.kind in {Kind.WORD, Kind.DOUBTFUL} and not first.key.startswith(ARTICLE)


def _is_town_of_outlet(segment: Segment, parts: list[Segment]) -> bool:
    """Say whether a segment is a town that no list knows: سهل نت / مسعد - أحمد علي, but not سهل نت - استقالة - ..."""
    own = all(part.kind is Kind.OWN for part in parts[0].parts)
    return own and len(parts) > 2 and segment.mark is Mark.SLASH and _may_be_town(segment)


def _may_be_name(segment: Segment) -> bool:
    return 2 <= len(segment.parts) <= 3 and all(part.kind is Kind.WORD for part in segment.parts)


def is_signature(text: str) -> bool:
    """Say whether a line under a story is its authors' names and nothing else: «إيناس حمدان وبشار نصار»."""
    line = text.strip(" *|")
    if len(line) > _MAX_SIGNATURE or not is_arabic(line):
        return False
    parts = segments(line, own_names(()))
    return bool(parts) and all(segment.role is None and is_person(segment) for segment in parts)


def is_office_line(text: str) -> bool:
    """Say whether a line tells what somebody is and nothing else: «كاتب مغربي», «كاتب وباحث سوري»."""
    if len(text) > _MAX_SIGNATURE or not is_arabic(text):
        return False
    parts = segments(text.strip(" *."), own_names(()))
    return bool(parts) and parts[0].parts[0].kind is Kind.TITLE and all(map(is_office, parts))


def _says_nothing(segment: Segment) -> bool:
    adjectives = known_words().adjectives
    first, *rest = segment.parts
    return first.kind in _SAYS_NOTHING and all(part.kind in _SAYS_NOTHING or part.key in adjectives for part in rest)


def _names_outlet(parts: list[Segment]) -> bool:
    return any(part.kind is Kind.OWN for segment in parts for part in segment.parts)
