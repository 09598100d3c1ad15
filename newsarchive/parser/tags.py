"""Tags: those that a page shows, in links or without, before those that it states."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from newsarchive.arabic import fold
from newsarchive.data import table
from newsarchive.parser.addresses import SOCIAL
from newsarchive.parser.outskirts import TAG_WORDS
from newsarchive.parser.texts import text_of, text_up_to
from newsarchive.parser.titles import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from newsarchive.parser.slots import Slots
    from newsarchive.parser.structured import Claims, Metas

MAX_TAG = 80
_MAX_UNLINKED = 50  # characters of a tag without a link
_MAX_UNLINKED_BOXES, _MAX_LINE = 3, 300
_MAX_TAGS = 60
_MIN_WITH_HEADLINE = 4  # keywords, of which one is the headline
_SYSTEMS = frozenset(["dotnetnuke", "dnn", "joomla"])  # which state their own names
_KEYWORD_METAS = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags")
_COMMA = re.compile("[,\u060c;\u061b|]")  # also the Arabic comma and semicolon
_NO_TAG = frozenset(map(key_of, table("pages.toml")["names"]["no_tag"]))


def tag_links(slots: Slots) -> list[etree._Element]:
    """Return the links of the page's tags: related by `rel`, or in a box that is named after them."""
    linked = [box for box in slots.tag_boxes if next(box.iter("a"), None) is not None]
    boxes = [box for box in linked if not any(box in other.iterancestors() for other in linked)]
    links = dict.fromkeys(
        [*slots.tag_links[:_MAX_TAGS], *(link for box in boxes for link in islice(box.iter("a"), _MAX_TAGS))]
    )
    return [link for link in links if not SOCIAL.match(link.get("href") or "") and _may_be_tag(text_of(link))][
        :_MAX_TAGS
    ]


def _may_be_tag(text: str) -> bool:
    return 0 < len(text) <= MAX_TAG and key_of(text) not in _NO_TAG


class FoundTags(NamedTuple):
    """The tags, the rule that found them, and where they stand."""

    names: tuple[str, ...] = ()
    rule: str | None = None
    element: etree._Element | None = None


def read_tags(
    claims: Claims,
    metas: Metas,
    links: Sequence[etree._Element],
    boxes: Sequence[etree._Element],
    *,
    headline: str,
    text: str,
) -> FoundTags:
    """Return the tags that the page shows, else those that metadata states.

    `headline` is the key of the headline, `text` the story's; `boxes` are named after tags, with links or without.
    """
    shown = _distinct([text_of(link).lstrip("#").strip() for link in links])
    if shown:
        return FoundTags(shown, "tag links", links[0])
    for box in boxes[:_MAX_UNLINKED_BOXES]:
        if unlinked := _distinct(_unlinked(box)):
            return FoundTags(unlinked, "tags without links", box)
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


def _unlinked(box: etree._Element) -> list[str]:
    """Return the words between commas after a word for tags, in a box without links: كلمات مفتاحية: جامعة، قبول"""
    line = text_up_to(box, _MAX_LINE) if next(box.iter("a"), None) is None else None
    if not line:
        return []
    label = text_of(box[0]) if len(box) else line.partition(":")[0]
    if fold(label).strip(": ") not in TAG_WORDS or not line.startswith(label):
        return []
    tags = [tag.strip(" :#") for tag in _COMMA.split(line[len(label) :])]
    return tags if len(tags) > 1 and all(len(tag) <= _MAX_UNLINKED for tag in tags) else []


def _distinct(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple({fold(tag): tag for tag in map(str.strip, reversed(tags)) if tag}.values())[::-1]


def _may_be_tags(tags: Sequence[str], headline: str) -> bool:
    """Say whether stated keywords may be tags: not where they are the headline again, whole or in words.

    Nor where the system that made the page is one of them.
    """
    if len(tags) > _MAX_TAGS or any(len(tag) > MAX_TAG for tag in tags):
        return False
    if not headline:
        return True
    keys, words = [key_of(tag) for tag in tags], set(headline.split())
    repeats = headline == key_of(" ".join(tags)) or (headline in keys and len(keys) < _MIN_WITH_HEADLINE)
    if repeats or not _SYSTEMS.isdisjoint(keys):
        return False
    return not (len(tags) > 3 and sum(key in words for key in keys) > 0.7 * len(tags))


def _are_of(text: str, keywords: Sequence[str]) -> bool:
    """Say whether keywords speak of this story: most sites state the same ones on every page."""
    return 2 * sum(keyword in text for keyword in keywords) >= len(keywords)
