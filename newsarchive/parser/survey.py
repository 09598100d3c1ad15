"""One pass over the tree: what is where. Collects, decides nothing.

Every page pays for this pass, so it looks at each element once, and only at those that may hold a part of the story.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from newsarchive.parser.phrases import OPENINGS, may_announce
from newsarchive.parser.structured import Metas, clean
from newsarchive.parser.texts import HEADINGS, INLINE, first_run, raw_text, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

MIN_TEXT = 25  # characters; what is shorter is not counted as running text
_GLANCE = 12  # a script that writes a word with one or two characters says as much in half the length
_WIDE_FROM = "\u2e80"  # first of the ideographs, kana and hangul
_MIN_ANNOUNCEMENT, _MAX_ANNOUNCEMENT = 5, 80
_LONG = 120
_SENTENCE_ENDS = frozenset(".!?\u2026\u061f\u061b\u3002\uff01\uff1f\u0964\"'\u201d\u00bb\u2019:\u06d4")

_LITTLE = 600  # with less running text than this, what stands in elements that HTML does not know is looked at as well

_BLOCKS = frozenset(["div", "section", "article", "main", "td", "li", "dd", "dt", "blockquote", "pre", "center"])
_RUNNING = frozenset(["br", "span", "font", "strong", "b", "em", "i"])
_UNREAD = ("script", "style", "noscript", "template", "title", "svg", "text", "option")
_SURVEYED = frozenset([*_BLOCKS, *_RUNNING, *HEADINGS, *_UNREAD, "p", "a"])

# In less time than it takes to see that the page's source has no such word, a third of that of //*[@itemprop].
_PROPERTIES = etree.XPath("//@itemprop/.. | //@property/..")
_DUBLIN_CORE = ("dc:date", "dcterms:", "schema:date")  # on pages with none of these, "property" is for Open Graph


class Text(NamedTuple):
    """A stretch of running text, the block that it stands in, and how much it weighs."""

    block: etree._Element
    text: str
    weight: float


@dataclass(slots=True)
class Survey:
    """Elements of a page by what they may be good for, in the order of the page."""

    root: etree._Element
    metas: Metas = field(default_factory=Metas)
    json_ld: list[etree._Element] = field(default_factory=list)
    title: str | None = None
    title_element: etree._Element | None = None
    base: str | None = None
    headings: list[etree._Element] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    announcements: list[etree._Element] = field(default_factory=list)  # of related stories, by their first letters
    microdata: dict[str, list[etree._Element]] | None = None

    def properties(self, name: str) -> list[etree._Element]:
        """Return the elements outside the metas that are marked up as a property of schema.org or Dublin Core."""
        if self.microdata is None:
            self.microdata = _microdata(self.root)
        return self.microdata.get(name, [])


def survey(root: etree._Element) -> Survey:
    """Go over the page once."""
    found = Survey(root)
    for element in root.iter(*_LOOKED_AT):
        tag = element.tag
        if tag in _BLOCKS:  # more than half of all
            text = element.text
            if text and len(text) > _MIN_ANNOUNCEMENT and not text.isspace():
                _see_block(found, element, text)
        elif tag in _RUNNING:
            text, tail = element.text, element.tail
            if (text and len(text) > _MIN_ANNOUNCEMENT) or (tail and len(tail) > _GLANCE):
                _see_run(found, element, text, tail)
        else:
            _SEE[tag](found, element)
    if sum([text.weight for text in found.texts]) < _LITTLE:
        _survey_unknown(found)
    return found


def _microdata(root: etree._Element) -> dict[str, list[etree._Element]]:
    """Return the elements that are marked up, by the names of properties."""
    named: dict[str, list[etree._Element]] = {}
    is_marked_up = False
    for element in cast("list[etree._Element]", _PROPERTIES(root)):
        item, prop = element.get("itemprop"), element.get("property")
        is_marked_up = is_marked_up or item is not None or (prop or "").startswith(_DUBLIN_CORE)
        parent = element.getparent() if element.tag == "meta" else None
        if parent is None or parent.tag != "head":
            for word in f"{item or ''} {prop or ''}".split():
                named.setdefault(word.rpartition(":")[2], []).append(element)
    return named if is_marked_up else {}


def _see_script(found: Survey, element: etree._Element) -> None:
    kind = element.get("type")
    if kind and "ld+json" in kind:
        found.json_ld.append(element)


def _see_title(found: Survey, element: etree._Element) -> None:
    if found.title_element is None:
        found.title, found.title_element = clean(text_of(element)), element


def _see_base(found: Survey, element: etree._Element) -> None:
    found.base = found.base or element.get("href")


def _see_heading(found: Survey, element: etree._Element) -> None:
    found.headings.append(element)
    _see_announcement(found, element, first_run(element))


def _see_block(found: Survey, element: etree._Element, text: str) -> None:
    _see_announcement(found, element, text)
    if len(text) > _GLANCE:
        _weigh(found, element, text, 0)


def _see_run(found: Survey, element: etree._Element, text: str | None, tail: str | None) -> None:
    if text and len(text) > _MIN_ANNOUNCEMENT and not text.isspace():
        _see_announcement(found, element, text)
        if len(text) > _GLANCE:
            _weigh_run(found, element, text)
    if tail and len(tail) > _GLANCE and not tail.isspace():
        _weigh_run(found, element.getparent(), tail)


def _survey_unknown(found: Survey) -> None:
    """Go over the elements that the passes before left out, as those that a page's own scripts define."""
    for element in found.root.iter(etree.Element):
        text, tail = element.text, element.tail
        if text and len(text) > _GLANCE and not text.isspace() and element.tag not in _SURVEYED:
            _weigh(found, element, text, 0)
        if tail and len(tail) > _GLANCE and not tail.isspace() and element.tag not in _RUNNING:
            _weigh_run(found, element.getparent(), tail)


def _see_announcement(found: Survey, element: etree._Element, text: str | None) -> None:
    if text and len(text) < _MAX_ANNOUNCEMENT:
        opening = text.lstrip()[:2]
        if (opening in OPENINGS or not opening.isalpha()) and may_announce(text):
            found.announcements.append(element)


def _see_paragraph(found: Survey, element: etree._Element) -> None:
    if not len(element):
        text = element.text
        if text and len(text) > _GLANCE and not text.isspace():
            _see_announcement(found, element, text)
            _weigh(found, element, text, 0)
        return
    text = raw_text(element)
    if len(text) > _GLANCE and not text.isspace():
        _weigh(found, element, text, sum([len(raw_text(link)) for link in element.iter("a")]))


def _weigh_run(found: Survey, element: etree._Element | None, text: str) -> None:
    """Weigh text in or between inline elements, unless it belongs to a paragraph or a link."""
    text = text.strip()
    weight = _weight(text, 0)
    while weight and element is not None:
        tag = element.tag
        if tag not in INLINE:
            if tag != "p" and tag not in HEADINGS:
                found.texts.append(Text(element, text, weight))
            return
        if tag == "a":
            return
        element = element.getparent()


def _weigh(found: Survey, block: etree._Element, text: str, linked: int) -> None:
    text = text.strip()
    if weight := _weight(text, linked):
        found.texts.append(Text(block, text, weight))


def _weight(text: str, linked: int) -> float:
    """Return how much a stripped text counts, of which so many characters are linked; 0 for what is no running text."""
    length = len(text) - linked
    if length <= _GLANCE or linked > length:
        return 0
    if text[length // 2] >= _WIDE_FROM:
        length *= 2
    if length <= MIN_TEXT:
        return 0
    return length if length > _LONG or text[-1] in _SENTENCE_ENDS else length * 0.25


_SEE: dict[str, Callable[[Survey, etree._Element], None]] = {
    "meta": lambda found, element: found.metas.add(element),
    "script": _see_script,
    "title": _see_title,
    "base": _see_base,
    "p": _see_paragraph,
    **dict.fromkeys(HEADINGS, _see_heading),
}
_LOOKED_AT = (*_SEE, *_RUNNING, *_BLOCKS)
