"""The crawl: threads that fetch, children that read, one writer that records.

The thread that calls `crawl` writes: it plans a visit for each site that is free, and records what comes back, each
visit durably. A host is asked by one thread at a time, and not faster than the fetcher's politeness allows.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsarchive.crawler.memory import HostMemory
from newsarchive.crawler.pages import rules_folder
from newsarchive.crawler.readers import Readers
from newsarchive.crawler.schedule import Schedule
from newsarchive.crawler.visits import Visitor
from newsarchive.discovery import article_shapes
from newsarchive.records import timestamp
from newsarchive.sites import user_sites

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsarchive.archive import Archive
    from newsarchive.fetcher import FetchSettings
    from newsarchive.models import CrawledSite, Recorded, Visit

log = logging.getLogger(__name__)

MAX_THREADS = 128
MAX_PAGES_OF_SITE = 500  # a run; what is left over waits for the next one
_TICK = 0.25  # seconds between two looks at what has become due


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Where a run ends: after so many visits or seconds, or when nothing is due."""

    visits: int | None = None
    seconds: float | None = None
    sites: frozenset[str] | None = None  # hosts; None is all


@dataclass(kw_only=True)
class Summary:
    """What a run did: outcomes counted, and by site what failed."""

    outcomes: Counter[str] = field(default_factory=Counter)
    errors: dict[str, Counter[str]] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    seconds: float = 0.0

    def failed_sites(self) -> dict[str, Counter[str]]:
        """The errors of the sites of which no visit went well."""
        return {host: errors for host, errors in self.errors.items() if host not in self.reached}

    def count(self, site: CrawledSite, visit: Visit, recorded: Recorded) -> str:
        """Count a visit, and return its outcome."""
        outcome = _outcome(visit, recorded)
        self.outcomes[outcome] += 1
        self.outcomes["found"] += recorded.new
        if visit.error is not None:
            self.errors.setdefault(site.host, Counter())[visit.error] += 1
        else:
            self.reached.add(site.host)
        return outcome


def crawl(
    archive: Archive,
    settings: FetchSettings,
    *,
    bounds: Bounds,
    plan: Schedule | None = None,
    readers: int = 2,
    follow_related: int = 0,
    report: Callable[[CrawledSite, Visit, Recorded, str], None] | None = None,
) -> Summary:
    """Visit what is due until nothing is, or the bounds are reached; `report` is told of each visit once it is kept."""
    from newsarchive.fetcher import Fetcher

    if folder := rules_folder():
        user_sites(folder)  # a rule that is wrong is said before the first page, not at each
    memory = HostMemory(archive.crawling)
    with Readers(readers) as pool, Fetcher(settings, memory=memory) as fetcher:
        visitor = Visitor(
            fetcher=fetcher, readers=pool, schedule=plan or Schedule(), shapes={}, follow_related=follow_related
        )
        run = _Run(archive, visitor, memory, bounds=bounds, report=report)
        try:
            run.go()
        finally:
            fetcher.close()
            run.end()
    return run.summary


class _Run:
    """One run: what is under way, what has been done. Lives in the thread that writes."""

    def __init__(
        self,
        archive: Archive,
        visitor: Visitor,
        memory: HostMemory,
        *,
        bounds: Bounds,
        report: Callable[[CrawledSite, Visit, Recorded, str], None] | None,
    ) -> None:
        self._crawling = archive.crawling
        self._visitor = visitor
        self._memory = memory
        self._bounds = bounds
        self._report = report
        self._sites = [
            site
            for site in self._crawling.sites()
            if site.paused_at is None and (bounds.sites is None or site.host in bounds.sites)
        ]
        self._under_way: dict[Future[Visit], CrawledSite] = {}
        self._pages: Counter[int] = Counter()
        self._begun = time.monotonic()
        self._threads = ThreadPoolExecutor(max_workers=max(1, min(len(self._sites), MAX_THREADS)))
        self.summary = Summary()

    def go(self) -> None:
        now = datetime.now(UTC)
        latest = timestamp(now + self._visitor.schedule.longest)
        self._crawling.recall(later_than=latest, to=timestamp(now))
        for site in self._sites:
            self._visitor.fetcher.open_port(site.url)  # a person named it when the site was added
            self._visitor.shapes[site.id] = article_shapes(self._crawling.known_articles(site))
        while True:
            if not self._is_over():
                self._begin_visits()
            if not self._under_way:
                return
            done, _ = wait(self._under_way, timeout=_TICK, return_when=FIRST_COMPLETED)
            for future in done:
                self._record(self._under_way.pop(future), future.result())
            self.summary.seconds = time.monotonic() - self._begun
            self._memory.flush_if_due()

    def end(self) -> None:
        """Wait for threads whose fetches have been ended; what they bring is not recorded and is due again."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._memory.flush()

    def _begin_visits(self) -> None:
        busy = {site.id for site in self._under_way.values()}
        now = timestamp(datetime.now(UTC))
        for site in self._sites:
            if site.id in busy or self._pages[site.id] >= MAX_PAGES_OF_SITE:
                continue
            if self._is_over():
                return
            entry = self._crawling.due(site, now)
            if entry is not None:
                self._pages[site.id] += 1
                self._under_way[self._threads.submit(self._visitor.visit, entry)] = site

    def _record(self, site: CrawledSite, visit: Visit) -> None:
        from newsarchive.parser import PARSER_VERSION

        recorded = self._crawling.record(visit, parser_version=PARSER_VERSION)
        outcome = self.summary.count(site, visit, recorded)
        log.info("%s %s %s", outcome, visit.entry.url, visit.error or visit.gone or "")
        if self._report is not None:
            self._report(site, visit, recorded, outcome)

    def _is_over(self) -> bool:
        if self._bounds.visits is not None and self._pages.total() >= self._bounds.visits:
            return True
        return self._bounds.seconds is not None and time.monotonic() - self._begun >= self._bounds.seconds


def _outcome(visit: Visit, recorded: Recorded) -> str:
    """One word for what a visit did; `listed` is a listing that was read."""
    if visit.gone is not None:
        return "gone"
    if visit.error is not None:
        return "failed"
    if recorded.saved is not None:
        return recorded.saved.outcome
    return "unchanged" if visit.entry.kind == "article" else "listed"
