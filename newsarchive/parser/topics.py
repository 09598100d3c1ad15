"""Section and tags: metadata, breadcrumbs, category and tag links; shown ones before stated ones."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, takewhile, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.arabic import fold
from newsarchive.data import table
from newsarchive.parser.headline import key_of
from newsarchive.parser.outskirts import is_home, is_trail
from newsarchive.parser.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from newsarchive.parser.slots import Slots
    from newsarchive.parser.structured import Claims, Metas
    from newsarchive.parser.survey import Survey

MAX_SECTION = 50
MAX_TAG = 80
_MAX_TAGS = 60
_MAX_STEPS_OVER = 4  # elements between a headline and the link over it
_SECTION_METAS = (
    "article:section",
    "og:article:section",
    "og:section",
    "section",
    "dc.subject",
    "parsely-section",
    "category",
    "articlesection",
)
_KEYWORD_METAS = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags")
_COMMA = re.compile("[,\u060c;\u061b|]")  # also the Arabic comma and semicolon
_NAMES = table("pages.toml")["names"]
_NO_TAG = frozenset(map(key_of, _NAMES["no_tag"]))
_NO_SECTION = frozenset(map(key_of, _NAMES["no_section"] + _NAMES["home"]))


# Words in names or addresses of what leads to a section, which are too common to be roles.
_SECTION_NAME = re.compile(r"categor|section|kicker|rubri|topic|(?<![a-z])cat(?![a-z])", re.IGNORECASE)
_PERSON_PAGE = re.compile(r"member|user|profile|author|writer", re.IGNORECASE)  # in an address
_CRUMB_END = "end of the breadcrumb"
_SECTION_LABELS = frozenset(map(key_of, _NAMES["section_labels"]))
_JOINT = re.compile(r"[\u00bb\u203a>|\\\u2190]| / ")  # what parts the steps of a path
_ARABIC = re.compile("[\u0620-\u064a]")
_MAX_LINES_OVER = 5


class FoundSection(NamedTuple):
    """A section, the rule that found it, and where it stands."""

    name: str
    rule: str
    element: etree._Element | None


def read_section(
    claims: Claims,
    found: Survey,
    slots: Slots,
    *,
    headline: str | None,
    heading: etree._Element | None,
    site_names: Sequence[str],
) -> FoundSection | None:
    """Return the section of the story: one that metadata states and the page shows, else the first of either.

    `heading` is the element of the headline.
    """
    refused = {*site_names, headline}

    def honest(candidates: Iterable[FoundSection]) -> list[FoundSection]:
        return [
            each
            for each in candidates
            if len(each.name) <= MAX_SECTION
            and "://" not in each.name
            and each.name not in refused
            and not (each.rule == _CRUMB_END and _is_of(each.name, headline))
            and (key := key_of(each.name))
            and key not in _NO_SECTION
        ]

    stated = honest(_stated(claims, found.metas))
    # What systems in English call a section is believed on an Arabic page for want of the name that it shows.
    believed = [each for each in stated if not _is_foreign(each.name, headline)]
    if len(stated) == 1 and believed:
        return stated[0]
    shown = honest(_shown(slots))
    if believed and not shown:
        return believed[0]
    keys = {key_of(each.name) for each in shown}
    agreed = [each for each in stated if key_of(each.name) in keys]
    for candidates in (agreed, believed, shown, honest(_crumbs(claims))):
        if candidates:
            return candidates[0]
    others = (_trail(slots), _labelled(slots), _in_menu(found, slots), _over_headline(slots, heading))
    for candidates in map(honest, others):
        if candidates:
            return candidates[0]
    return next(iter(stated or honest(_named_in_menu(found, slots, headline))), None)


def _is_foreign(name: str, headline: str | None) -> bool:
    """Say whether a name is in ASCII, and the headline in Arabic."""
    return name.isascii() and headline is not None and _ARABIC.search(headline) is not None


def _is_of(name: str, headline: str | None) -> bool:
    """Say whether a name is a part of the headline, cut short or not."""
    return headline is not None and key_of(name) in key_of(headline)


def _stated(claims: Claims, metas: Metas) -> Iterator[FoundSection]:
    for name in claims.sections:
        yield FoundSection(name, "json-ld section", claims.element)
    for name in _SECTION_METAS:
        place = metas.place(name)
        if place and place[0]:
            yield FoundSection(place[0], f"meta {name}", place[1])


def _crumbs(claims: Claims) -> Iterator[FoundSection]:
    for name in reversed(claims.breadcrumbs):
        yield FoundSection(name, "json-ld breadcrumb", claims.element)


def _shown(slots: Slots) -> Iterator[FoundSection]:
    for trail in slots.breadcrumbs:
        links = [link for link in trail.iter("a") if text_of(link)]
        for link in reversed(links):
            yield FoundSection(text_of(link), "breadcrumb", link)
        if links:
            after = text_of(trail).rpartition(text_of(links[-1]))[2]
            for name in reversed(_JOINT.split(after)):
                if name.strip():
                    yield FoundSection(name.strip(), _CRUMB_END, trail)  # the page's own name, or that of its section
    for element in slots.sections:
        link = element if element.tag == "a" else next(element.iter("a"), element)
        if name := text_of(link):
            yield FoundSection(name, "category link", link)


def _trail(slots: Slots) -> Iterator[FoundSection]:
    """Yield the links of a path from the home page that nothing names so, the last first."""
    home = next(filter(is_home, slots.links_above), None)
    parent = None if home is None else home.getparent()
    if parent is not None and is_trail(parent):
        for link in reversed(list(parent.iter("a"))):
            yield FoundSection(text_of(link), "link after that to the home page", link)


def _labelled(slots: Slots) -> Iterator[FoundSection]:
    """Yield what stands in a line after a word for the section, or in the line after it: «القسم: محليات»."""
    for line, following in zip_longest(slots.lines, slots.lines[1:]):
        label, colon, name = line.text.partition(":")
        if colon and key_of(label) in _SECTION_LABELS:
            if name.strip():
                yield FoundSection(name.strip(), "labelled line", line.element)
            elif following is not None and not any(map(str.isdigit, following.text)):
                yield FoundSection(following.text, "labelled line", following.element)


def _named_in_menu(found: Survey, slots: Slots, headline: str | None) -> Iterator[FoundSection]:
    """Yield a line over an Arabic headline that bears no link, and is called as a link of the site's menu is."""
    if headline is None or not _ARABIC.search(headline):
        return
    whole = key_of(headline)
    over = takewhile(lambda line: key_of(line.text) != whole, islice(slots.lines, _MAX_LINES_OVER))
    named = {key: line for line in over if line.element.tag != "a" and (key := key_of(line.text))}
    if named:
        menu = {key_of(text) for link in found.root.iter("a") if (text := text_of(link))}
        for key, line in named.items():
            if key in menu:
                yield FoundSection(line.text, "line over the headline that the menu has", line.element)


def _over_headline(slots: Slots, heading: etree._Element | None) -> Iterator[FoundSection]:
    """Yield the one link that stands right over the headline, and is named or addressed as those of sections are."""
    above = set(slots.links_above).difference(slots.authors)
    element, steps = heading, 0
    while element is not None and steps < _MAX_STEPS_OVER:
        before = element.getprevious()
        element = element.getparent() if before is None else before
        steps += 1
        links = [] if before is None else [link for link in before.iter("a") if link in above]
        if len(links) == 1 and before is not None and text_of(before) == text_of(links[0]):
            names = " ".join(each.get("class") or "" for each in (before, links[0]))
            if not _SECTION_NAME.search(f"{names} {links[0].get('href')}"):
                return
            yield FoundSection(text_of(links[0]), "link over the headline", links[0])
            return


def _in_menu(found: Survey, slots: Slots) -> Iterator[FoundSection]:
    """Yield the links above the story that lead where a link of the site's menu leads."""
    short = [
        link
        for link in slots.links_above
        if link not in slots.authors
        and 2 < len(text_of(link)) <= MAX_SECTION
        and not _PERSON_PAGE.search(link.get("href") or "")
    ]
    if short:
        asked = {link.get("href") for link in short}
        times = Counter(address for link in found.root.iter("a") if (address := link.get("href")) in asked)
        for link in short:
            if times[link.get("href")] > 1 and len((link.get("href") or "").strip("/#")) > 1:
                yield FoundSection(text_of(link), "link that the menu has", link)


def tag_links(slots: Slots) -> list[etree._Element]:
    """Return the links of the page's tags: related by `rel`, or in a box that is named after them."""
    linked = [box for box in slots.tag_boxes if next(box.iter("a"), None) is not None]
    boxes = [box for box in linked if not any(box in other.iterancestors() for other in linked)]
    links = dict.fromkeys(
        [*slots.tag_links[:_MAX_TAGS], *(link for box in boxes for link in islice(box.iter("a"), _MAX_TAGS))]
    )
    return [link for link in links if 0 < len(text := text_of(link)) <= MAX_TAG and key_of(text) not in _NO_TAG][
        :_MAX_TAGS
    ]


class FoundTags(NamedTuple):
    """The tags, the rule that found them, and where they stand."""

    names: tuple[str, ...] = ()
    rule: str | None = None
    element: etree._Element | None = None


def read_tags(claims: Claims, metas: Metas, links: Sequence[etree._Element], *, headline: str, text: str) -> FoundTags:
    """Return the tags that the page shows, else those that metadata states.

    `headline` is the key of the headline, `text` the story's.
    """
    shown = _distinct([text_of(link).lstrip("#").strip() for link in links])
    if shown:
        return FoundTags(shown, "tag links", links[0])
    listed = metas.all("article:tag")
    stated = _distinct(_COMMA.split(listed[0]) if len(listed) == 1 else listed)
    if stated and _may_be_tags(stated, headline):
        return FoundTags(stated, "meta article:tag", None)
    keywords = _distinct([" ".join(tag.split()) for value in claims.keywords for tag in _COMMA.split(value)])
    if keywords and _may_be_tags(keywords, headline):
        return FoundTags(keywords, "json-ld keywords", claims.element)
    for name in _KEYWORD_METAS:
        place = metas.place(name)
        if place:
            keywords = _distinct([" ".join(tag.split()) for tag in _COMMA.split(place[0])])
            if keywords and _may_be_tags(keywords, headline) and _are_of(text, keywords):
                return FoundTags(keywords, f"meta {name}", place[1])
    return FoundTags()


def _distinct(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple({fold(tag): tag for tag in map(str.strip, reversed(tags)) if tag}.values())[::-1]


def _may_be_tags(tags: Sequence[str], headline: str) -> bool:
    """Say whether stated keywords may be tags; they are none where they are the headline again, whole or in words."""
    if len(tags) > _MAX_TAGS or any(len(tag) > MAX_TAG for tag in tags):
        return False
    if not headline:
        return True
    words = set(headline.split())
    of_headline = sum(key_of(tag) in words for tag in tags)
    return key_of(" ".join(tags)) != headline and not (len(tags) > 3 and of_headline > 0.7 * len(tags))


def _are_of(text: str, keywords: Sequence[str]) -> bool:
    """Say whether keywords speak of this story: most sites state the same ones on every page."""
    return 2 * sum(keyword in text for keyword in keywords) >= len(keywords)
