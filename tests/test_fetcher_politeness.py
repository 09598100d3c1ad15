"""How often a host is asked: gaps, pauses, failures in a row, across threads and runs. Cases 24 and 32."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from newsarchive.fetcher import HostState, Limits, SystemClock, VolatileMemory
from newsarchive.fetcher.retries import back_off, retry_after
from newsarchive.fetcher.wire import Head
from tests.fault_server import RESET, FaultServer, page, redirect
from tests.fetching import ARTICLE, QUICK, FakeClock, failure, fetcher

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.on("*", page(ARTICLE))
        server.on("/robots.txt", page("", "404 Not Found"))
        yield server


# --- 24: Retry-After ---


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5),
        ("0", 0),
        ("100000000000", 7 * 86400),
        (format_datetime(NOW + timedelta(seconds=30), usegmt=True), 30),
        ("Sunday, 01-Nov-26 12:00:40 GMT", 40),
        (format_datetime(NOW + timedelta(days=4000), usegmt=True), 7 * 86400),
        (format_datetime(NOW - timedelta(seconds=30), usegmt=True), None),
        ("-5", None),
        ("٥", None),
        ("soon", None),
        ("1e9", None),
        ("", None),
        ("Sun, 99 Nov 2026 12:00:40 GMT", None),
        ("9" * 400, 7 * 86400),
    ],
)
def test_retry_after_is_read_in_all_its_forms(value: str, seconds: float | None) -> None:
    head = Head(429, (("Retry-After", value),))
    assert retry_after(head, NOW, Limits().longest_pause) == seconds


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_short_retry_after_is_waited_for(server: FaultServer, status: str) -> None:
    server.on("/a", page("", status, "Retry-After: 7"), page(ARTICLE))
    clock = FakeClock()
    with fetcher(server, clock=clock) as fetch:
        assert fetch.fetch(server.url("/a")).content == ARTICLE.encode()
    assert clock.slept == [7.0]


@pytest.mark.parametrize("value", ["-5", "soon", "Sun, 01 Nov 1998 12:00:00 GMT"])
def test_a_retry_after_without_sense_leaves_the_usual_back_off(server: FaultServer, value: str) -> None:
    server.on("/a", page("", "429 Slow", f"Retry-After: {value}"), page(ARTICLE))
    clock = FakeClock()
    with fetcher(server, clock=clock) as fetch:
        fetch.fetch(server.url("/a"))
    assert clock.slept == [2.0]


def test_a_long_retry_after_postpones_the_whole_host_to_a_later_run(server: FaultServer) -> None:
    server.on("/a", page("", "503 Busy", "Retry-After: 3600"))
    clock, memory = FakeClock(), VolatileMemory()
    with fetcher(server, clock=clock, memory=memory) as fetch:
        error = failure(fetch, server.url("/a"))
        assert (error.status, error.retry_at) == (503, clock.now() + timedelta(hours=1))
        other = failure(fetch, server.url("/other"))
        assert "HTTP 503; not asked before 2026-11-01 13:00 UTC" in other.reason
    clock.pass_by(1800)
    with fetcher(server, clock=clock, memory=memory) as fetch:
        assert fetch.wait(server.url("/other")) == 1800
        assert failure(fetch, server.url("/other")).retry_at == error.retry_at
        assert clock.slept == []
        clock.pass_by(1790)
        assert fetch.fetch(server.url("/other")).content == ARTICLE.encode()
    assert clock.slept == [10.0]
    assert server.paths() == ["/a", "/other"]


def test_a_pause_is_for_its_host_alone(server: FaultServer) -> None:
    with FaultServer() as other:
        other.on("/b", page(ARTICLE))
        server.on("/a", page("", "429 Slow", "Retry-After: 3600"))
        allow = (f"one.test:{server.port}", f"two.test:{other.port}")
        with fetcher(allow=allow, resolver=lambda host, port: ["127.0.0.1"]) as fetch:
            failure(fetch, server.url("/a", host="one.test"))
            assert fetch.fetch(other.url("/b", host="two.test")).content == ARTICLE.encode()


@pytest.mark.parametrize("seconds", [86400, 10 * 365 * 86400])
def test_a_clock_that_was_set_back_makes_no_endless_pause(server: FaultServer, seconds: float) -> None:
    clock, memory = FakeClock(), VolatileMemory()
    memory.keep_host_state(
        HostState(
            host="127.0.0.1",
            next_at=clock.now() + timedelta(seconds=1),
            paused_until=clock.now() + timedelta(days=6, hours=23),
        )
    )
    clock.set_back(seconds)
    with fetcher(server, clock=clock, memory=memory) as fetch:
        assert fetch.fetch(server.url("/a")).content == ARTICLE.encode()
    assert sum(clock.slept) <= 60


def test_a_clock_that_was_set_forward_ends_a_pause(server: FaultServer) -> None:
    clock, memory = FakeClock(), VolatileMemory()
    memory.keep_host_state(HostState(host="127.0.0.1", paused_until=clock.now() + timedelta(days=1)))
    clock.pass_by(10 * 365 * 86400)
    with fetcher(server, clock=clock, memory=memory) as fetch:
        assert fetch.fetch(server.url("/a")).status == 200


def test_back_off_grows_and_is_jittered() -> None:
    steps = Limits().back_off
    assert [back_off(steps, tried, 0) for tried in (1, 2, 3)] == [2, 8, 8]
    assert back_off(steps, 1, 0.999) < 3.1
    assert len({back_off(steps, 1, chance / 10) for chance in range(10)}) == 10


# --- 32: gaps ---


def test_by_default_a_second_passes_between_two_requests_to_a_host(server: FaultServer) -> None:
    clock = FakeClock()
    with fetcher(server, clock=clock, delay=1) as fetch:
        for path in ("/a", "/b", "/c"):
            fetch.fetch(server.url(path))
    assert clock.slept == [1.0, 1.0]


def test_the_gap_holds_between_redirects_and_tries_too(server: FaultServer) -> None:
    server.on("/a", redirect("/b"))
    clock = FakeClock()
    with fetcher(server, clock=clock, delay=3) as fetch:
        fetch.fetch(server.url("/a"))
    assert clock.slept == [3.0]


def test_www_and_mobile_hosts_count_as_one_host(server: FaultServer) -> None:
    clock = FakeClock()
    allow = tuple(f"{name}:{server.port}" for name in ("site.test", "www.site.test", "m.site.test"))
    with fetcher(allow=allow, clock=clock, delay=1, resolver=lambda host, port: ["127.0.0.1"]) as fetch:
        for name in ("site.test", "www.site.test", "m.site.test"):
            fetch.fetch(server.url("/a", host=name))
    assert clock.slept == [1.0, 1.0]


@pytest.mark.parametrize(
    ("line", "gap"),
    [
        ("Crawl-delay: 2", 2),
        ("Crawl-delay: 2.5", 2.5),
        ("Crawl-delay: 1000000000", 60),
        ("Crawl-delay: 0.1", 1),
        ("Crawl-delay: -5", 1),
        ("Crawl-delay: nan", 1),
        ("Crawl-delay: inf", 1),
        ("Crawl-delay: soon", 1),
    ],
)
def test_crawl_delay_is_kept_up_to_a_minute(server: FaultServer, line: str, gap: float) -> None:
    server.on("/robots.txt", page(f"User-agent: *\n{line}\nDisallow: /private\n"))
    clock = FakeClock()
    with fetcher(server, clock=clock, delay=1) as fetch:
        for path in ("/a", "/b"):
            fetch.fetch(server.url(path), crawl=True)
    assert clock.slept == [gap, gap]


def test_a_long_crawl_delay_does_not_use_up_the_deadline_of_a_redirect(server: FaultServer) -> None:
    server.on("/robots.txt", page("User-agent: *\nCrawl-delay: 50\n"))
    server.on("/a", redirect("/b"))
    clock = FakeClock()
    with fetcher(server, clock=clock, delay=1, limits=Limits()) as fetch:
        assert fetch.fetch(server.url("/a"), crawl=True).url == server.url("/b")
    assert clock.slept == [50.0, 1.0]


def test_a_site_may_be_given_a_delay_of_its_own(server: FaultServer) -> None:
    clock = FakeClock()
    with fetcher(server, clock=clock, delay=1, delays=(("127.0.0.1", 4.0),)) as fetch:
        for path in ("/a", "/b"):
            fetch.fetch(server.url(path))
    assert clock.slept == [4.0]


def test_the_gap_holds_across_runs(server: FaultServer) -> None:
    clock, memory = FakeClock(), VolatileMemory()
    for _ in range(3):
        with fetcher(server, clock=clock, memory=memory, delay=1) as fetch:
            fetch.fetch(server.url("/a"))
    assert clock.slept == [1.0, 1.0]


def test_a_server_measures_at_least_the_gap_and_one_connection_from_many_threads(server: FaultServer) -> None:
    with fetcher(server, clock=SystemClock(), delay=0.1, limits=replace(QUICK, read=5)) as fetch:
        threads = [threading.Thread(target=fetch.fetch, args=(server.url(f"/{n}"),)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert len(server.requests) == 8
    assert min(server.gaps()) >= 0.1
    assert server.most_at_once == 1


def test_hosts_do_not_wait_for_one_another() -> None:
    with FaultServer() as slow, FaultServer() as quick:
        slow.on("/a", [0.6, *page(ARTICLE)])
        quick.on("/a", page(ARTICLE))
        allow = (f"slow.test:{slow.port}", f"quick.test:{quick.port}")
        with fetcher(
            allow=allow,
            resolver=lambda host, port: ["127.0.0.1"],
            clock=SystemClock(),
            limits=replace(QUICK, read=5),
        ) as fetch:
            thread = threading.Thread(target=fetch.fetch, args=(slow.url("/a", host="slow.test"),))
            thread.start()
            started = time.monotonic()
            fetch.fetch(quick.url("/a", host="quick.test"))
            assert time.monotonic() - started < 0.5
            thread.join(5)


# --- hosts that only fail ---


def test_five_failures_in_a_row_pause_a_host_for_ever_longer(server: FaultServer) -> None:
    server.on("/broken", [RESET])
    clock, memory = FakeClock(), VolatileMemory()
    pauses = []
    for _ in range(8):
        with fetcher(server, clock=clock, memory=memory, limits=replace(QUICK, tries=1)) as fetch:
            failure(fetch, server.url("/broken"), crawl=True)
            pauses.append(fetch.wait(server.url()))
            clock.pass_by(pauses[-1])
    assert pauses == [0, 0, 0, 0, 900, 1800, 3600, 7200]
    state = memory.host_state("127.0.0.1")
    assert state is not None
    assert state.reason == "8 addresses in a row failed"


def test_one_success_ends_the_count(server: FaultServer) -> None:
    server.on("/broken", [RESET])
    memory = VolatileMemory()
    with fetcher(server, memory=memory, limits=replace(QUICK, tries=1)) as fetch:
        for path in ("/broken", "/broken", "/broken", "/broken", "/a", "/broken"):
            if path == "/a":
                fetch.fetch(server.url(path), crawl=True)
            else:
                failure(fetch, server.url(path), crawl=True)
        assert fetch.wait(server.url()) == 0
    state = memory.host_state("127.0.0.1")
    assert state is not None
    assert state.failures == 1


def test_a_missing_page_is_no_failure_of_its_host(server: FaultServer) -> None:
    server.on("/gone", page("", "404 Not Found"))
    with fetcher(server) as fetch:
        for _ in range(9):
            failure(fetch, server.url("/gone"), crawl=True)
        assert fetch.wait(server.url()) == 0
