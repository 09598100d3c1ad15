"""The headline of pages that mark none up: old systems print it great, in the middle, or under a name of theirs."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from newsarchive import dates
from newsarchive.arabic import fold
from newsarchive.data import table
from newsarchive.parser import roles
from newsarchive.parser.lines import writer_words
from newsarchive.parser.slots import Line
from newsarchive.parser.texts import text_of

if TYPE_CHECKING:
    from lxml import etree

    from newsarchive.parser.survey import Survey

_MAY_BE_LINES = ("td", "div", "span", "font", "p", "b", "strong")
_SIZES = ("4", "5", "6", "7", "+1", "+2", "+3", "+4")  # of the font element, greater than that of text
_GREAT = ("5", "6", "7", "+2", "+3", "+4")
_CENTRED = ("center", "middle")
_TITLE = re.compile("title", re.IGNORECASE)  # in names of what may be one: ntitle
_NO_HEADLINE = re.compile(r"site|widget|block|module|menu|logo|side|footer", re.IGNORECASE)  # in names of titles
_MASTHEADS = tuple(map(fold, table("pages.toml")["names"]["mastheads"]))
_MAX_NAMED = 40  # lines that may be a headline
_MAX_LINE = 150  # characters
_MIN_WORDS, _MIN_GREAT_WORDS = 4, 2


def unmarked_headline(found: Survey, *, brief: bool) -> Line | None:
    """Return the line over the story that its names make a headline, else the first that its size or place does.

    What ends as a sentence does is one only by its names, and for want of another. Where it may be `brief`, it may be
    the last of few words in great letters.
    """
    story = max(found.texts, key=lambda entry: entry.weight, default=None)
    over = takewhile(lambda each: story is None or each is not story.block, found.root.iter(*_MAY_BE_LINES))
    named: list[Line] = []
    others: list[Line] = []
    great: Line | None = None
    for element in over:
        is_named, size = _is_named(element), element.get("size")
        if is_named or size in _SIZES or _is_centred(element):
            line = Line(text_of(element), element)
            if _may_be_headline(line.text, _MIN_WORDS):
                (named if is_named else others).append(line)
            elif brief and size in _GREAT and _may_be_headline(line.text, _MIN_GREAT_WORDS):
                great = line
    for line in (*named[:_MAX_NAMED], *others[:_MAX_NAMED]):
        if not line.text.endswith("."):
            return line
    return next(iter(named), great)


def _is_named(element: etree._Element) -> bool:
    name, named = element.get("class") or "", roles.roles(element)
    if named & (roles.KICKER | roles.SUBTITLE) or not (named & roles.HEADLINE or _TITLE.search(name)):
        return False
    return not _NO_HEADLINE.search(name)


def _is_centred(element: etree._Element) -> bool:
    return element.get("align") in _CENTRED and next(element.iter("a"), None) is None


def _may_be_headline(line: str, least: int) -> bool:
    """Say whether a line is as long as headlines are, and neither a day, a byline nor what a paper says of itself."""
    words = line.split()
    if len(line) > _MAX_LINE or len(words) < least:
        return False
    folded = fold(line)
    if folded.startswith(_MASTHEADS) or folded.split()[0].strip(":/") in writer_words():
        return False
    day = " ".join(words[:_MIN_WORDS])  # الخميس 3 مايو 2018 السنة الثانية
    return all(dates.resolve(text, reference=None) is None for text in (line, day))
