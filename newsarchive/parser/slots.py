"""What stands around the story: the elements that by name, tag or relation tell its author, date, section, tags.

One walk over the neighbourhood of headline and story; furniture is left out. Finds places, reads no meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.parser import roles
from newsarchive.parser.addresses import SOCIAL
from newsarchive.parser.labels import LABELS
from newsarchive.parser.outskirts import file_above, file_tags_below, is_tag_box
from newsarchive.parser.texts import HEADINGS, collapse, text_of, text_up_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from newsarchive.parser.container import Container

_MAX_LINE = 160
_MAX_MARGIN = 200
_MAX_LINES = 60
_MAX_OF_A_KIND = 40  # elements that are called an author, a date and so on
_MAX_ELEMENTS = 1_500
_MAX_AFTER = 150  # elements after the story
_CLOSED = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "svg",
        "form",
        "figure",
        "select",
        "iframe",
        "video",
        "aside",
        "template",
        "picture",
        "button",
    ]
)
PICTURES = frozenset(["figure", "img", "picture", "amp-img"])
_BAR = re.compile("[|\u2022\u00b7\uff5c]|::")  # bar, bullet, middle dot, full-width bar
# The address of a person's own page: /author/nour-haddad, /profile/1441
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autore?s?|autoren|auteurs?|editors?|writers?|kuttab|profiles?|reporters?|journalists?|contributors?|columnists?|by)"
    r"(?:/[^/?#]+){1,2}/?(?:[?#]|\Z)|[?&](?:author|writer)(?:_?id)?=\w",
    re.IGNORECASE,
)
_PRUNED = roles.RELATED | roles.SIDE | roles.COMMENT | roles.AD | roles.MEDIA | roles.WALL | roles.PROMO | roles.CAPTION


class Line(NamedTuple):
    """A run of text between two tags, above the story or in a line that tells of it."""

    text: str
    element: etree._Element


@dataclass(slots=True)
class Slots:
    """Elements around the story by what they tell, in the order of the page."""

    authors: list[etree._Element] = field(default_factory=list)
    dates: list[etree._Element] = field(default_factory=list)
    times: list[etree._Element] = field(default_factory=list)
    dates_over: int = 0  # of the dates so many stand before the headline, and so many before the story
    dates_above: int = 0
    dates_below: list[etree._Element] = field(default_factory=list)  # the story: of it, or of others
    sections: list[etree._Element] = field(default_factory=list)
    breadcrumbs: list[etree._Element] = field(default_factory=list)
    sources: list[etree._Element] = field(default_factory=list)
    subtitles: list[etree._Element] = field(default_factory=list)
    kickers: list[etree._Element] = field(default_factory=list)
    tag_boxes: list[etree._Element] = field(default_factory=list)
    tag_links: list[etree._Element] = field(default_factory=list)
    links_above: list[etree._Element] = field(default_factory=list)
    related: list[etree._Element] = field(default_factory=list)
    pictures: list[etree._Element] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


_FILED = (
    (roles.AUTHOR, "authors"),
    (roles.DATE, "dates"),
    (roles.SECTION, "sections"),
    (roles.SOURCE, "sources"),
    (roles.SUBTITLE, "subtitles"),
    (roles.KICKER, "kickers"),
    (roles.TAGS, "tag_boxes"),
)
_FILED_BELOW = tuple((role, "dates_below" if slot == "dates" else slot) for role, slot in _FILED if slot != "subtitles")
_HASHTAG = re.compile(r"\s*#\s?([^\s:]+(?: [^\s:]+){0,3}):?\s*")  # of one to four words
_PROPERTIES = {
    "author": roles.AUTHOR,
    "creator": roles.AUTHOR,
    "datePublished": roles.DATE,
    "dateModified": roles.DATE,
    "articleSection": roles.SECTION,
    "keywords": roles.TAGS,
    "alternativeHeadline": roles.SUBTITLE,
}


def find_slots(container: Container, headline: etree._Element | None, start: etree._Element | None) -> Slots:
    """Walk over the neighbourhood of the story once; `start` is its first paragraph."""
    held = {container.element, *container.element.iterancestors()}
    if headline is not None:
        held.update(headline.iterancestors())
    # A block that holds the headline and more, as of tables, is looked into as any other.
    closed = headline if headline is None or headline.tag in HEADINGS or not len(headline) else None
    walk = _Walk(Slots(), container, closed, held)
    neighbourhood = _neighbourhood(container.element, headline)
    waiting: list[etree._Element | None] = [neighbourhood]
    left = _MAX_ELEMENTS
    while waiting and left > 0:
        left -= 1
        element = waiting.pop()
        if element is None:
            walk.after_story = True
            left = min(left, _MAX_AFTER)
            continue
        if element is container.element:
            waiting.append(None)
        if element is (container.element if start is None else start):
            walk.above_story = False
            walk.found.dates_above = len(walk.found.dates)
        if element is headline:
            walk.found.dates_over = len(walk.found.dates)
        if walk.enters(element):
            # A slice, which the stubs do not know, comes in half the time of an iterator.
            waiting.extend(element[::-1])  # type: ignore[index]
    if not walk.found.breadcrumbs or not walk.found.times:
        file_above(walk.found, neighbourhood, "" if headline is None else text_of(headline))
    if not walk.found.tag_boxes:
        file_tags_below(walk.found, neighbourhood)
    return walk.found


def _neighbourhood(story: etree._Element, headline: etree._Element | None) -> etree._Element:
    """Return the element of the page that holds headline and story: an article or main where there is one."""
    element = story
    if headline is not None:
        above = {headline, *headline.iterancestors()}
        element = next((outer for outer in (story, *story.iterancestors()) if outer in above), story)
    for outer in (element, *element.iterancestors()):
        if outer.tag in ("article", "main"):
            return outer
        if outer.tag == "body":
            break
    parent = element.getparent()
    return element if parent is None or parent.tag == "body" else parent


@dataclass(slots=True)
class _Walk:
    """Where the walk stands, and what it has found."""

    found: Slots
    container: Container
    headline: etree._Element | None
    held: set[etree._Element]  # what holds story or headline: whatever it is called, more may be in it
    above_story: bool = True
    after_story: bool = False

    def enters(self, element: etree._Element) -> bool:
        """File an element under what it tells; return whether there may be more in it."""
        tag, found = element.tag, self.found
        if tag in PICTURES and not self.after_story:
            found.pictures.append(element)
        # A form may hold the whole page.
        if element is self.headline or (tag in _CLOSED and element not in self.held and not self._is_margin(element)):
            if tag == "aside" and roles.roles(element) & roles.RELATED:
                found.related.append(element)
            return False
        if self.above_story:
            self._take_lines(element)
        if tag == "a":
            self._file_link(element)
            return False
        if tag == "p" and self.container.share(element) > 0:
            self._pass_paragraph(element)
            return False
        if tag == "time":
            (found.dates_below if self.after_story else found.times).append(element)
            return False
        if not self.above_story and len(element) and is_tag_box(element):
            found.tag_boxes.append(element)
        attributes = element.keys()
        return not attributes or self._file(element, attributes)

    def _pass_paragraph(self, paragraph: etree._Element) -> None:
        found = self.found
        if len(paragraph) and not self.after_story:
            found.pictures.extend(paragraph.iter("img"))
        if self.above_story:
            self._file_inner(paragraph)

    def _is_margin(self, element: etree._Element) -> bool:
        """Say whether an aside is the margin beside the beginning of the story, with its author and date."""
        return (
            self.above_story
            and element.tag == "aside"
            and next(element.iter("time"), None) is not None
            and text_up_to(element, _MAX_MARGIN) is not None
        )

    def _file(self, element: etree._Element, attributes: Sequence[str | bytes]) -> bool:
        named = roles.roles(element)
        if "itemprop" in attributes:
            named |= _PROPERTIES.get(element.get("itemprop", ""), 0)
        if roles.LABELLED in attributes:
            named |= roles.role_of_label(element)
        return not named or self._file_named(element, named)

    def _file_named(self, element: etree._Element, named: int) -> bool:
        held = element in self.held
        if element.tag != "p" and self.container.share(element) > 0.1:
            return held or not named & roles.COMMENT
        if named & roles.BREADCRUMB:
            self.found.breadcrumbs.append(element)
            return held
        told = False
        if self.above_story and named & roles.TAGS and _has_one_link(element) and not is_tag_box(element):
            named = named & ~roles.TAGS | roles.SECTION
        for role, slot in _FILED_BELOW if self.after_story else _FILED:
            if named & role:
                told = True
                if len(getattr(self.found, slot)) < _MAX_OF_A_KIND:
                    getattr(self.found, slot).append(element)
        if named & roles.META and self.after_story:
            self._take_lines(element)
        if named & roles.RELATED:
            self.found.related.append(element)
        # What tells of the story over it may bear the name of a gallery as well.
        return told or held or not named & _PRUNED or (self.above_story and bool(named & roles.META))

    def _file_inner(self, paragraph: etree._Element) -> None:
        """File a paragraph above the story and what in it is marked; its words may be the lead and tell nothing."""
        for element in paragraph.iter("p", "time", "span", "abbr", "a"):
            if element.tag == "time":
                self.found.times.append(element)
            elif element.tag == "a":
                if _names_author(*_said_of(element)):
                    self.found.authors.append(element)
            elif element.get("class"):
                self._file(element, element.keys())

    def _file_link(self, link: etree._Element) -> None:
        found = self.found
        relation, named, address = _said_of(link)
        if len(link) and not self.after_story:
            found.pictures.extend(link.iter("img", "amp-img"))
        if len(link) and (time := next(link.iter("time"), None)) is not None and text_of(link) == text_of(time):
            (found.dates_below if self.after_story else found.times).append(time)
        if (
            "tag" in relation
            or "category" in relation
            or (named & roles.TAGS and not self.above_story and _has_fellow(link))
        ):
            parent = link.getparent()
            category = "category" in relation or (parent is not None and roles.roles(parent) & roles.SECTION)
            (found.sections if category else found.tag_links).append(link)
        elif self.after_story and "#" in (link.text or "") and _is_hashtag(link, address):
            found.tag_links.append(link)
        elif _names_author(relation, named, address if self.above_story else ""):
            found.authors.append(link)
        elif named & roles.SECTION or "/category/" in address:
            found.sections.append(link)
        elif named & roles.KICKER:
            found.kickers.append(link)
        if self.above_story:
            found.links_above.append(link)

    def _take_lines(self, element: etree._Element) -> None:
        text, tail = element.text, element.tail
        if text and not text.isspace() and element.tag != "time":
            self._take_line(text, element)
        if tail and not tail.isspace() and (parent := element.getparent()) is not None:
            self._take_line(tail, parent)

    def _take_line(self, text: str, element: etree._Element) -> None:
        lines = self.found.lines
        if len(text) <= _MAX_LINE and len(lines) < _MAX_LINES:
            for part in _BAR.split(text):
                line = collapse(part)
                if len(line) > 1:
                    lines.append(Line(line, element))


def _is_hashtag(link: etree._Element, address: str) -> bool:
    """Say whether a link under the story shows a word with a hash, and leads to no service and nowhere in the page."""
    word = _HASHTAG.fullmatch(link.text or "")
    return word is not None and word[1] not in LABELS and not address.startswith("#") and not SOCIAL.match(address)


def _has_one_link(element: etree._Element) -> bool:
    return len(list(islice(element.iter("a"), 2))) == 1


def _has_fellow(link: etree._Element) -> bool:
    """Say whether another link of the same class stands beside a link."""
    return any(
        other is not None and other.get("class") == link.get("class") for other in (link.getprevious(), link.getnext())
    )


def _said_of(link: etree._Element) -> tuple[list[str], int, str]:
    """Return what a link says of itself: its relations, its roles, its address."""
    relation, name, prop = link.get("rel"), link.get("class"), link.get("itemprop")
    named = roles.roles_of_name(name) if name else 0
    if prop:
        named |= _PROPERTIES.get(prop, 0)
    return relation.split() if relation else [], named, link.get("href") or ""


def _names_author(relation: list[str], named: int, address: str) -> bool:
    """Say whether a link leads to its story's author: by its relation, its names or its address."""
    return "author" in relation or bool(named & roles.AUTHOR) or _AUTHOR_PAGE.search(address) is not None
