"""The headline of pages that mark none up: old systems print it great, in the middle, or under a name of theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import Enum, auto
from itertools import chain
from typing import TYPE_CHECKING

from newsarchive import dates
from newsarchive.arabic import fold
from newsarchive.data import table
from newsarchive.parser import roles
from newsarchive.parser.lines import writer_words
from newsarchive.parser.slots import Line
from newsarchive.parser.survey import MIN_TEXT
from newsarchive.parser.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from newsarchive.parser.survey import Survey

_MAY_BE_LINES = ("td", "div", "span", "font", "p", "b", "strong")
_SIZES = ("4", "5", "6", "7", "+1", "+2", "+3", "+4")  # of the font element, greater than that of text
_GREAT = ("5", "6", "7", "+2", "+3", "+4")
_CENTRED = ("center", "middle")
_TITLE = re.compile("title", re.IGNORECASE)  # in names of what may be one: ntitle
_NO_HEADLINE = re.compile(r"site|widget|block|module|menu|logo|side|footer", re.IGNORECASE)  # in names of titles
_MASTHEADS = tuple(map(fold, table("pages.toml")["names"]["mastheads"]))
_OTHER_TITLE = re.compile(r"sub|pre|cat|small|img|link|relat|tick|home|(?:ad|en|un)title", re.IGNORECASE)
_MAX_LINES = 40  # that may be a headline
_MAX_LINE = 150  # characters
_MIN_WORDS, _MIN_GREAT_WORDS = 4, 2


class _Sign(Enum):
    """What says that a line is a headline."""

    NAME = auto()
    LOOK = auto()
    TITLE = auto()
    BRIEF = auto()


def unmarked_headline(found: Survey, *, brief: bool) -> Line | None:
    """Return the line over the story that its names make a headline, else the first that its size or place does.

    For want of these what ends as a sentence does and is named so, then what the site's own word for a title names.
    Where the page's title may be `brief` for being the site's name, it may be a line of few words in great letters with
    a day or a byline under it, but not where a line says the same as that title.
    """
    lines: defaultdict[_Sign, list[Line]] = defaultdict(list)
    great: Line | None = None
    for element in _over_story(found):
        if brief and (element.text or "").strip() == found.title:
            return None
        sign = _sign_of(element)
        if sign is None or len(lines[sign]) >= _MAX_LINES:
            continue
        line = Line(text_of(element), element)
        if _may_be_headline(line.text, _MIN_WORDS):
            lines[sign].append(line)
        elif brief and element.get("size") in _GREAT and _may_be_headline(line.text, _MIN_GREAT_WORDS):
            great = line
        elif great and _tells_of_story(line.text):
            lines[_Sign.BRIEF] = [great]
    whole = (line for line in (*lines[_Sign.NAME], *lines[_Sign.LOOK]) if not line.text.endswith("."))
    return next(chain(whole, lines[_Sign.NAME], lines[_Sign.TITLE], lines[_Sign.BRIEF]), None)


def _over_story(found: Survey) -> Iterator[etree._Element]:
    """Yield the elements before the block of the page's longest text, of those in it what is named before any prose."""
    story = max(found.texts, key=lambda entry: entry.weight, default=None)
    for element in found.root.iter(*_MAY_BE_LINES):
        if story is not None and element is story.block:
            yield from (each for each in _before_prose(element) if _sign_of(each) is _Sign.NAME)
            return
        yield element


def _before_prose(block: etree._Element) -> Iterator[etree._Element]:
    run = block.text
    for child in block:
        if (run and len(run.strip()) > MIN_TEXT) or len(text_of(child)) > _MAX_LINE:
            return
        yield from child.iter(*_MAY_BE_LINES)
        run = child.tail


def _sign_of(element: etree._Element) -> _Sign | None:
    """Return what says that a line is a headline: its names, its size or place, or a word with "title" in it."""
    name, named = element.get("class") or "", roles.roles(element)
    is_other = bool(named & (roles.KICKER | roles.SUBTITLE)) or _NO_HEADLINE.search(name) is not None
    if named & roles.HEADLINE and not is_other:
        return _Sign.NAME
    if element.get("size") in _SIZES or _is_centred(element):
        return _Sign.LOOK
    if is_other or not _TITLE.search(name) or _OTHER_TITLE.search(name) or next(element.iter("a"), None) is not None:
        return None
    return _Sign.TITLE


def _is_centred(element: etree._Element) -> bool:
    return element.get("align") in _CENTRED and next(element.iter("a"), None) is None


def _may_be_headline(line: str, least: int) -> bool:
    """Say whether a line is as long as headlines are, and neither a day, a byline nor what a paper says of itself."""
    words = [word for word in line.split() if any(map(str.isalpha, word))]
    if len(line) > _MAX_LINE or len(words) < least:
        return False
    return not (fold(line).startswith(_MASTHEADS) or _tells_of_story(line))


def _tells_of_story(line: str) -> bool:
    """Say whether a line begins with a word for the writer, or is or begins with a day."""
    words = line.split()
    if words and fold(words[0]).strip(":/") in writer_words():
        return True
    day = " ".join(words[:_MIN_WORDS])  # الخميس 3 مايو 2018 السنة الثانية
    return any(dates.resolve(text, reference=None) is not None for text in (line, day))
