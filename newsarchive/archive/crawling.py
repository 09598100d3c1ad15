"""What the crawl asks of the archive: sites, the queue, what the fetcher remembers, and the record of each visit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsarchive.archive import articles, queue, saving, sites
from newsarchive.models import Recorded
from newsarchive.records import timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from newsarchive.archive.store import Archive
    from newsarchive.models import CrawledSite, Entry, HostState, RobotsState, Visit


class Crawling:
    """The crawl's side of an open archive; every method that changes something is one transaction."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def record(self, visit: Visit, *, parser_version: str) -> Recorded:
        """Keep what a visit gave, and where the queue goes on: all of it, durably, or nothing.

        A page whose text is unchanged adds no capture.
        """
        with self._archive.transaction() as db:
            saved = None
            if visit.page is not None and visit.reading is not None:
                saved = saving.save_visited(db, visit.page, visit.reading, parser_version)
            is_gone = visit.gone is not None and articles.mark_gone(
                db, visit.entry.url, at=timestamp(datetime.now(UTC)), reason=visit.gone
            )
            new = queue.add(db, (entry for entry in visit.found if entry.kind == "article"))
            if new or visit.entry.kind == "sitemap":  # a page without anything new does not lead to an older one
                queue.add(db, (entry for entry in visit.found if entry.kind != "article"))
            queue.update(db, visit.entry if new else visit.entry_without_news or visit.entry)
        return Recorded(saved=saved, new=new, is_gone=is_gone)

    def sites(self) -> list[CrawledSite]:
        """Return all sites, by host."""
        with self._wrapped():
            return sites.every(self._archive.db)

    def site(self, host: str) -> CrawledSite | None:
        """Return the site of a host."""
        with self._wrapped():
            return sites.by_host(self._archive.db, host)

    def add_site(self, *, host: str, url: str, outlet: str | None) -> CrawledSite:
        """Add a site, or return the one that has this host."""
        at = timestamp(datetime.now(UTC))
        with self._archive.transaction() as db:
            return sites.add(db, host=host, url=url, outlet=outlet, at=at)

    def pause(self, site: CrawledSite, *, on: bool) -> None:
        """Leave a site alone from now on, or visit it again."""
        with self._archive.transaction() as db:
            sites.pause(db, site.id, at=timestamp(datetime.now(UTC)) if on else None)

    def remove(self, site: CrawledSite) -> None:
        """Take a site and its queue out; its articles stay."""
        with self._archive.transaction() as db:
            sites.remove(db, site.id)

    def add(self, entries: Iterable[Entry]) -> int:
        """Add addresses to the queue, and return how many were new."""
        with self._archive.transaction() as db:
            return queue.add(db, entries)

    def read_backwards(self, listings: Iterable[Entry]) -> int:
        """Queue listings to be read backwards, from the beginning also where they were before; return how many."""
        with self._archive.transaction() as db:
            return queue.put(db, listings)

    def recall(self, *, later_than: str, to: str) -> None:
        """Make due at `to` what is due later than could be: a clock that was ahead had put it there."""
        with self._archive.transaction() as db:
            queue.recall(db, later_than=later_than, to=to)

    def due(self, site: CrawledSite, now: str) -> Entry | None:
        """Return the address of a site that is to be visited next, if one is due."""
        with self._wrapped():
            return queue.due(self._archive.db, site.id, now)

    def next_at(self, site: CrawledSite) -> str | None:
        """Return when the next address of a site is due."""
        with self._wrapped():
            return queue.next_at(self._archive.db, site.id)

    def listings(self, site: CrawledSite) -> list[Entry]:
        """Return the feeds, sitemaps and pages of a site."""
        with self._wrapped():
            return queue.of_site(self._archive.db, site.id, kinds=("feed", "sitemap", "page"))

    def known_articles(self, site: CrawledSite, *, limit: int = 200) -> list[str]:
        """Return addresses of a site that turned out to be articles, newest first."""
        with self._wrapped():
            return queue.known_articles(self._archive.db, site.id, limit=limit)

    def memory(self) -> tuple[list[HostState], list[RobotsState]]:
        """Return what the fetcher remembered of hosts when the last run ended."""
        with self._wrapped():
            return sites.host_states(self._archive.db), sites.robots_states(self._archive.db)

    def keep_memory(self, hosts: Iterable[HostState], robots: Iterable[RobotsState]) -> None:
        """Keep what the fetcher remembers of hosts."""
        with self._archive.transaction() as db:
            sites.keep_host_states(db, hosts)
            sites.keep_robots_states(db, robots)

    def _wrapped(self) -> AbstractContextManager[None]:
        return self._archive.snapshot()
