"""Names of persons in a segment of a byline: titles, offices and places go, several names are told apart.

Works on what newsarchive.parser.wording has taken apart; whom a line credits is not asked here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from newsarchive.arabic import fold
from newsarchive.data import credit_words
from newsarchive.parser.lexicon import Kind, known_words
from newsarchive.parser.wording import Mark

if TYPE_CHECKING:
    from newsarchive.parser.wording import Part, Segment

MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff"  # of joining and of direction
_MAX_WORDS = 6  # of one name: «محمد عبد الرحمن بن عبد الله» is as long as names in bylines get
_MAX_OFFICE = 4  # words that tell what somebody is
_WAW = "\u0648"
_OF_THE_FAITH = "\u0627\u0644\u062f\u064a\u0646"  # الدين, the second word of many given names
_BEFORE_NAME = frozenset({Kind.NAME, Kind.OWN, Kind.GENERAL, Kind.SILENT, Kind.NEUTRAL, Kind.DATE})
_AFTER_NAME = _BEFORE_NAME | {Kind.PROSE, Kind.NEWSROOM, Kind.TYPE, Kind.BODY}
_OF_TITLE = frozenset({Kind.NAME, Kind.OWN, Kind.TYPE, Kind.NEWSROOM})
_WHENCE = frozenset({Kind.PLACE, Kind.OWN, Kind.NAME, Kind.DOUBTFUL})
_OFFICE = frozenset({Kind.TITLE, Kind.BODY})
_OF_ACCOUNTS = frozenset("0123456789_")  # characters that no name has
_ASIDE = frozenset({Mark.COMMA, Mark.DASH, Mark.SLASH, Mark.LINE, Mark.BRACKET})


def people_in(segment: Segment, text: str) -> tuple[str, ...]:
    """Return the persons that a segment names, as printed and without titles."""
    words = _name_words(segment)
    kinds = {part.kind for part in words}
    if Kind.PUBLISHER in kinds or kinds <= {Kind.PLACE, Kind.DOUBTFUL, Kind.TITLE}:
        return ()
    names = [
        _printed(group, text)
        for group in (_without_prose(group, text) for group in _told_apart(words, text))
        if len(group) <= _MAX_WORDS and any(len(part.key) > 1 for part in group)
    ]
    return tuple(name for name in names if not is_account(name))


def is_person(segment: Segment) -> bool:
    """Say whether a segment is plainly a person, at most with whence or when: a given name first, two to five words."""
    words = _name_words(segment)
    if not 2 <= len(words) < _MAX_WORDS or not _is_given(words):
        return False
    family = words[-1].kind is Kind.PLACE and len(words) == 2  # محمد حمص
    if not all(part.kind in {Kind.WORD, Kind.DOUBTFUL, Kind.TITLE} for part in (words[:-1] if family else words)):
        return False
    rest = segment.parts[segment.parts.index(words[-1]) + 1 :]
    whence = not rest or rest[0].key in known_words().whence
    return (whence and all(part.kind in _WHENCE for part in rest[1:])) or all(part.kind is Kind.DATE for part in rest)


def _is_given(words: list[Part]) -> bool:
    """Say whether words begin with a given name: a common one, or شمس الدين."""
    first, second = words[0].key, words[1].key
    return first in known_words().given_names or (second == _OF_THE_FAITH and first in words_of("of_the_faith"))


def is_arabic(name: str) -> bool:
    """Say whether a name begins in Arabic script, and not in Latin, Greek, Cyrillic or Hebrew."""
    return name >= "\u0600"


def is_office(segment: Segment) -> bool:
    """Say whether a segment tells what somebody is: كاتب سوري, مراسلنا في دمشق, جامعة دمشق."""
    parts = segment.parts
    return parts[0].kind in _OFFICE and len(parts) <= _MAX_OFFICE and not _name_words(segment)


def _name_words(segment: Segment) -> list[Part]:
    """Return the parts of a segment that can belong to names."""
    last = segment.parts[-1]
    if segment.mark in _ASIDE and last.kind is Kind.TITLE and last.key.isascii():
        return []  # after a comma: "World affairs correspondent"
    words: list[Part] = []
    for part in segment.parts[_titles_end(segment.parts) :]:
        if not words and (part.kind in _BEFORE_NAME or part.key in words_of("by_words")):
            continue
        if part.kind is Kind.NEWSROOM and len(words) < 2:
            return []  # Alpen-Redaktion
        bound = bool(words) and words[-1].key in words_of("bound")
        ends = part.kind in _AFTER_NAME or (part.kind is Kind.TITLE and len(words) > 1 and not _is_family(part, last))
        if ends and not bound:
            break
        words.append(part)
    return _without_places(words)


def _is_family(part: Part, last: Part) -> bool:
    """Say whether a title is rather the family's name that a name ends with: عبد الستار قاسم الحاج."""
    return part is last and part.key in words_of("titles_of_families")


def _without_places(words: list[Part]) -> list[Part]:
    """Take away the place before or after a full name: بغداد أحمد علي, أحمد علي القاهرة."""
    if len(words) > 2 and words[0].kind is Kind.PLACE and words[1].key in known_words().given_names:
        words = words[1:]
    while len(words) > 2 and words[-1].kind is Kind.PLACE:
        words = words[:-1]
    return words


def _titles_end(parts: tuple[Part, ...]) -> int:
    """Return where titles end, and whose they are: مراسل الجزيرة نت, الكاتب السوري, مراسلنا في غزة."""
    title: Part | None = None
    for at, part in enumerate(parts):
        if part.kind is Kind.TITLE:
            if part.key in words_of("titles_of_families") and _tells_descent(parts[at + 1 : at + 2]):
                return at
            title = title if title and len(title.key) > 1 else part
        elif title is None or not _is_of_title(parts[at:], title):
            return at
    return len(parts)


def _tells_descent(following: tuple[Part, ...]) -> bool:
    return any(part.key in words_of("descent") for part in following)


def _is_of_title(left: tuple[Part, ...], title: Part) -> bool:
    part, words = left[0], known_words()
    if part.key in words.given_names:
        return False
    if part.key in words.whence:
        return len(left) > 1 and left[1].kind in _WHENCE
    if len(part.key) == 1:
        return len(title.key) > 1 and not part.key.isascii()  # اللواء أ.ح.
    beside = part.kind in {Kind.DOUBTFUL, Kind.PLACE} and len(left) != 2
    return beside or part.kind in _OF_TITLE or part.key in words.adjectives


def _told_apart(words: list[Part], text: str) -> list[list[Part]]:
    """Split names at an "and" that is written to the next one: أحمد علي وسارة حسن, but not سعد الله ونوس.

    And at one that is known only where it is written small, between full names.
    """
    known = known_words()
    groups: list[list[Part]] = [[]]
    for at, part in enumerate(words):
        name = part.key[1:]
        begins = len(groups[-1]) > 1 or (at == 0 and part.mark is not Mark.NONE and name in known.given_names)
        full = name in known.given_names or (len(name) > 2 and len(words) - at > 1)
        if _is_small_and(part, text) and len(groups[-1]) > 1 and len(words) - at > 2:
            groups.append([])
        elif groups[-1] and is_arabic(groups[-1][-1].key) != is_arabic(part.key):  # Sara Hassan سارة حسن
            groups.append([part])
        elif part.key.startswith(_WAW) and part.key not in known.names_with_waw and begins and full:
            groups.append([part._replace(start=part.start + 1, key=name)])
        else:
            groups[-1].append(part)
    return [group for group in groups if group]


def _printed(group: list[Part], text: str) -> str:
    end = group[-1].end
    initial = len(group[-1].key) == 1 and text[end : end + 1] == "."
    words = text[group[0].start : end + initial].split()
    half = len(words) // 2
    return " ".join(words[:half] if half > 1 and words[:half] == words[half:] else words).strip(
        MARKS
    )  # beside a picture as well


def _without_prose(group: list[Part], text: str) -> list[Part]:
    """Cut a name before the first word that begins small and is no particle; nothing is left of less than two words.

    Scripts without capitals have no small letters either.
    """
    for at, part in enumerate(group):
        begins = part.start == 0 or text[part.start - 1].isspace()
        if begins and text[part.start].islower() and part.key not in words_of("particles") and len(group) > 1:
            return group[:at] if at > 1 else []
    return group


def _is_small_and(part: Part, text: str) -> bool:
    return part.key in words_of("small_conjunctions") and text[part.start : part.end].islower()


def is_account(name: str) -> bool:
    """Say whether a name is how somebody logs in, or buttons to share.

    For example User Admin, or one Latin word without a capital or with a digit.
    """
    words = fold(name).split()
    if not words_of("services").isdisjoint(words):
        return True
    if all(word.strip("0123456789") in words_of("accounts") for word in words):
        return True
    return len(words) == 1 and name.isascii() and (name.islower() or any(map(_OF_ACCOUNTS.__contains__, name)))


@cache
def words_of(key: str) -> frozenset[str]:
    """Return the single words of one list of the data, folded."""
    return frozenset(map(fold, credit_words()[key]))
