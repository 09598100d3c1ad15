"""Links that the page itself offers with the story: related boxes, inserts between paragraphs, tags.

Sidebars of what is read most or came last are no related links.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsarchive.models import Link, LinkKind
from newsarchive.parser import phrases, roles
from newsarchive.parser.addresses import SOCIAL
from newsarchive.parser.container import is_alike
from newsarchive.parser.texts import HEADINGS, first_run, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from newsarchive.parser.addresses import Addresses
    from newsarchive.parser.container import Container
    from newsarchive.parser.story import Inserted
    from newsarchive.parser.survey import Survey

MAX_LINKS = 60  # in one box; what has more is a list of the site
_MAX_LABEL = 60  # characters of the heading over a box
_MIN_ANCHOR = 12  # characters of a headline beside its announcement in one link
_MAX_CLIMB = 4
_MAX_KICKER_WORDS = 3
_MAX_CARD, _MAX_CARD_LINKS = 40, 4  # elements and links of a card
_MAX_BOXES = 40  # announced or named so; a page has less than ten
_MAX_SIBLINGS = 200
# The addresses of tags, authors and sources, which stand on the cards of stories, and of searches.
_NO_STORY = re.compile(
    r"/(?:tags?|topics?|keywords?|hashtags?|authors?|writers?|sources?|profiles?)/[^/]+/?\Z", re.IGNORECASE
)
_SEARCH = re.compile(r"/search/?(?:\?|\Z)|[?&]name=search", re.IGNORECASE)
_NOT_RELATED = roles.SIDE | roles.NAVIGATION | roles.COMMENT | roles.SHARE | roles.AD


def read_related(
    found: Survey,
    container: Container,
    *,
    addresses: Addresses,
    url: str,
    inserted: Sequence[Inserted],
    tags: Sequence[etree._Element],
    boxes: Sequence[etree._Element],
    last: etree._Element | None,
) -> tuple[Link, ...]:
    """Return the related links of a page in its order, each address once for each kind."""
    kinds: dict[etree._Element, LinkKind] = {}
    for link, inline in inserted:
        if not _is_no_story(link):
            kinds[link] = "inline" if inline else "related"
    for link in tags:
        kinds.setdefault(link, "tag")
    boxed = _without_kickers([link for link in dict.fromkeys(_boxed(found, container, boxes)) if link not in kinds])
    within = _before(container.element, last, boxed)
    named = {link.get("href") for link in tags}
    for link in boxed:
        if link.get("href") in named or _is_no_story(link):
            continue
        kinds.setdefault(link, "inline" if link in within else "related")
    return tuple(_links(_in_page_order(found.root, kinds), addresses, url))


def _without_kickers(links: list[etree._Element]) -> list[etree._Element]:
    """Return links without those that only name the section of another one, which heads the same card."""
    heads = {link for link in links if _is_heading(link)}
    return links if not heads else [link for link in links if link in heads or not _is_kicker(link, heads)]


def _is_kicker(link: etree._Element, heads: set[etree._Element]) -> bool:
    """Say whether a short link stands before the one heading of its card."""
    if not _is_short(link):
        return False
    for outer in islice(link.iterancestors(), _MAX_CLIMB):
        inner = list(islice(outer.iter(), _MAX_CARD))
        links = [each for each in inner if each.tag == "a"]
        if len(inner) == _MAX_CARD:
            return False
        if any(each in heads for each in links):
            head = next(each for each in links if each in heads)
            return links.index(link) < links.index(head) and len(links) <= _MAX_CARD_LINKS
    return False


def _is_no_story(link: etree._Element) -> bool:
    """Say whether a link leads to a tag, an author or a search by its address, or shows nothing but an address."""
    address = link.get("href") or ""
    return (
        _SEARCH.search(address) is not None
        or (_NO_STORY.search(address) is not None and _is_short(link))
        or _shows_address(link)
    )


def _shows_address(link: etree._Element) -> bool:
    return (link.text or "").lstrip().startswith(("http://", "https://"))


def _is_short(link: etree._Element) -> bool:
    return len(text_of(link).split()) <= _MAX_KICKER_WORDS


def _is_heading(link: etree._Element) -> bool:
    parent = link.getparent()
    return (parent is not None and parent.tag in HEADINGS) or next(link.iter(*HEADINGS), None) is not None


def _before(
    container: etree._Element, last: etree._Element | None, links: Sequence[etree._Element]
) -> set[etree._Element]:
    """Return those of the links that stand in a container before its last paragraph."""
    if last is None or not any(container in link.iterancestors() for link in links):
        return set()
    wanted, before = set(links), set()
    for element in container.iter():
        if element is last:
            break
        if element in wanted:
            before.add(element)
    return before


def _in_page_order(
    root: etree._Element, kinds: dict[etree._Element, LinkKind]
) -> list[tuple[etree._Element, LinkKind]]:
    if len(set(kinds.values())) < 2:
        return list(kinds.items())
    ordered = []
    for link in root.iter("a"):
        if link in kinds:
            ordered.append((link, kinds[link]))
            if len(ordered) == len(kinds):
                break
    return ordered


def _links(chosen: Iterable[tuple[etree._Element, LinkKind]], addresses: Addresses, url: str) -> Iterator[Link]:
    texts: dict[tuple[str, LinkKind], str] = {}
    for link, kind in chosen:
        key = ((link.get("href") or "").strip(), kind)
        if key[0] and not texts.get(key):
            texts[key] = _anchor(link) or link.get("title") or link.get("aria-label") or ""
    seen: set[tuple[str, LinkKind]] = set()
    for (reference, kind), text in texts.items():
        address = addresses.resolve(reference) if text else None
        if (
            address
            and address.rstrip("/") != url.rstrip("/")
            and (address, kind) not in seen
            and not SOCIAL.match(address)
        ):
            seen.add((address, kind))
            yield Link(url=address, text=" ".join(text.split()), kind=kind)


def _anchor(link: etree._Element) -> str:
    """Return the words of a link: of a card the heading, or the longest of its lines."""
    if not len(link):
        return text_of(link)
    heading = next(link.iter(*HEADINGS), None)
    if heading is not None:
        return text_of(heading)
    lines = [text for child in link if (text := text_of(child))]
    return max(lines, key=len) if len(lines) > 1 and not (link.text or "").strip() else text_of(link)


def _boxed(found: Survey, container: Container, boxes: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Yield the links of related boxes: announced by a heading, or named so."""
    for element in found.announcements[:_MAX_BOXES]:
        text = first_run(element)
        if (
            len(text) <= _MAX_LABEL
            and phrases.line_kinds(text) & phrases.RELATED
            and not _is_apart(element)
            and not _is_of_other(element, container.element)
        ):
            yield from _links_under(element, container)
    for box in islice(boxes, _MAX_BOXES):
        if not _is_aside(box, container) and container.share(box) < 0.1:
            links = list(box.iter("a"))
            if len(links) <= MAX_LINKS and not _is_of_section(box):
                yield from links


def _is_of_section(box: etree._Element) -> bool:
    """Say whether the heading of a box says that it leads elsewhere, to more of a section: المزيد من الأخبار."""
    heading = next(box.iter(*HEADINGS), None)
    kinds = 0 if heading is None else phrases.line_kinds(text_of(heading))
    return bool(kinds & phrases.ELSEWHERE) and not kinds & phrases.RELATED


def _is_aside(element: etree._Element, container: Container) -> bool:
    """Say whether an element stands in a sidebar, a menu, a footer or among comments."""
    for outer in element.iterancestors():
        if container.share(outer) > 0.3:
            return False
        if outer.tag in ("nav", "footer") or roles.roles(outer) & _NOT_RELATED:
            return True
    return False


def _is_apart(element: etree._Element) -> bool:
    """Say whether a heading stands in a menu, a footer or among comments, where its wording means nothing."""
    return any(
        outer.tag in ("nav", "footer") or (outer.tag != "body" and roles.roles(outer) & roles.COMMENT)
        for outer in element.iterancestors()
    )


def _is_of_other(element: etree._Element, story: etree._Element) -> bool:
    """Say whether a heading stands in another article of the same make, as of a story that follows this one."""
    own = story if story.tag == "article" else next(story.iterancestors("article"), None)
    other = next(element.iterancestors("article"), None)
    return own is not None and other is not None and is_alike(other, own)


def _links_under(label: etree._Element, container: Container) -> list[etree._Element]:
    """Return the links that a heading announces: around it, in its own line, after it, or in the box around it."""
    around = next(label.iterancestors("a"), None)
    if around is not None and len(text_of(around)) > len(text_of(label)) + _MIN_ANCHOR:
        return [around]
    own = [link for link in label.iter("a") if len(text_of(link)) > _MAX_LABEL // 3]
    if own:
        return own
    element = label
    for _ in range(_MAX_CLIMB):
        links = _links_after(element)
        parent = element.getparent()
        if links:
            links.extend(_links_beside(parent))
            return links if len(links) <= MAX_LINKS else []
        if parent is None or container.share(parent) > 0.5:
            return []
        element = parent
    return []


def _links_beside(box: etree._Element | None) -> list[etree._Element]:
    """Return the links of boxes of the same make that follow a box without headings of their own."""
    links: list[etree._Element] = []
    if box is not None and box.get("class"):
        for sibling in islice(box.itersiblings(), _MAX_SIBLINGS):
            if (
                sibling.tag != box.tag
                or sibling.get("class") != box.get("class")
                or next(sibling.iter(*HEADINGS), None) is not None
            ):
                break
            links.extend(sibling.iter("a"))
    return links


def _links_after(element: etree._Element) -> list[etree._Element]:
    """Return the links in what follows an element, up to the next heading of its kind or a paragraph."""
    links: list[etree._Element] = []
    name = element.get("class")
    for sibling in islice(element.itersiblings(), _MAX_SIBLINGS):
        alike = (sibling.tag in HEADINGS and sibling.tag == element.tag) or (name and sibling.get("class") == name)
        if links and (alike or sibling.tag == "p"):
            break
        links.extend([sibling] if sibling.tag == "a" else sibling.iter("a"))
    return links
