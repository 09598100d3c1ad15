"""A feed, sitemap or page -> the addresses it offers. Pure; asks nothing of the network.

What comes from servers is read by C code and feedparser: callers run these functions confined (`confined.py`).
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from newsarchive import urls
from newsarchive.arabic import fold
from newsarchive.encoding import decide, decode
from newsarchive.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

MAX_SITEMAP_BYTES = 50 * 2**20  # decoded, and 50,000 addresses: sitemaps.org, "Sitemap file limits"
MAX_ADDRESSES = 50_000
MAX_LINKS = 10_000  # of a page; one with more was made to be slow
_SITEMAP_TAGS = {"urlset", "sitemapindex"}
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_NEXT = {
    fold(word) for word in ("التالي", "التالية", "الصفحة التالية", "الأقدم", "المزيد", "next", "next page", "older")
}
_PROLOG = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An address that a listing offers, with the date and the headline that stand beside it, as text."""

    url: str
    published_text: str | None = None
    headline: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What a feed, sitemap or page offers: addresses of articles, and further listings to look into."""

    kind: Literal["feed", "sitemap", "page", "none"]
    title: str | None = None
    articles: tuple[Listed, ...] = ()
    listings: tuple[Listed, ...] = ()
    next_page: str | None = None


NOTHING = Listing(kind="none")


def read_listing(content: bytes, *, url: str, content_type: str | None = None) -> Listing:
    """Return what a document offers, whatever it is; `kind` is `none` for what offers nothing.

    Raises ParseError for a gzip file that is none.
    """
    if content.startswith(b"\x1f\x8b"):
        content = _gunzipped(content, url)
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{"):
        return read_json_feed(content, url=url)
    if b"<urlset" in start or b"<sitemapindex" in start:
        return read_sitemap(content, url=url)
    if any(mark in start for mark in (b"<rss", b"<feed", b"<rdf:rdf", b"<channel")):
        return read_feed(content, url=url, content_type=content_type)
    return read_page(content, url=url, content_type=content_type)


def read_feed(content: bytes, *, url: str, content_type: str | None = None) -> Listing:
    """Return the entries of an RSS, Atom or RDF feed; those that can be read are read.

    feedparser believes wrong declarations, so it is given text that is already decoded. A document type is refused:
    feeds have no use for one, and entities are how a feed attacks its reader.
    """
    import feedparser

    text = _PROLOG.sub("", decode(content, decide(content, content_type=content_type)), count=1)
    if _DOCTYPE.search(text[:4096]):
        return NOTHING
    parsed = feedparser.parse(text.encode(), response_headers={"content-type": "text/xml; charset=utf-8"})
    entries = (
        _listed(url, entry.get("link"), entry.get("published") or entry.get("updated"), entry.get("title"))
        for entry in parsed.entries
    )
    return Listing(kind="feed", title=parsed.feed.get("title") or None, articles=_distinct(entries))


def read_json_feed(content: bytes, *, url: str) -> Listing:
    """Return the items of a JSON Feed (jsonfeed.org)."""
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError):
        return NOTHING
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return NOTHING
    items = (item for item in feed["items"] if isinstance(item, dict))
    articles = _distinct(
        _listed(url, item.get("url") or item.get("external_url"), item.get("date_published"), item.get("title"))
        for item in items
    )
    return Listing(kind="feed", title=_text(feed.get("title")), articles=articles)


def read_sitemap(content: bytes, *, url: str) -> Listing:
    """Return the addresses of a sitemap with its news extension, or the sitemaps of an index."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root is None or _local(root) not in _SITEMAP_TAGS:
        return NOTHING
    found = _distinct(_sitemap_entry(url, entry) for entry in root)
    if _local(root) == "sitemapindex":
        return Listing(kind="sitemap", listings=found)
    return Listing(kind="sitemap", articles=found)


def read_page(content: bytes, *, url: str, content_type: str | None = None) -> Listing:
    """Return the links of a page on its own host, in order, and the feeds that its head names."""
    from lxml import etree

    text = decode(content, decide(content, content_type=content_type))
    root = etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    if root is None:
        return NOTHING
    base = _base(root, url)
    feeds = (
        _listed(base, link.get("href"), None, link.get("title"))
        for link in root.iter("link")
        if (link.get("type") or "").lower() in _FEED_TYPES and "alternate" in (link.get("rel") or "").lower()
    )
    links = (
        _listed(base, link.get("href"), None, "".join(map(str, link.itertext())))
        for link in islice(root.iter("a"), MAX_LINKS)
    )
    own = urls.host(url)
    return Listing(
        kind="page",
        title=_text(root.findtext(".//title")),
        articles=tuple(listed for listed in _distinct(links) if urls.host(listed.url) == own),
        listings=_distinct(feeds),
        next_page=_next_page(root, base),
    )


def shape(url: str) -> str:
    """Return the form of an address: what stays when numbers, dates and words are taken out of it.

    Addresses of one site's articles share one or a few: `/news/2024/03/10/123456/slug` is `/news/9/9/9/9/w`.
    """
    parts = urlsplit(url)
    segments = [_segment_shape(unquote(segment)) for segment in parts.path.strip("/").split("/")]
    keys = sorted(key for key, _ in parse_qsl(parts.query))
    return "/" + "/".join(segments) + ("?" + "&".join(keys) if keys else "")


def article_shapes(known: Iterable[str]) -> frozenset[str]:
    """Return the shapes that addresses known to be articles have; one seen once among many is no shape of the site."""
    counts = Counter(map(shape, known))
    least = 2 if counts.total() >= 10 else 1
    return frozenset(found for found, count in counts.items() if count >= least)


def looks_like_article(url: str, shapes: frozenset[str]) -> bool:
    """Tell whether an address looks like an article: by the site's shapes, or where none is known by itself.

    By itself: a number of four or more digits (an id or a year), or a last segment of four or more words.
    """
    if shapes:
        return shape(url) in shapes
    path = unquote(urlsplit(url).path)
    words = re.split(r"[-_ ]+", path.rstrip("/").rpartition("/")[2])
    return re.search(r"\d{4,}", path) is not None or len(words) >= 4


_FIXED_SEGMENT_LENGTH = 20  # a longer segment of letters is a slug, not the name of a section


def _segment_shape(segment: str) -> str:
    stem, dot, ending = segment.rpartition(".")
    if dot and ending.isalpha() and len(ending) <= 5:
        return f"{_segment_shape(stem)}.{ending.lower()}"
    if re.fullmatch(r"\d+", segment):
        return "9"
    if re.search(r"[-_ ]", segment) or len(segment) > _FIXED_SEGMENT_LENGTH:
        return "w9" if re.search(r"\d{4,}", segment) else "w"
    if re.search(r"\d", segment):
        return re.sub(r"\d+", "9", segment)
    return segment


def _sitemap_entry(base: str, entry: _Element) -> Listed | None:
    values = {_local(element): element.text for element in entry.iter()}
    date = values.get("publication_date") or values.get("lastmod")
    return _listed(base, values.get("loc"), date, values.get("title"))


def _listed(base: str, href: Any, published_text: Any, headline: Any) -> Listed | None:
    reference = _text(href)
    url = urls.resolve(base, reference) if reference else None
    if url is None:
        return None
    return Listed(url=url, published_text=_text(published_text), headline=_text(headline))


def _text(value: Any) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _distinct(found: Iterator[Listed | None]) -> tuple[Listed, ...]:
    """The addresses found, each once, at most as many as a sitemap may hold."""
    distinct: dict[str, Listed] = {}
    for listed in found:
        if listed is not None:
            distinct.setdefault(urls.canonical(listed.url), listed)
        if len(distinct) >= MAX_ADDRESSES:
            break
    return tuple(distinct.values())


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _base(root: _Element, url: str) -> str:
    """The address that links are relative to; a <base> on another host is not followed."""
    for element in root.iter("base"):
        base = urls.resolve(url, element.get("href") or "")
        if base is not None and urls.host(base) == urls.host(url):
            return base
    return url


def _next_page(root: _Element, base: str) -> str | None:
    """The address of the next, older page of a listing, as its markup or the word on the link says."""
    for link in root.iter("link", "a"):
        relation = (link.get("rel") or "").lower().split()
        is_next = "next" in relation or (link.tag == "a" and fold("".join(map(str, link.itertext()))).strip() in _NEXT)
        url = urls.resolve(base, link.get("href") or "") if is_next else None
        if url is not None and urls.host(url) == urls.host(base):
            return url
    return None


def _gunzipped(content: bytes, url: str) -> bytes:
    """The content of a gzip file up to the limit; an address that the limit cuts is dropped by the reader."""
    try:
        return zlib.decompressobj(wbits=31).decompress(content, MAX_SITEMAP_BYTES)
    except zlib.error as e:
        raise ParseError(url, f"a gzip file that cannot be read: {e}") from e
