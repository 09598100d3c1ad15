"""The headline: what the page, its metadata and its title agree on, without the site's name, labels and kicker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsarchive.parser import roles
from newsarchive.parser.labels import LABELS, split_labels
from newsarchive.parser.outskirts import leads_home
from newsarchive.parser.texts import HEADINGS, collapse, raw_text, text_of
from newsarchive.parser.titles import key_of, site_name_beside, without_site_name
from newsarchive.parser.unmarked import unmarked_headline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from newsarchive.parser.structured import Claims
    from newsarchive.parser.survey import Survey

MAX_LENGTH = 400  # characters; what is longer is no headline
_MIN_LENGTH = 4
# How much a place counts where places disagree: og:title and <title> are often written for search engines.
_VOTES = {
    "h1": 2.0,
    "heading": 2.0,
    "json-ld headline": 2.0,
    "microdata headline": 2.0,
    "og:title": 1.5,
    "title": 1.0,
    "twitter:title": 0.5,
}
_VISIBLE = ("h1", "heading")
_MIN_LEFT = 0.3  # of all running text: with less from there on a line is no headline
_MENUS = ("li", "ul")
_NO_WORDS = ("script", "style", "svg", "time")
_MAX_BLANKS = 40  # characters of white space and marks by which a line may be longer than the title that says it
_MAX_NAME = 3  # words of a title that may as well be the site's name alone
_MIN_HEADLINE_WORDS = 4  # of a heading that is believed against all metadata
_KICKER_END = re.compile(r"[-\u2013\u2014|:.\u2022\u00b7/]\s*\Z")  # a dash, a bar, a colon, a stop, a bullet


@dataclass(slots=True)
class _Candidate:
    text: str
    rule: str
    element: etree._Element | None
    _key: str | None = None

    @property
    def key(self) -> str:
        if self._key is None:
            self._key = key_of(self.text)
        return self._key


@dataclass(slots=True)
class Headline:
    """The headline, its labels, the rule that found it, and where it stands in the visible page if it does."""

    text: str | None
    labels: tuple[str, ...]
    rule: str | None
    source: etree._Element | None
    element: etree._Element | None
    site_name: str | None = None  # what stands beside the headline in the page's title
    _key: str | None = None

    @property
    def key(self) -> str:
        """The words of the headline as they are compared."""
        if self._key is None:
            self._key = key_of(self.text or "")
        return self._key


def read_headline(found: Survey, claims: Claims, site_names: Iterable[str]) -> Headline:
    """Return the headline that most of the page agrees on."""
    titles = [
        _Candidate(text, rule, element) for text, rule, element in _stated(found, claims) if len(text) <= MAX_LENGTH
    ]
    agreed = _agreed(found, titles)
    if agreed is not None:
        text, labels = split_labels(agreed.text)
        return Headline(
            text, labels, agreed.rule, agreed.element, agreed.element, site_name_beside(found.title, agreed.text)
        )
    names = frozenset(map(key_of, site_names))
    visible = _visible(found, titles, names)
    groups = _group(visible, titles, names)
    if not groups:
        return Headline(None, (), None, None, None)
    best = max(groups, key=lambda group: sum({member.rule: _VOTES[member.rule] for member in group}.values()))
    if not any(member.rule in _VISIBLE for member in best) and _is_plainly_headline(visible):
        best = visible
    chosen = _without_kicker(best, titles)
    text, labels = split_labels(chosen.text)
    place = next((member.element for member in best if member.rule in _VISIBLE), None)
    if place is None and visible:
        place = visible[0].element
    return Headline(text, labels, chosen.rule, chosen.element, place, site_name_beside(found.title, chosen.text))


def _is_plainly_headline(visible: Sequence[_Candidate]) -> bool:
    """Say whether the one h1 of a page is its headline, though metadata gives another that the page does not show.

    That is so on pages in Arabic; elsewhere what metadata gives is what a page is known by.
    """
    if len(visible) != 1 or visible[0].text < "\u0600" or len(visible[0].key.split()) < _MIN_HEADLINE_WORDS:
        return False
    element = visible[0].element
    return element is not None and next(element.iterancestors("article", "main"), None) is not None


def _without_kicker(group: Sequence[_Candidate], titles: Sequence[_Candidate]) -> _Candidate:
    """Return a group's headline, or the end of it that metadata gives where a kicker stands before it."""
    shown = group[0]
    for title in titles:
        if title.rule != "title" and shown.text != title.text and shown.text.endswith(title.text):
            before = shown.text[: -len(title.text)]
            if len(before) < len(title.text) and _KICKER_END.search(before):
                return title
    return shown


def heading_text(element: etree._Element) -> str:
    """Return a heading's text without a kicker or date that stands inside it."""
    if not len(element):
        return collapse(element.text or "")
    aside = roles.KICKER | roles.DATE | roles.META | roles.AUTHOR | roles.HIDDEN | roles.SHARE
    parts = [element.text or ""]
    for child in element:
        if not (child.get("class") and roles.roles(child) & aside) and child.tag not in _NO_WORDS:
            text = raw_text(child)
            is_mark = (child.get("class") and text.strip() in LABELS) or _is_raised(child, text)
            parts.append("" if is_mark else text)
        parts.append(child.tail or "")
    return " ".join(" ".join(parts).split() if _has_blocks(element) else "".join(parts).split()) or text_of(element)


def _is_raised(child: etree._Element, text: str) -> bool:
    """Say whether a part of a heading is small raised letters, as K2 prints مميز ("featured") behind it."""
    mark = next(child.iter("sup"), None)
    return mark is not None and raw_text(mark).strip() == text.strip() and text.strip().isalpha()


def _has_blocks(element: etree._Element) -> bool:
    return any(child.tag in ("div", "p", "br", "span") for child in element)


def _visible(found: Survey, titles: Sequence[_Candidate], names: frozenset[str]) -> list[_Candidate]:
    """Return what the page shows as headline: the h1 that a title says, else another line that one says."""
    candidates = []
    for element in found.headings:
        if element.tag == "h1":
            text = heading_text(element)
            candidate = _Candidate(text, "h1", element)
            if _leads_home(element):
                continue
            if _MIN_LENGTH <= len(text) <= MAX_LENGTH and candidate.key not in names:
                candidates.append(candidate)
    precise = [title for title in titles if title.rule != "title"]
    if any(_says(title, candidate.key) for title in titles for candidate in candidates):
        # The name of a blog over all its posts is in the title as well, and not in what metadata gives.
        if not precise or any(_says(title, candidate.key) for title in precise for candidate in candidates):
            return candidates
        other = next((line for line in _other_lines(found, precise) if _is_heading(line)), None)
    else:
        other = next(_other_lines(found, titles), None)
    if other is None and not candidates and not precise:
        brief = len((found.title or "").split()) <= _MAX_NAME
        line = unmarked_headline(found, brief=brief)
        other = _Candidate(line.text, "heading", line.element) if line else None
    return [other, *candidates] if other else candidates


def _leads_home(heading: etree._Element) -> bool:
    """Say whether a heading is a link to the site's home page, as its name on every page is."""
    link = next(heading.iter("a"), None)
    return link is not None and leads_home(link)


def _is_heading(line: _Candidate) -> bool:
    return line.element is not None and line.element.tag in HEADINGS


def _other_lines(found: Survey, titles: Sequence[_Candidate]) -> Iterator[_Candidate]:
    wholes = [title.text for title in titles]
    longest = max(map(len, wholes), default=0) + _MAX_BLANKS
    for element, text in _lines(found, min(longest, MAX_LENGTH)):
        for whole in wholes:
            if text in whole or whole in text:
                candidate = _Candidate(text, "heading", element)
                if any(_says(title, candidate.key) for title in titles):
                    yield candidate
                break


def _lines(found: Survey, longest: int) -> Iterator[tuple[etree._Element, str]]:
    """Yield headings and the lines that are not longer than the longest title, as no headline is."""
    for element in found.headings:
        if element.tag != "h1":
            yield element, heading_text(element)
    left = sum([entry.weight for entry in found.texts])
    least = _MIN_LEFT * left
    for entry in found.texts:
        # Under a story may stand who signs it, as the title of every page does; a menu names the page anywhere.
        if len(entry.text) <= longest and (left >= least or entry.block.tag in _MENUS):
            yield entry.block, collapse(entry.text)
        left -= entry.weight


def _agreed(found: Survey, titles: Sequence[_Candidate]) -> _Candidate | None:
    """Return the first h1 that two titles repeat to the letter, which most pages have."""
    for element in found.headings:
        if element.tag == "h1":
            for text in dict.fromkeys((text_of(element), heading_text(element))):
                if (
                    len(text) > 2 * _MIN_LENGTH
                    and sum(text in title.text for title in titles) > 1
                    and any(text == title.text for title in titles)
                ):
                    return _Candidate(text, "h1", element)
    return None


def _stated(found: Survey, claims: Claims) -> list[tuple[str, str, etree._Element | None]]:
    """Return the titles that metadata states, in the order in which they are believed."""
    stated: list[tuple[str, str, etree._Element | None]] = []
    if claims.headline:
        stated.append((claims.headline, "json-ld headline", claims.element))
    places = [found.metas.place(name) for name in ("og:title", "twitter:title")]
    stated.extend((text, name, element) for text, element, name in filter(None, places) if text)
    if found.title:
        stated.append((found.title, "title", found.title_element))
    return stated


def _group(
    visible: Sequence[_Candidate], titles: Sequence[_Candidate], names: frozenset[str]
) -> list[list[_Candidate]]:
    """Return candidates grouped by what they say, the text without the site's name first in each."""
    said = [candidate for candidate in visible if any(_says(title, candidate.key) for title in titles)]
    groups = [[candidate] for candidate in said or visible[:1]]
    for title in titles:
        home = next((group for group in groups if _says(title, group[0].key)), None)
        if home is None:
            guess = title.rule != "json-ld headline"
            text = without_site_name(title.text, names, guess=guess)
            stripped = title if text == title.text else _Candidate(text, title.rule, title.element)
            home = next((group for group in groups if group[0].key == stripped.key), None)
            if home is None:
                if stripped.key and stripped.key not in names:
                    groups.append([stripped])
                continue
        home.append(title)
    return groups


def _says(title: _Candidate, key: str) -> bool:
    """Say whether a title is a headline, alone or with a site's name before or after it."""
    whole = title.key
    if whole == key:
        return True
    return len(key) > 0.4 * len(whole) and (whole.startswith(key) or whole.endswith(key))
