"""When an address is visited next. Pure: entries and times go in, entries come out.

An article is visited again after hours, then days, then weeks, and then left alone: edits and removals come early. A
listing is visited the more often, the more often it has something new. What fails is tried again with growing delays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsarchive.records import timestamp

if TYPE_CHECKING:
    from newsarchive.models import Entry, EntryKind

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_FIRST_RETRY = timedelta(minutes=15)
_LONGEST_PAUSE = 7 * _DAY  # what a host may ask for, as in `Limits.longest_pause`
MAX_ATTEMPTS = 8  # with doubling delays from 15 minutes, the eighth comes after more than a day


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """Delays between visits: of articles one after another, of listings the shortest and the longest."""

    articles: tuple[timedelta, ...] = (2 * _HOUR, 8 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY, 28 * _DAY, 91 * _DAY)
    listings: tuple[timedelta, timedelta] = (timedelta(minutes=10), 6 * _HOUR)
    # A sitemap is large and tells little that a feed does not.
    sitemaps: tuple[timedelta, timedelta] = (_HOUR, _DAY)

    def bounds(self, kind: EntryKind) -> tuple[timedelta, timedelta]:
        """The shortest and longest delay between visits of a listing."""
        return self.sitemaps if kind == "sitemap" else self.listings

    @property
    def longest(self) -> timedelta:
        """The longest that anything is left alone; what is due later was put there by a clock that was wrong."""
        return max(*self.articles, *self.listings, *self.sitemaps, _LONGEST_PAUSE)


def after_article(entry: Entry, *, now: datetime, schedule: Schedule) -> Entry:
    """The entry of an article that was read, unchanged or not."""
    delay = schedule.articles[entry.visits] if entry.visits < len(schedule.articles) else None
    return replace(
        entry,
        visits=entry.visits + 1,
        attempts=0,
        last_error=None,
        priority=6,  # behind what has never been read
        next_try_at=timestamp(now + delay) if delay is not None else None,
    )


def after_listing(entry: Entry, *, now: datetime, is_news: bool, schedule: Schedule) -> Entry:
    """The entry of a listing that was read and had something new, or not."""
    if entry.since is not None:  # read backwards, once
        return replace(entry, visits=entry.visits + 1, attempts=0, last_error=None, next_try_at=None)
    shortest, longest = schedule.bounds(entry.kind)
    delay = shortest
    if not is_news:
        last_new = datetime.fromisoformat(entry.last_new_at) if entry.last_new_at else now - longest
        # Half of the silence so far: what has been silent for a day is asked every half day, within the bounds.
        delay = min(max((now - last_new) / 2, shortest), longest)
    return replace(
        entry,
        visits=entry.visits + 1,
        attempts=0,
        last_error=None,
        last_new_at=timestamp(now) if is_news else entry.last_new_at,
        next_try_at=timestamp(now + delay),
    )


def after_failure(entry: Entry, *, now: datetime, reason: str, retry_at: datetime | None) -> Entry:
    """The entry of an address that failed.

    One that the host or its politeness postponed is not blamed for it. An article is given up after MAX_ATTEMPTS; a
    listing never is: a site that was down for a month is visited again.
    """
    if retry_at is not None:
        return replace(entry, last_error=reason, next_try_at=timestamp(max(retry_at, now)))
    attempts = entry.attempts + 1
    delay = min(_FIRST_RETRY * 2.0 ** min(entry.attempts, 10), _DAY)
    given_up = entry.kind == "article" and attempts >= MAX_ATTEMPTS
    return replace(
        entry,
        attempts=attempts,
        last_error=reason,
        next_try_at=None if given_up else timestamp(now + delay),
    )


def after_refusal(entry: Entry, *, reason: str) -> Entry:
    """The entry of an address that turned out to be no article: it is not visited again."""
    return replace(entry, visits=entry.visits + 1, attempts=0, last_error=reason, next_try_at=None)
