"""The section: metadata, breadcrumbs, category links, labels and lines over the story."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple, cast

from newsarchive.data import table
from newsarchive.parser.bylines import is_signature
from newsarchive.parser.outskirts import JOINT, is_home, is_trail, leads_home
from newsarchive.parser.phrases import line_kinds
from newsarchive.parser.texts import collapse, raw_text, text_of
from newsarchive.parser.titles import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from newsarchive.parser.slots import Slots
    from newsarchive.parser.structured import Claims, Metas
    from newsarchive.parser.survey import Survey

MAX_SECTION = 50
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
_NAMES = table("pages.toml")["names"]
_NO_SECTION = frozenset(map(key_of, _NAMES["no_section"] + _NAMES["home"]))


# Words in names or addresses of what leads to a section, which are too common to be roles.
_SECTION_NAME = re.compile(r"categor|section|kicker|rubri|topic|(?<![a-z])cat(?![a-z])", re.IGNORECASE)
_PERSON_PAGE = re.compile(r"member|user|profile|author|writer", re.IGNORECASE)  # in an address
_NO_PAGE = re.compile(rf"{_PERSON_PAGE.pattern}|\Ajavascript:\s*(?:;|void|\Z)", re.IGNORECASE)
_CRUMB_END = "end of the breadcrumb"
_SECTION_LABELS = frozenset(map(key_of, _NAMES["section_labels"]))
_LINE_JOINT = re.compile(r"[\u00bb\u203a>|\\\u2190]| / ")  # what parts them in a line, where a slash may join words
_LIST_JOINT = re.compile(r"\s*[,|](?![\s\d])")  # of sections in one value, as systems write them, and not of words
_ARABIC = re.compile("[\u0620-\u064a]")
_MAX_SECTION_WORDS = 3
_YEAR = 4  # digits, which the name of a section may have
_EDGES = " /|>:\u00ab\u00bb\u203a"  # what parts the steps of a path, angle quotes among it


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

    def honest(candidates: Iterable[FoundSection]) -> list[FoundSection]:
        bare = (each._replace(name=each.name.strip(_EDGES)) for each in candidates)
        return [each for each in bare if each.name not in site_names and _may_be_section(each, headline)]

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
    if stated or not headline:
        return next(iter(stated), None)
    unlinked = (_over_in_trail(slots, headline), _named_in_menu(found, slots), _in_title(found, slots, headline))
    return next(chain.from_iterable(map(honest, unlinked)), None)


def _may_be_section(found: FoundSection, headline: str | None) -> bool:
    """Say whether a name is short, none of a page or an address, and not the headline again."""
    name = found.name
    if len(name) > MAX_SECTION or "://" in name or name == headline:
        return False
    if found.rule == _CRUMB_END and (_is_of(name, headline) or _is_foreign(name, headline)):
        return False
    key = key_of(name)
    return bool(key) and key not in _NO_SECTION


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
            yield FoundSection(_LIST_JOINT.split(place[0])[0], f"meta {name}", place[1])


def _crumbs(claims: Claims) -> Iterator[FoundSection]:
    for name in reversed(claims.breadcrumbs):
        yield FoundSection(name, "json-ld breadcrumb", claims.element)


def _shown(slots: Slots) -> Iterator[FoundSection]:
    for trail in slots.breadcrumbs:
        links = [link for link in trail.iter("a") if text_of(link)]
        ends = _ends_after(trail, links[-1]) if links else []
        yield from (end for end in ends if _is_short(end.name))
        for link in reversed(links):
            yield FoundSection(text_of(link), "breadcrumb", link)
        yield from ends
    for element in slots.sections:
        link = element if element.tag == "a" else next(element.iter("a"), element)
        if name := text_of(link):
            yield FoundSection(name, "category link", link)


def _ends_after(trail: etree._Element, link: etree._Element) -> list[FoundSection]:
    """Return what stands after the last link of a path, the last first: the page's own name, or that of its section."""
    after, element = [], link
    while element is not trail:
        after.append(element.tail or "")
        after.extend(raw_text(sibling) + (sibling.tail or "") for sibling in element.itersiblings())
        element = cast("etree._Element", element.getparent())
    before, *names = JOINT.split(collapse("".join(after)))
    # What no arrow sets off is no step; arrows may be pictures.
    if before.strip() and next(trail.iter("img"), None) is None:
        return []
    return [FoundSection(name.strip(), _CRUMB_END, trail) for name in reversed([before, *names]) if name.strip()]


def _is_short(name: str) -> bool:
    """Say whether a name without a link may be that of a section: few words, no digits, no button."""
    few = len(name.split()) <= _MAX_SECTION_WORDS
    return few and not any(map(str.isdigit, name)) and not line_kinds(name) and not is_signature(name)


def _trail(slots: Slots) -> Iterator[FoundSection]:
    """Yield the links of a path from the home page that nothing names so, the last first."""
    homes = [link for link in slots.links_above if is_home(link) or leads_home(link)]
    parents = (home.getparent() for home in homes)
    trail = next((parent for parent in parents if parent is not None and is_trail(parent)), None)
    for link in [] if trail is None else reversed(list(trail.iter("a"))):
        if link not in homes:
            yield FoundSection(text_of(link), "link after that to the home page", link)


def _labelled(slots: Slots) -> Iterator[FoundSection]:
    """Yield what stands in a line after a word for the section, or in the line after it: «القسم: محليات»."""
    for line, following in zip_longest(slots.lines, slots.lines[1:]):
        label, colon, name = line.text.partition(":")
        if colon and key_of(label) in _SECTION_LABELS:
            told = name.strip() or (following.text if following is not None else "")
            if told and _is_short(told):
                yield FoundSection(told, "labelled line", line.element)


def _over_in_trail(slots: Slots, headline: str) -> Iterator[FoundSection]:
    """Yield what stands before the headline in a line that repeats it, without links: «محليات / ...»."""
    for line in slots.lines:
        before, found, after = line.text.partition(headline)
        if found and not after:
            steps = [step.strip() for step in _LINE_JOINT.split(before)]
            short = [step for step in reversed(steps) if step and _is_short(step)]
            yield from (FoundSection(step, "line over the headline", line.element) for step in short)


def _named_in_menu(found: Survey, slots: Slots) -> Iterator[FoundSection]:
    """Yield a line over an Arabic story that bears no link, and is called as a link of the site's menu is."""
    lines = [line for line in slots.lines if line.element.tag != "a" and _ARABIC.search(line.text)]
    named = {_plain(line.text): line for line in lines if len(line.text) <= MAX_SECTION}
    if named:
        menu = {_plain(text_of(link)) for link in found.root.iter("a")}
        for name, line in named.items():
            if name in menu:
                yield FoundSection(line.text, "line over the story that the menu has", line.element)


def _in_title(found: Survey, slots: Slots, headline: str) -> Iterator[FoundSection]:
    """Yield what stands between headline and site in the page's title, and is called as a link to a section may be."""
    between = map(str.strip, (found.title or "").split("|")[1:-1])
    parts = [part for part in between if _is_short(part) and not _is_foreign(part, headline)]
    others = {*slots.authors, *slots.tag_links}
    for link in found.root.iter("a") if parts else ():
        if (link.text or "").strip() in parts and link not in others:
            address = link.get("href") or "#"
            if not (address.startswith("#") or leads_home(link) or _PERSON_PAGE.search(address)):
                yield FoundSection(text_of(link), "link that the title has", link)


def _plain(name: str) -> str:
    """Return a name without the tatweels that widen it: الــــرأي."""
    return name.replace("\u0640", "")


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
        and not (
            leads_home(link) or _NO_PAGE.search(link.get("href") or "") or sum(map(str.isdigit, text_of(link))) > _YEAR
        )
    ]
    if short:
        asked = {link.get("href") for link in short}
        times = Counter(address for link in found.root.iter("a") if (address := link.get("href")) in asked)
        for link in short:
            if times[link.get("href")] > 1 and len((link.get("href") or "").strip("/#")) > 1:
                yield FoundSection(text_of(link), "link that the menu has", link)
