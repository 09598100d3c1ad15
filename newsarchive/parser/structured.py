"""What a page says of itself to machines: JSON-LD in all its shapes, and meta elements. No visible text.

Everything here is a claim; whether it is believed is decided where a field is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from newsarchive.parser.jsonld import load_json, nodes_of
from newsarchive.parser.texts import collapse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree


_ARTICLE_TYPES = frozenset(
    [
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "Report",
        "ScholarlyArticle",
        "TechArticle",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "Review",
    ]
)
_PAGE_TYPES = frozenset(["WebPage", "ItemPage", "AboutPage", "MedicalWebPage"])
_LISTING_TYPES = frozenset(["CollectionPage", "SearchResultsPage", "ProfilePage"])
# One of these is in the name of every type that is read.
_TELLING = ("Article", "Posting", "Page", "Breadcrumb", "Report", "Review")
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class NamedAuthor:
    """An author as metadata states it."""

    name: str
    organization: bool


@dataclass(slots=True)
class Claims:
    """What JSON-LD says of the article; empty where it says nothing."""

    types: frozenset[str] = frozenset()
    headline: str | None = None
    alternative_headline: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[NamedAuthor, ...] = ()
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    body: str | None = None
    images: tuple[str, ...] = ()
    publisher: str | None = None
    breadcrumbs: tuple[str, ...] = ()
    free: bool | None = None
    element: etree._Element | None = None

    @property
    def is_article(self) -> bool:
        return not _ARTICLE_TYPES.isdisjoint(self.types)

    @property
    def is_listing(self) -> bool:
        return not self.is_article and not _LISTING_TYPES.isdisjoint(self.types)


@dataclass(slots=True)
class Metas:
    """The meta elements of a page: name in lower case -> contents in order of the page."""

    values: dict[str, list[tuple[str, etree._Element]]] = field(default_factory=dict)

    def add(self, element: etree._Element) -> None:
        """Keep one meta element, under each of the names it bears."""
        content = element.get("content")
        if not content or content.isspace():
            return
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name:
                self.values.setdefault(name.strip().lower(), []).append((content, element))

    def first(self, *names: str) -> str | None:
        """Return the first content under the first of the names that has one."""
        found = self.place(*names)
        return None if found is None else found[0]

    def place(self, *names: str) -> tuple[str, etree._Element, str] | None:
        """Return content, element and name for the first of the names that is there."""
        for name in names:
            entries = self.values.get(name)
            if entries:
                return (clean(entries[0][0]) or "", entries[0][1], name)
        return None

    def all(self, name: str) -> list[str]:
        """Return all contents under a name."""
        return [text for content, _ in self.values.get(name, ()) if (text := clean(content))]


def clean(value: object) -> str | None:
    """Return a string of metadata as text: entities and markup undone, white space collapsed; None if empty."""
    if not isinstance(value, str):
        return None
    if "&" in value:
        value = unescape(unescape(value))
    if "<" in value:
        value = _MARKUP.sub(" ", value)
    if not value.isprintable():
        value = _CONTROL.sub("\ufffd", _SURROGATE.sub("\ufffd", value))
    return collapse(value) or None


def read_claims(scripts: Iterable[etree._Element]) -> Claims:
    """Return what the JSON-LD blocks of a page say of its article."""
    nodes: list[dict[str, Any]] = []
    homes: dict[int, etree._Element] = {}
    for script in scripts:
        text = script.text or ""
        if not any(word in text for word in _TELLING):
            continue
        for document in load_json(text):
            for node in nodes_of(document):
                nodes.append(node)
                homes[id(node)] = script
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}
    typed = [(node, _types(node)) for node in nodes]
    claims = Claims(types=frozenset([name for _, types in typed for name in types]))
    claims.breadcrumbs = _breadcrumbs(node for node, types in typed if "BreadcrumbList" in types)
    articles = [node for node, types in typed if not _ARTICLE_TYPES.isdisjoint(types)]
    pages = [node for node, types in typed if not _PAGE_TYPES.isdisjoint(types)]
    main = max(articles, key=_richness, default=None)
    for node in pages if main is None else [main, *pages]:
        claims.element = homes[id(node)] if claims.element is None else claims.element
        _fill(claims, node, by_id, is_article=node is main)
    return claims


def _richness(node: Mapping[str, Any]) -> int:
    return sum(key in node for key in ("headline", "datePublished", "author", "articleBody", "dateModified"))


def _fill(claims: Claims, node: Mapping[str, Any], by_id: Mapping[str, Any], *, is_article: bool) -> None:
    claims.published = claims.published or clean(_one(node.get("datePublished") or node.get("dateCreated")))
    claims.modified = claims.modified or clean(_one(node.get("dateModified")))
    if claims.free is None:
        claims.free = _truth(node.get("isAccessibleForFree"))
    if not is_article:
        return
    claims.headline = clean(_one(node.get("headline"))) or clean(_one(node.get("name")))
    claims.alternative_headline = clean(_one(node.get("alternativeHeadline")))
    claims.authors = tuple(_authors(node.get("author") or node.get("creator"), by_id))
    claims.sections = tuple(_strings(node.get("articleSection")))
    claims.keywords = tuple(_strings(node.get("keywords")))
    body = _one(node.get("articleBody"))
    claims.body = body if isinstance(body, str) and body.strip() else None
    claims.images = tuple(_addresses(node.get("image"), by_id))
    claims.publisher = next((name for name, _ in _names(node.get("publisher"), by_id)), None)


def _types(node: Mapping[str, Any]) -> list[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return [name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str)]


def _one(value: Any) -> Any:
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        return value.get("@value")
    return value


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(_one(value)).lower())


def _strings(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        text = clean(item.get("name") if isinstance(item, dict) else item)
        if text:
            yield text


def _names(value: Any, by_id: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield names and whether they are an organisation's, for people and organisations in any shape."""
    for item in value if isinstance(value, list) else [value]:
        node = by_id.get(item["@id"], item) if isinstance(item, dict) and isinstance(item.get("@id"), str) else item
        if isinstance(node, dict):
            names = node.get("name")
            organization = any(kind.endswith("Organization") for kind in _types(node))
            for name in names if isinstance(names, list) else [names]:
                if text := clean(name):
                    yield text, organization
        elif text := clean(node):
            yield text, False


def _authors(value: Any, by_id: Mapping[str, Any]) -> Iterator[NamedAuthor]:
    for name, organization in _names(value, by_id):
        if not name.startswith(("http:", "https:", "//")):
            yield NamedAuthor(name, organization)


def _addresses(value: Any, by_id: Mapping[str, Any]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        node = by_id.get(item["@id"], item) if isinstance(item, dict) and isinstance(item.get("@id"), str) else item
        address = _one(node.get("url") or node.get("contentUrl")) if isinstance(node, dict) else node
        if isinstance(address, str) and address.strip():
            yield address.strip()


def _breadcrumbs(lists: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    for node in lists:
        items = node.get("itemListElement")
        if not isinstance(items, list):
            continue
        names = []
        for item in items:
            if isinstance(item, dict):
                inner = item.get("item")
                names.append(clean(item.get("name")) or clean(inner.get("name") if isinstance(inner, dict) else None))
        if found := tuple(name for name in names if name):
            return found
    return ()
