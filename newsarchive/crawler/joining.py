"""A new site: what its front page, robots.txt, feeds and sitemaps offer, found out politely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from newsarchive import urls
from newsarchive.data import outlet_for
from newsarchive.errors import FetchError, ParseError
from newsarchive.models import Entry
from newsarchive.records import timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsarchive.archive import Archive
    from newsarchive.crawler.readers import Readers
    from newsarchive.fetcher import Fetcher
    from newsarchive.models import CrawledSite, EntryKind

# Where feeds and sitemaps lie when nothing names them: the habits of the common content management systems.
_USUAL_FEEDS = ("/feed/", "/rss.xml", "/rss", "/feed.xml")
_USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A listing that a site has: how many addresses it gives now, and how it was found."""

    kind: EntryKind
    url: str
    addresses: int
    found_in: str
    title: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """What is known of a site before it is kept."""

    host: str
    url: str
    outlet: str | None
    offers: tuple[Offer, ...]


def survey(url: str, *, fetcher: Fetcher, readers: Readers) -> Survey:
    """Look at a site's front page and what it leads to; raises FetchError where the page cannot be had."""
    front = fetcher.fetch(url)
    listing = readers.listing(front)
    host = urls.host(front.url) or ""
    known = outlet_for(host)
    offers = [Offer(kind="page", url=front.url, addresses=len(listing.articles), found_in="front page")]
    named = [(listed.url, "front page") for listed in listing.listings]
    offers += _first(_offers(fetcher, readers, "feed", named), _usual(fetcher, readers, "feed", front.url))
    title = next((offer.title for offer in offers if offer.kind == "feed" and offer.title), listing.title)
    sitemaps = [(sitemap, "robots.txt") for sitemap in fetcher.sitemaps(front.url)]
    offers += _first(_offers(fetcher, readers, "sitemap", sitemaps), _usual(fetcher, readers, "sitemap", front.url))
    return Survey(host=host, url=front.url, outlet=known.name if known else title, offers=tuple(offers))


def keep(found: Survey, *, archive: Archive) -> CrawledSite:
    """Store a site and its listings, which are due at once."""
    now = timestamp(datetime.now(UTC))
    site = archive.crawling.add_site(host=found.host, url=found.url, outlet=found.outlet)
    archive.crawling.add(
        Entry(url=offer.url, kind=offer.kind, site_id=site.id, priority=0, found_in=offer.found_in, next_try_at=now)
        for offer in found.offers
    )
    return site


def _first(named: Iterable[Offer], usual: Iterable[Offer]) -> list[Offer]:
    """What the site names, or where it names nothing the first that lies where such things usually do."""
    offers = list(named)
    return offers or list(islice(usual, 1))  # no other usual place is asked for


def _usual(fetcher: Fetcher, readers: Readers, kind: EntryKind, url: str) -> Iterator[Offer]:
    paths = _USUAL_FEEDS if kind == "feed" else _USUAL_SITEMAPS
    addresses = (urls.resolve(url, path) for path in paths)
    return _offers(fetcher, readers, kind, [(address, "usual place") for address in addresses if address])


def _offers(fetcher: Fetcher, readers: Readers, kind: EntryKind, named: Iterable[tuple[str, str]]) -> Iterator[Offer]:
    """The listings of this kind among addresses; one that cannot be had or is none is passed over."""
    for url, found_in in named:
        try:
            listing = readers.listing(fetcher.fetch(url, kind="feed", crawl=True))
        except (FetchError, ParseError):
            continue
        if listing.kind == kind:
            count = len(listing.articles) + len(listing.listings)
            yield Offer(kind=kind, url=url, addresses=count, found_in=found_in, title=listing.title)
