"""Old articles of a site: its sitemaps and section pages are queued to be read backwards, behind what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsarchive.models import Entry
from newsarchive.records import timestamp

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from newsarchive.archive import Archive
    from newsarchive.models import CrawledSite

_KIND_OF_WAY = {"sitemap": "sitemap", "section": "page"}
_BEHIND = 8  # what is new has priorities up to 6


def backwards(
    site: CrawledSite, *, archive: Archive, since: str, ways: AbstractSet[str], sections: tuple[str, ...] = ()
) -> int:
    """Queue a site's listings of these ways (`sitemap`, `section`) to be read from a day on; return how many.

    Asked for again, a listing is read again from its newest page on: what is known by then is not queued twice.
    """
    kinds = {_KIND_OF_WAY[way] for way in ways}
    now = timestamp(datetime.now(UTC))
    listings = [listing for listing in archive.crawling.listings(site) if listing.kind in kinds and listing.depth <= 1]
    listings += [Entry(url=url, kind="page", site_id=site.id, found_in="backfill") for url in sections]
    return archive.crawling.read_backwards(
        replace(listing, since=since, priority=_BEHIND, next_try_at=now, whole_at=None) for listing in listings
    )
