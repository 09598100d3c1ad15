"""What tells of a story from outside: the path from the home page over it, the tags under it, told by their words.

Looks at few elements; what stands in the neighbourhood of the story itself is found in `slots`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsarchive.arabic import fold
from newsarchive.data import table
from newsarchive.parser import roles
from newsarchive.parser.texts import HEADINGS, raw_text, text_of, text_up_to

if TYPE_CHECKING:
    from lxml import etree

    from newsarchive.parser.slots import Slots

_MAX_SIBLINGS = 5
_MAX_BELOW = 20  # elements of what stands under the story
_MAX_IN_TABLE = 20  # elements of a table over the story
_MAX_TRAIL = 3  # links; more of them are a menu
_MAX_TRAIL_TEXT = 300  # characters
_MIN_TITLE, _MAX_CARD = 4, 600  # words of the title of a card, characters of all of it
JOINT = re.compile("[\u00bb\u203a>/\\\\\u2190]")  # what parts the steps of a path: angle quotes, slashes, an arrow
_ARROWS = re.compile("\\s*(?:[\u00bb\u203a>]\\s*)+")  # nothing but angle quotes
_HOME_PAGE = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")
_MAX_WORDS = 30  # characters of «الكلمات المفتاحية:» or «الصفحة الرئيسية»
_LIST_ADDRESS = re.compile(r"/(?:categor|cat|c|tag|label|author|writer|section|topic)s?(?:y|ies)?/", re.IGNORECASE)
_MARGINS = frozenset(["script", "style", "noscript", "form", "figure", "aside", "template", "iframe"])
_NOT_BELOW = _MARGINS | {"footer", "nav"}
_LABELS_OF_TAGS = ("b", "strong", "span", "i", "em", "label")
_NAMES = table("pages.toml")["names"]
TAG_WORDS, _HOME_WORDS = (frozenset(map(fold, _NAMES[key])) for key in ("tags", "home"))


def file_above(found: Slots, neighbourhood: etree._Element, headline: str) -> None:
    """File what stands over the whole of headline and story: the path from the home page, a day as heading."""
    for outer in (neighbourhood, *neighbourhood.iterancestors()):
        if outer.tag == "body":
            return
        for sibling in islice(outer.itersiblings(preceding=True), _MAX_SIBLINGS):
            if sibling.tag in _MARGINS or not len(sibling):
                continue
            if roles.roles(sibling) & roles.BREADCRUMB or is_trail(sibling, headline):
                found.breadcrumbs.append(sibling)
            elif sibling.tag == "table":
                inner = islice(sibling.iter("td", "span", "div"), _MAX_IN_TABLE)
                found.breadcrumbs.extend(islice((each for each in inner if roles.roles(each) & roles.BREADCRUMB), 1))
            elif links := [link for link in islice(sibling.iter("a"), _MAX_TRAIL) if roles.roles(link) & roles.SECTION]:
                found.sections.extend(links)
            elif sibling.tag in HEADINGS and roles.roles(sibling) & roles.DATE:
                found.dates.append(sibling)


def file_tags_below(found: Slots, neighbourhood: etree._Element) -> None:
    """File the tags that stand under the whole of headline and story, and not in the margin."""
    for sibling in islice(neighbourhood.itersiblings(), _MAX_SIBLINGS):
        if sibling.tag in _NOT_BELOW or roles.roles(sibling) & (roles.SIDE | roles.RELATED):
            continue
        for element in islice(sibling.iter("div", "ul", "p", "section", "span"), _MAX_BELOW):
            named = roles.roles(element) & roles.TAGS and "cloud" not in (element.get("class") or "")
            if named and len(list(islice(element.iter("a"), 2))) > 1:
                found.tag_boxes.append(element)


def is_trail(element: etree._Element, headline: str = "") -> bool:
    """Say whether an element is a path that nothing names so: الرئيسية » اخبار العراق, and without a home page.

    Behind its last arrow may stand the headline.
    """
    links = list(islice(element.iter("a"), _MAX_TRAIL + 1))
    if not 1 < len(links) <= _MAX_TRAIL:
        return False
    text = text_up_to(element, _MAX_TRAIL_TEXT) or ""
    if is_home(links[0]):
        return JOINT.search(text) is not None
    for link in links:
        text = text.replace(text_of(link), "", 1)
    return _ARROWS.fullmatch(text.removesuffix(headline)) is not None


def is_home(link: etree._Element) -> bool:
    """Say whether a link is called as those to a site's home page are: الرئيسية, Home."""
    text = raw_text(link)
    return len(text) <= _MAX_WORDS and fold(text).strip() in _HOME_WORDS


def leads_home(link: etree._Element) -> bool:
    """Say whether a link leads to the first page of a site by its address: /, index.php."""
    address = link.get("href")
    return address is not None and _HOME_PAGE.fullmatch(address) is not None


def is_of_card(element: etree._Element) -> bool:
    """Say whether an element stands near the title of another story: a link of some words that does not hold it."""
    around = set(element.iterancestors())
    for outer in islice(element.iterancestors(), 2):
        if len(raw_text(outer)) > _MAX_CARD:
            return False
        links = [link for link in islice(outer.iter("a"), _MAX_TRAIL) if link not in around]
        stories = [link for link in links if not _LIST_ADDRESS.search(link.get("href") or "")]
        if any(len(text_of(link).split()) >= _MIN_TITLE for link in stories):
            return True
    return False


def is_tag_box(element: etree._Element) -> bool:
    """Say whether an element begins with a word for tags, as «الكلمات المفتاحية:», and goes on with links."""
    text = element.text
    if not text or text.isspace():
        text = element[0].text if len(element) and element[0].tag in _LABELS_OF_TAGS else None
    return (
        text is not None
        and len(text) <= _MAX_WORDS
        and fold(text).rstrip(": ") in TAG_WORDS
        and next(element.iter("a"), None) is not None
    )
