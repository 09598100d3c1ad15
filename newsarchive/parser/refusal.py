"""Whether a page is an article at all, and what it is if not. Weighs signs; reads no field."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from newsarchive.arabic import fold
from newsarchive.data import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsarchive.parser.story import Listing
    from newsarchive.parser.structured import Claims, Metas
    from newsarchive.parser.survey import Survey
    from newsarchive.urls import Address

_FRONT = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w{2,5})?/?|(?:ar|en|fr|arabic|ara)/?)?\Z", re.IGNORECASE)
_SEARCH_KEYS = frozenset(["s", "q", "query", "search", "keyword", "keywords", "search_query", "searchword"])
# What each part of a path may say of its page.
_ADDRESSES = re.compile(
    r"/(?:(?P<search>search(?=[/.-]|\Z)|(?:recherche|suche|busca(?:r|dor)?|arama)(?=/))"
    r"|(?P<tag>(?:tags?|topics?|keywords?|hashtag|label|etiqueta|schlagwort|etiket)(?=/|\Z|\.(?:php|aspx?)))"
    r"|(?P<consent>(?:consent|cookies?/(?:wall|consent))(?=/|\Z))"
    r"|(?P<section>(?:category|categories|sections?|cat|archives?|authors?|rubrik|rubrique|kategori)(?=/|\Z)"
    r"|(?:forumdisplay|viewforum)(?=[./]|\Z)|(?:category|section|writer|author)s?(?=\.(?:php|aspx?))))",
    re.IGNORECASE,
)
# A number (no escaped byte with digits after it), a slug, the name of a file.
_STORY_ADDRESS = re.compile(r"(?<!%)(?<!%[0-9A-F])\d{4,}|(?:[^/-]+-){3,}[^/-]+|\.s?html?\Z|\.aspx?\Z", re.IGNORECASE)
_LIST_VIEWS = frozenset(["view=category", "view=categories", "view=section", "view=featured", "view=frontpage"])
_STORY_KEYS = frozenset(
    ["id", "sid", "detail", "newsid", "articleid", "aid", "nid", "p", "article", "storyid", "news_id", "story", "item"]
)

_KINDS: dict[str, dict[str, list[str]]] = table("pages.toml")
# What stands after an entry that is a whole title, by its last character: nothing with letters, or a mark.
_ALONE = r"[\W\d_]*\Z"
_SET_OFF = {":": rf"(?={_ALONE}| ?[:|]| [-\u2013\u2014])", "|": rf"(?={_ALONE}| ?\|| ::?(?: |\Z)| [-\u2013\u2014])"}
_WALLS = {
    kind: re.compile("|".join(re.escape(fold(each.rstrip(":|"))) + _SET_OFF.get(each[-1], "") for each in titles))
    for kind, titles in _KINDS["walls"].items()
}
_LISTINGS = {kind: tuple(map(fold, titles)) for kind, titles in _KINDS["listings"].items()}
_LIST_NAMES = "|".join(re.escape(fold(name)) for name in _KINDS["lists"]["section"])
_LIST_ALONE, _LIST_TITLE = (re.compile(f"(?:{_LIST_NAMES}){after}") for after in (_ALONE, _SET_OFF["|"]))
_BODY_CLASSES = {name: kind for kind, names in _KINDS["body_classes"].items() for name in names}
_MAX_WALL_TEXT = 900
_MIN_TEASERS = 5
_MIN_HEADINGS = 3
_MIN_STORY = 80
_SHORT_STORY = 250
_LONG_STORY = 600
_OWN_WEIGHT = 1_000  # with so much prose a page is an article though nothing else says so


@dataclass(frozen=True, slots=True)
class Signs:
    """What is weighed: sizes in characters, the page's own statements, its address."""

    path: str
    keys: frozenset[str]  # of the query
    story: int
    paragraphs: int
    items: int
    listing: Listing
    cards: int  # teasers beside what may be the story
    page: int
    shows_headline: bool
    has_date: bool


def address_of(address: Address | None) -> tuple[str, frozenset[str]]:
    """Return the path of an address and the keys of its query, in lower case; view=category with its value."""
    if address is None:
        return "", frozenset()
    pairs = parse_qsl(address.query, keep_blank_values=True) if address.query else ()
    keys = {key.lower().rstrip("0123456789") for key, _ in pairs}  # ?article20417
    return address.path, frozenset(keys | {f"{key}={value}".lower() for key, value in pairs if key.lower() == "view"})


def refuse(signs: Signs, found: Survey, claims: Claims, headings: Iterable[str]) -> str | None:
    """Return what the page is if it is no article: home, section, search, tag, error, a wall, about (its site), empty.

    The walls are consent, challenge and login. `headings` are the first ones of the page.
    """
    titles = [fold(text[:80]) for text in (found.title, *headings) if text]
    wall, weight = _wall_and_weight(signs, found, claims, titles)
    is_short = signs.story < _SHORT_STORY or (signs.page <= _MAX_WALL_TEXT and not _states_day(found.metas))
    if wall and is_short:
        return wall
    named = _body_classes(found)
    against = _against(signs, claims, titles, named)
    if wall:
        against[wall] = against.get(wall, 0.0) + weight
    identity = _identity(signs, found.metas, claims, named)
    length = 2.5 if signs.story >= _LONG_STORY else 1.5 * (signs.story >= _SHORT_STORY)
    if against and max(against.values()) >= identity + length:
        return max(against, key=lambda kind: against[kind])
    if signs.story < _MIN_STORY and not claims.body:
        return "empty" if signs.page < _LONG_STORY else "section"
    return None if identity >= 1 or (signs.story >= _OWN_WEIGHT and 2 * signs.items < signs.paragraphs) else "section"


def _wall_and_weight(signs: Signs, found: Survey, claims: Claims, titles: list[str]) -> tuple[str | None, int]:
    """Return what stands in the place of a story by the titles of the page, and how much that weighs on a long one.

    A privacy policy is as long as a story, and no story's page has such a title, though it may claim to be an article;
    a heading beside a story may lead there.
    """
    wall = _wall(titles)
    if wall != "about":
        return (None, 0) if claims.is_article else (wall, 2)
    if found.title and _wall(titles[:1]) == wall:
        return wall, 5
    return (None, 0) if signs.shows_headline else (wall, 2)


def _wall(titles: Iterable[str]) -> str | None:
    """Return what stands in the place of a story by the first of the page's titles that tells, a key of the walls."""
    return next((kind for title in titles for kind, beginning in _WALLS.items() if beginning.match(title)), None)


def _identity(signs: Signs, metas: Metas, claims: Claims, named: set[str]) -> float:
    """Return the weight of the signs, other than its length, that one story is what the page is for."""
    points = 0.0
    points += 3.0 * claims.is_article
    points += 2.0 * _states_day(metas)
    points += 1.0 * ((metas.first("og:type") or "").lower() in ("article", "news", "newsarticle"))
    points += 3.0 * any(_BODY_CLASSES.get(name) == "article" for name in named)
    points += 1.0 * signs.shows_headline + 0.5 * signs.has_date
    points += 1.0 * bool(_STORY_ADDRESS.search(signs.path) or _has_story_key(signs.keys))
    return points


def _states_day(metas: Metas) -> bool:
    return bool(metas.first("article:published_time", "datepublished", "og:article:published_time"))


def _has_story_key(keys: frozenset[str]) -> bool:
    """Say whether the query of an address names a story; the item of DotNetNuke is one, that of Joomla is a menu's."""
    return bool(keys & _STORY_KEYS) or keys >= {"tabid", "itemid"}


def _against(signs: Signs, claims: Claims, titles: list[str], named: set[str]) -> dict[str, float]:
    """Return the weights of the signs that a page is something else, by what it would be."""
    points: defaultdict[str, float] = defaultdict(float)
    path, keys = signs.path, signs.keys
    # A page from a file without an address has no path that could tell.
    has_story_key = _has_story_key(keys)
    if path and _FRONT.match(path) and not has_story_key and not keys & _SEARCH_KEYS:
        points["home"] += 6
    if keys & _SEARCH_KEYS and not has_story_key:
        points["search"] += 3
    told = {found.lastgroup for found in _ADDRESSES.finditer(path)}
    for kind in _ADDRESSES.groupindex:
        points[kind] += 3 * (kind in told)
    points["section"] += 3 * bool(keys & _LIST_VIEWS)
    teasers, headings, paged = signs.listing
    listed = "tag" if "tag" in told else "section"
    if teasers >= _MIN_TEASERS and teasers >= 0.6 * signs.paragraphs:
        points[listed] += 3
    elif signs.cards >= _MIN_TEASERS:
        points[listed] += 1.5
    if claims.is_listing:
        points["search" if "SearchResultsPage" in claims.types else "section"] += 4
    for name in named:
        points[_BODY_CLASSES.get(name, "article")] += 4
    for kind, openings in _LISTINGS.items():
        points[kind] += 2 * any(title.startswith(openings) for title in titles)
    points["section"] += 4 * _is_list(titles)
    against = {kind: weight for kind, weight in points.items() if weight and kind != "article"}
    is_list = headings >= _MIN_HEADINGS and headings >= 0.3 * signs.paragraphs
    paged = paged and not signs.has_date  # a story that is told on several pages has its day
    if is_list or paged:  # a list of what else the page is said to be, or of a section
        kind = max(against, key=lambda kind: against[kind], default="section")
        against[kind] = against.get(kind, 0.0) + 4.5 * is_list + 3 * paged
    return against


def _is_list(titles: list[str]) -> bool:
    """Say whether a page is called a list of stories, in its title and in a heading that says nothing else."""
    return bool(titles) and _LIST_TITLE.match(titles[0]) is not None and any(map(_LIST_ALONE.match, titles[1:]))


def _body_classes(found: Survey) -> set[str]:
    body = next(found.root.iterchildren("body"), None)
    return set(((body.get("class") if body is not None else None) or "").lower().split())
