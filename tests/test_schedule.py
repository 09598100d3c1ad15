"""When an address is visited next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.crawler.schedule import (
    MAX_ATTEMPTS,
    Schedule,
    after_article,
    after_failure,
    after_listing,
    after_refusal,
)
from newsarchive.models import Entry
from newsarchive.records import timestamp

NOW = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)
PLAN = Schedule()
ARTICLE = Entry(url="https://a.example/1", kind="article", site_id=1, next_try_at=timestamp(NOW))
FEED = Entry(url="https://a.example/feed", kind="feed", site_id=1, next_try_at=timestamp(NOW))


def delay(entry: Entry) -> timedelta:
    assert entry.next_try_at is not None
    return datetime.fromisoformat(entry.next_try_at) - NOW


def test_an_article_is_visited_after_hours_then_days_then_weeks_and_then_left_alone() -> None:
    delays, entry = [], ARTICLE
    while entry.next_try_at is not None:
        entry = after_article(entry, now=NOW, schedule=PLAN)
        if entry.next_try_at is not None:
            delays.append(delay(entry))
    assert delays == sorted(delays)
    assert delays[0] < timedelta(days=1) < timedelta(weeks=1) < delays[-1]


def test_a_listing_with_news_is_visited_soon_and_a_silent_one_later_and_later() -> None:
    busy = after_listing(FEED, now=NOW, is_news=True, schedule=PLAN)
    assert delay(busy) == PLAN.listings[0]
    silences = [
        delay(after_listing(replace(busy, last_new_at=timestamp(NOW - silence)), now=NOW, is_news=False, schedule=PLAN))
        for silence in (timedelta(minutes=5), timedelta(hours=2), timedelta(hours=6), timedelta(days=90))
    ]
    assert silences == [timedelta(minutes=10), timedelta(hours=1), timedelta(hours=3), timedelta(hours=6)]


def test_a_listing_read_backwards_is_read_once() -> None:
    assert after_listing(replace(FEED, since="2015"), now=NOW, is_news=True, schedule=PLAN).next_try_at is None


def test_failures_are_tried_again_with_growing_delays_and_an_article_is_given_up() -> None:
    entry, delays = ARTICLE, []
    for _ in range(MAX_ATTEMPTS - 1):
        entry = after_failure(entry, now=NOW, reason="HTTP 500", retry_at=None)
        delays.append(delay(entry))
    assert delays[:3] == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)]
    assert max(delays) <= timedelta(days=1)
    assert after_failure(entry, now=NOW, reason="HTTP 500", retry_at=None).next_try_at is None


def test_a_listing_is_never_given_up() -> None:
    entry = FEED
    for _ in range(100):
        entry = after_failure(entry, now=NOW, reason="refused", retry_at=None)
    assert delay(entry) == timedelta(days=1)


def test_what_the_host_postponed_is_no_failure_of_the_address() -> None:
    later = NOW + timedelta(hours=5)
    postponed = after_failure(ARTICLE, now=NOW, reason="HTTP 429", retry_at=later)
    assert (postponed.attempts, postponed.next_try_at) == (0, timestamp(later))


def test_success_forgets_the_failures_before_it() -> None:
    failed = after_failure(ARTICLE, now=NOW, reason="HTTP 500", retry_at=None)
    read = after_article(failed, now=NOW, schedule=PLAN)
    assert (read.attempts, read.last_error) == (0, None)


def test_what_is_no_article_is_not_visited_again() -> None:
    assert after_refusal(ARTICLE, reason="section").next_try_at is None


@given(st.integers(0, 200), st.booleans(), st.timedeltas(timedelta(days=-4000), timedelta(days=4000)))
def test_a_clock_that_jumps_never_gives_a_time_in_the_past_or_far_away(
    attempts: int, is_news: bool, jump: timedelta
) -> None:
    entry = replace(FEED, attempts=attempts, last_new_at=timestamp(NOW + jump))
    for after in (
        after_listing(entry, now=NOW, is_news=is_news, schedule=PLAN),
        after_failure(entry, now=NOW, reason="x", retry_at=None),
    ):
        assert timedelta(0) < delay(after) <= timedelta(days=1)
