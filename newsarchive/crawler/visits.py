"""One visit to one address of the queue: what is asked, what the answer means. Runs in threads; writes nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsarchive import dates, urls
from newsarchive.crawler import schedule
from newsarchive.discovery import Listed, looks_like_article
from newsarchive.errors import FetchError, ParseError
from newsarchive.models import Entry, Visit
from newsarchive.records import timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsarchive.crawler.readers import Readers
    from newsarchive.crawler.schedule import Schedule
    from newsarchive.discovery import Listing
    from newsarchive.fetcher import Fetcher, Validators
    from newsarchive.models import EntryKind, Page, Reading

log = logging.getLogger(__name__)

RECENT = timedelta(days=3)  # a sitemap gives the addresses dated since then; all others are for `backfill`
MAX_SITEMAP_DEPTH = 3
MAX_DEPTH = 5  # of related links followed from page to page
MAX_PAGES_BACKWARDS = 5_000


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Visits entries; `shapes` are the forms of a site's article addresses, by the site's number."""

    fetcher: Fetcher
    readers: Readers
    schedule: Schedule
    shapes: dict[int, frozenset[str]]
    follow_related: int = 0

    def visit(self, entry: Entry) -> Visit:
        """Ask for an address and return what came of it; what fails is part of the answer."""
        now = datetime.now(UTC)
        try:
            page = self.fetcher.fetch(
                entry.url,
                validators=_validators(entry),
                kind="page" if entry.kind in {"article", "page"} else "feed",
                crawl=True,
            )
            if page.status == 304:
                return Visit(entry=self._unchanged(entry, now))
            if entry.kind == "article":
                return self._article(entry, page, now)
            return self._listing(entry, page, now)
        except FetchError as e:
            if entry.kind == "article" and e.is_removal:
                return _gone(entry, e.reason)
            return _failed(entry, now, e.reason, e.retry_at)
        except ParseError as e:
            return _failed(entry, now, e.reason, None)
        except Exception as e:
            # The one place that isolates an item: a mistake of ours in one page must not end the run for all sites.
            log.exception("%s", entry.url)
            return _failed(entry, now, f"internal error: {type(e).__name__}: {e}", None)

    def _unchanged(self, entry: Entry, now: datetime) -> Entry:
        if entry.kind == "article":
            return schedule.after_article(entry, now=now, schedule=self.schedule)
        return schedule.after_listing(entry, now=now, is_news=False, schedule=self.schedule)

    def _article(self, entry: Entry, page: Page, now: datetime) -> Visit:
        reading = self.readers.reading(page)
        seen = _with_validators(entry, page)
        if reading.article is not None:
            found = tuple(self._related(entry, reading, now))
            after = schedule.after_article(seen, now=now, schedule=self.schedule)
            return Visit(entry=after, page=page, reading=reading, found=found)
        reason = reading.refusal or "not an article"
        if entry.visits and (lost := _lost(entry, page, reading)):
            return _gone(entry, lost)
        return Visit(entry=schedule.after_refusal(seen, reason=reason), page=page, reading=reading)

    def _related(self, entry: Entry, reading: Reading, now: datetime) -> Iterator[Entry]:
        """The related links of an article on its own site, to the depth that was asked for."""
        if reading.article is None or entry.depth >= min(self.follow_related, MAX_DEPTH):
            return
        own = urls.host(entry.url)
        for link in reading.article.related:
            if link.kind in {"related", "inline"} and urls.host(link.url) == own:
                yield _found(entry, Listed(url=link.url), kind="article", priority=4, now=now)

    def _listing(self, entry: Entry, page: Page, now: datetime) -> Visit:
        listing = self.readers.listing(page)
        if listing.kind == "none":
            return _failed(entry, now, "offers no addresses: neither feed nor sitemap nor page", None)
        found = tuple(self._offered(entry, listing, now))
        seen = _with_validators(entry, page)
        return Visit(
            entry=schedule.after_listing(seen, now=now, is_news=True, schedule=self.schedule),
            entry_without_news=schedule.after_listing(seen, now=now, is_news=False, schedule=self.schedule),
            found=found,
        )

    def _offered(self, entry: Entry, listing: Listing, now: datetime) -> Iterator[Entry]:
        if listing.kind == "page":
            shapes = self.shapes.get(entry.site_id, frozenset())
            yield from (
                _found(entry, listed, kind="article", priority=3, now=now)
                for listed in listing.articles
                if looks_like_article(listed.url, shapes)
            )
            if entry.since is not None and listing.next_page is not None and entry.depth < MAX_PAGES_BACKWARDS:
                yield _found(entry, Listed(url=listing.next_page), kind="page", priority=3, now=now)
            return
        since = _since(entry, listing, now)
        own = urls.host(entry.url)
        for listed in listing.articles:
            if urls.host(listed.url) == own and _is_wanted(listed, since, now, entry):
                yield _found(entry, listed, kind="article", priority=1 if entry.kind == "feed" else 2, now=now)
        if entry.depth < MAX_SITEMAP_DEPTH:
            for listed in listing.listings:
                if _is_wanted(listed, since, now, entry):
                    yield _found(entry, listed, kind="sitemap", priority=2, now=now)


def _since(entry: Entry, listing: Listing, now: datetime) -> str | None:
    """The day from which addresses are wanted; a feed has only new ones anyway."""
    if entry.since is not None:
        return entry.since
    return None if listing.kind == "feed" else (now - RECENT).date().isoformat()


def _is_wanted(listed: Listed, since: str | None, now: datetime, entry: Entry) -> bool:
    """Tell whether an address is of the wanted time; one without a date only when reading backwards, or in an index."""
    if since is None:
        return True
    moment = dates.resolve(listed.published_text, reference=now) if listed.published_text else None
    if moment is None:
        return entry.since is not None
    return moment.value[: len(since)] >= since[: len(moment.value)]


def _found(entry: Entry, listed: Listed, *, kind: EntryKind, priority: int, now: datetime) -> Entry:
    backwards = entry.since is not None
    return Entry(
        url=listed.url,
        kind=kind,
        site_id=entry.site_id,
        priority=priority + 5 * backwards,  # what is new goes first
        # Of articles the depth counts related links followed, of listings the steps from the one that a site names.
        depth=0 if kind == "article" and entry.kind != "article" else entry.depth + 1,
        found_in=entry.url,
        since=entry.since if kind != "article" else None,
        next_try_at=timestamp(now),
    )


def _gone(entry: Entry, reason: str) -> Visit:
    """An article that is there no more; one that never was there is simply done with."""
    after = schedule.after_refusal(entry, reason=reason)
    return Visit(entry=after, gone=reason) if entry.visits else Visit(entry=after, error=reason)


def _lost(entry: Entry, page: Page, reading: Reading) -> str | None:
    """Why an article that was once read is gone although something is served at its address."""
    if urlsplit(page.url).path in {"", "/"} and urlsplit(entry.url).path not in {"", "/"}:
        return "redirected to the front page"
    return "soft 404: an error page served as a page" if reading.refusal == "error" else None


def _failed(entry: Entry, now: datetime, reason: str, retry_at: datetime | None) -> Visit:
    return Visit(entry=schedule.after_failure(entry, now=now, reason=reason, retry_at=retry_at), error=reason)


def _validators(entry: Entry) -> Validators | None:
    from newsarchive.fetcher import Validators

    if entry.whole_at is None or entry.whole_url is None or (entry.etag is None and entry.last_modified is None):
        return None
    return Validators(
        url=entry.whole_url,
        etag=entry.etag,
        last_modified=entry.last_modified,
        fetched_at=datetime.fromisoformat(entry.whole_at),
    )


def _with_validators(entry: Entry, page: Page) -> Entry:
    """The entry with what its page is recognised by the next time."""
    from newsarchive.fetcher import Validators

    served = Validators.of(page)
    return replace(
        entry,
        etag=served.etag if served else None,
        last_modified=served.last_modified if served else None,
        whole_url=page.url,
        whole_at=timestamp(page.fetched_at),
    )
