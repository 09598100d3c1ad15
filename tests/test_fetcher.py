"""The fetcher against servers that are slow, broken or hostile: cases 1 to 14 of docs/reliability.md."""

from __future__ import annotations

import gzip
import io
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Any, cast

import pytest

from newsarchive.errors import FetchError, RuleError
from newsarchive.fetcher import Limits, SystemClock
from newsarchive.fetcher.faults import Fault
from newsarchive.fetcher.timing import Deadline
from newsarchive.fetcher.wire import Wire, read_body, read_head
from tests.fault_server import (
    HANG,
    RESET,
    FaultServer,
    Step,
    chunk,
    drip,
    endless,
    head,
    page,
    redirect,
)
from tests.fetching import ARTICLE, QUICK, FakeClock, failure, fetcher


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.on("/sound", page(ARTICLE))
        yield server


def test_a_page_comes_whole_with_all_that_is_told_of_it(server: FaultServer) -> None:
    server.on("/a", page(ARTICLE, "200 OK", 'ETag: "x"', "Set-Cookie: secret=1"))
    with fetcher(server) as fetch:
        got = fetch.fetch(server.url("/a#part"))
    assert got.content == ARTICLE.encode()
    assert (got.requested_url, got.url, got.status) == (server.url("/a"), server.url("/a"), 200)
    assert got.header("etag") == '"x"'
    assert got.header("set-cookie") is None
    assert dict(got.conditions)["address"] == "127.0.0.1"
    assert got.fetched_at.utcoffset() is not None


def test_the_request_names_us_and_whom_to_write_to(server: FaultServer) -> None:
    with fetcher(server, contact="mailto:archive@example.org") as fetch:
        fetch.fetch(server.url("/sound"))
    headers = server.requests[0].headers
    assert headers["user-agent"].startswith("newsarchive/")
    assert "mailto:archive@example.org" in headers["user-agent"]
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["host"] == server.endpoint
    assert "referer" not in headers


@pytest.mark.parametrize("contact", ["بريد", "a\r\nX-Forged: 1"])
def test_a_contact_that_no_header_can_carry_is_an_error_of_the_configuration(server: FaultServer, contact: str) -> None:
    with fetcher(server, contact=contact) as fetch, pytest.raises(RuleError, match="must be ASCII"):
        fetch.fetch(server.url("/sound"))
    assert server.requests == []


# --- 1 to 3: slowness ---


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([head("200 OK", "Content-Length: 90000"), *drip(b"x" * 200, 0.02)], id="1 body"),
        pytest.param([head(), *drip(b"x" * 200, 0.02)], id="1 body without a length"),
        pytest.param([head("200 OK", "Transfer-Encoding: chunked"), *drip(b"1\r\nx\r\n" * 40, 0.02)], id="1 chunks"),
        pytest.param([b"HTTP/1.1 200 OK\r\nX-Slow: ", *drip(b"x" * 200, 0.02)], id="2 headers"),
        pytest.param([*drip(b"HTTP/1.1 200 OK" + b" " * 200, 0.02)], id="2 status line"),
        pytest.param([head("404 Not Found"), *drip(b"x" * 200, 0.02)], id="1 body of an error"),
    ],
)
def test_a_dripping_server_is_left_at_the_deadline_and_the_run_goes_on(server: FaultServer, script: list[Step]) -> None:
    server.on("/slow", script)
    with fetcher(server, clock=SystemClock(), limits=replace(QUICK, total=1)) as fetch:
        started = time.monotonic()
        error = failure(fetch, server.url("/slow"))
        assert time.monotonic() - started < 2
        assert error.reason == "HTTP 404" or "not done within 1 s" in error.reason
        assert fetch.fetch(server.url("/sound")).content == ARTICLE.encode()


class DrippingSocket:
    """A socket that gives one byte every 0.2 s of a clock that does not wait."""

    def __init__(self, clock: FakeClock, data: bytes) -> None:
        self._clock = clock
        self._data = iter(data)

    def settimeout(self, seconds: float) -> None:
        assert 0 < seconds <= 20

    def recv_into(self, buffer: memoryview) -> int:
        self._clock.pass_by(0.2)
        buffer[0] = next(self._data, ord("x"))
        return 1


@pytest.mark.parametrize("data", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_by_default_a_byte_every_200_ms_ends_after_60_s(data: bytes) -> None:
    clock, limits = FakeClock(), Limits()
    deadline = Deadline(clock, limits.total)
    wire = Wire(cast(Any, DrippingSocket(clock, data)), deadline, read_timeout=limits.read, limit=limits.wire)
    reader = io.BufferedReader(wire)
    with pytest.raises(Fault, match="not done within 60 s"):
        list(read_body(reader, read_head(reader), most=limits.wire))
    assert clock.monotonic() - 1000 == pytest.approx(60, abs=0.3)


def test_the_default_limits_are_those_of_the_design() -> None:
    limits = Limits()
    assert (limits.connect, limits.read, limits.total, limits.robots_total) == (10, 20, 60, 15)
    assert limits.wire == limits.decoded == 10 << 20
    assert (limits.tries, limits.redirects, limits.robots_redirects) == (3, 10, 5)


def test_a_server_that_never_answers_is_tried_three_times_within_the_deadline(server: FaultServer) -> None:
    server.on("/silent", [HANG])
    limits = replace(QUICK, read=0.2, total=2, back_off=(0.1, 0.2))
    with fetcher(server, clock=SystemClock(), limits=limits) as fetch:
        started = time.monotonic()
        error = failure(fetch, server.url("/silent"))
        assert time.monotonic() - started < 2
        assert "no answer within 0.2 s" in error.reason
        assert fetch.fetch(server.url("/sound")).content == ARTICLE.encode()
    assert server.paths() == ["/silent"] * 3 + ["/sound"]


def test_three_tries_against_silence_fit_the_default_deadline() -> None:
    """What the third try gets is what is left; the sum is the deadline, never more."""
    clock, limits = FakeClock(), Limits()
    deadline = Deadline(clock, limits.total)
    for wait in (*limits.back_off, 0):
        clock.pass_by(deadline.within(limits.read))
        clock.pass_by(min(wait * 1.5, max(deadline.left(), 0)))
    assert clock.monotonic() - 1000 <= 60


# --- 4: connections that break ---


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ([RESET], "connection lost"),
        ([], "without an answer"),
        ([b"HTTP/1.1 200 OK\r\nContent-", RESET], "connection lost"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 5"], "header cut"),
        ([head("200 OK", "Content-Length: 100"), b"x" * 50, 0.05, RESET], "connection lost"),
    ],
)
def test_a_broken_connection_is_tried_again_then_recorded(server: FaultServer, script: list[Step], reason: str) -> None:
    server.on("/broken", script)
    clock = FakeClock()
    with fetcher(server, clock=clock) as fetch:
        assert reason in failure(fetch, server.url("/broken")).reason
    assert server.paths() == ["/broken"] * 3
    assert clock.slept == [2.0, 8.0]


def test_nobody_listens() -> None:
    with FaultServer() as server:
        url, endpoint = server.url("/"), server.endpoint
    with fetcher(allow=(endpoint,)) as fetch:
        assert "no connection" in failure(fetch, url).reason


# --- 5 and 6: framing ---

SHORT = b"x" * 50


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ([head("200 OK", "Content-Length: 100"), SHORT], "cut: 50 of 100 bytes"),
        ([head("200 OK", "Transfer-Encoding: chunked"), chunk(SHORT)], "cut: the last chunk"),
        ([head("200 OK", "Transfer-Encoding: chunked"), b"64\r\n" + SHORT], "cut: 50 of 100 bytes"),
        ([head("200 OK", "Transfer-Encoding: chunked"), b"zz\r\n" + SHORT], "chunk size"),
        ([head("200 OK", "Transfer-Encoding: chunked"), b"-5\r\n" + SHORT], "chunk size"),
        ([head("200 OK", "Transfer-Encoding: chunked"), b"0x5\r\nabcde\r\n0\r\n\r\n"], "chunk size"),
        ([head("200 OK", "Transfer-Encoding: chunked"), b"ffffffffffff\r\n" + SHORT], "cut"),
        ([head("200 OK", "Transfer-Encoding: chunked"), b"5\r\nabcdefgh\r\n0\r\n\r\n"], "chunk longer"),
        ([head("200 OK", "Transfer-Encoding: chunked"), b"5;" + b"x" * 5000], "cut"),
        ([head("200 OK", "Transfer-Encoding: gzip, chunked"), chunk(b"")], "transfer coding"),
        ([head("200 OK", "Content-Length: +5"), SHORT], "not a number"),
        ([head("200 OK", "Content-Length: -1"), SHORT], "not a number"),
        ([head("200 OK", "Content-Length: 5,5"), SHORT], "not a number"),
        ([head("200 OK", "Content-Length: 5", "Content-Length: 50"), SHORT], "not a number"),
        ([head("200 OK", "Content-Length: 5", "Content-Length: 5"), SHORT], "not a number"),
        ([head("200 OK", "Content-Length: ") + SHORT], "not a number"),
        ([head("200 OK", "Content-Length: 100000000000000000000"), SHORT], "not a number"),
        (
            [head("200 OK", "Content-Length: 9000000000"), SHORT],
            "too large: 9000000000 bytes are announced",
        ),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: " + "٥".encode() + b"\r\n\r\n" + SHORT], "not a number"),
    ],
)
def test_a_body_that_its_framing_contradicts_is_never_stored(
    server: FaultServer, script: list[Step], reason: str
) -> None:
    server.on("/framing", script)
    with fetcher(server) as fetch:
        error = failure(fetch, server.url("/framing"))
    assert reason in error.reason
    assert error.page is None


@pytest.mark.parametrize(
    "script",
    [
        [head("200 OK", "Transfer-Encoding: chunked"), chunk(b"all "), chunk(b"of it"), chunk(b"")],
        [head("200 OK", "Transfer-Encoding: CHUNKED"), b"9;a=b\r\nall of it\r\n0\r\nX-Trailer: 1\r\n\r\n"],
        [head("200 OK", "Transfer-Encoding: chunked", "Content-Length: 5"), chunk(b"all of it"), chunk(b"")],
        [head("200 OK", "Transfer-Encoding: identity", "Content-Length: 9"), b"all of it"],
        [b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", b"all ", 0.05, b"of it"],
        [head("200 OK", "content-length:9"), b"all of it"],
        [b"HTTP/1.1 200\nContent-Length: 9\n\nall of it"],
    ],
)
def test_a_body_comes_whole_in_every_sound_framing(server: FaultServer, script: list[Step]) -> None:
    server.on("/framing", script)
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/framing")).content == b"all of it"


# --- 7: bytes beyond the answer ---


@pytest.mark.parametrize("pause", [0.0, 0.1])
def test_a_forged_second_answer_is_never_taken_for_that_of_the_next_address(server: FaultServer, pause: float) -> None:
    forged = page("forged")[0]
    assert isinstance(forged, bytes)
    server.on("/bait", [head("200 OK", "Connection: keep-alive", "Content-Length: 4"), b"bait", pause, forged, HANG])
    with fetcher(server) as fetch:
        for _ in range(3):
            assert fetch.fetch(server.url("/bait")).content == b"bait"
            time.sleep(pause)
            assert fetch.fetch(server.url("/sound")).content == ARTICLE.encode()


# --- 8 and 10: size and codings (memory is measured in test_fetcher_memory.py) ---


@pytest.mark.parametrize(
    "script",
    [
        [head(), endless(b"<p>x</p>" * 8192)],
        [head("200 OK", "Transfer-Encoding: chunked"), endless(chunk(b"<p>x</p>" * 8192))],
    ],
)
def test_an_endless_body_is_cut_and_recorded_as_too_large(server: FaultServer, script: list[Step]) -> None:
    server.on("/endless", script)
    with fetcher(server, limits=replace(QUICK, wire=1 << 20, decoded=1 << 20, total=20, read=5)) as fetch:
        assert failure(fetch, server.url("/endless")).reason.startswith("too large: more than 1 MiB")
    assert server.paths() == ["/endless"]


GZIP = gzip.compress(b"all of it" * 500)
RAW_DEFLATE = zlib.compress(b"all of it" * 500, wbits=-15)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", GZIP),
        ("x-gzip", GZIP),
        ("GZIP", GZIP),
        ("identity, gzip", GZIP),
        ("gzip", gzip.compress(b"all of it" * 250) + gzip.compress(b"all of it" * 250)),
        ("gzip", GZIP + b"\0" * 512),
        ("gzip", GZIP + b"trailing junk"),
        ("gzip", GZIP + b"\x1f"),
        ("gzip", GZIP + b"\x1f\x8b\x08 no second member"),
        ("deflate", zlib.compress(b"all of it" * 500)),
        ("deflate", RAW_DEFLATE),
        ("deflate", RAW_DEFLATE + b"junk"),
        ("gzip, gzip", gzip.compress(GZIP)),
        ("deflate, gzip", gzip.compress(zlib.compress(b"all of it" * 500))),
    ],
)
@pytest.mark.parametrize("piece", [1, 4096])
def test_a_coded_body_comes_whole(server: FaultServer, coding: str, body: bytes, piece: int) -> None:
    parts = [chunk(body[i : i + piece]) for i in range(0, len(body), piece)]
    server.on(
        "/coded", [head("200 OK", f"Content-Encoding: {coding}", "Transfer-Encoding: chunked"), *parts, chunk(b"")]
    )
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/coded")).content == b"all of it" * 500


@pytest.mark.parametrize(
    ("coding", "body", "reason"),
    [
        ("gzip", GZIP[: len(GZIP) // 2], "gzip has no end"),
        ("gzip", GZIP[:-8], "gzip has no end"),
        ("gzip", GZIP[:-1], "gzip has no end"),
        ("gzip", b"", "gzip has no end"),
        ("gzip", GZIP[:-8] + bytes(8), "gzip is damaged"),
        ("gzip", GZIP + gzip.compress(b"second" * 90)[:-8], "gzip has no end"),
        ("gzip", ARTICLE.encode(), "gzip is damaged"),
        ("deflate", zlib.compress(b"x" * 900)[:-4], "deflate has no end"),
        ("deflate", RAW_DEFLATE[:-1], "deflate has no end"),
        ("deflate", b"\xff" * 100, "deflate is damaged"),
        ("gzip, gzip", GZIP, "gzip is damaged"),
        ("br", b"\x1b\x00", "'br' was not asked for"),
        ("zstd", b"\x28\xb5\x2f\xfd", "'zstd' was not asked for"),
        ("secret\x1b[31m", b"x", "was not asked for"),
        (", ".join(["gzip"] * 1000), GZIP, "1000 content codings"),
    ],
)
def test_a_coded_body_that_is_not_whole_is_never_stored(
    server: FaultServer, coding: str, body: bytes, reason: str
) -> None:
    server.on("/coded", page(body, "200 OK", f"Content-Encoding: {coding}"))
    with fetcher(server) as fetch:
        error = failure(fetch, server.url("/coded"))
    assert reason in error.reason
    assert error.page is None


# --- 11 to 13: heads ---


@pytest.mark.parametrize(
    "line",
    [
        b"X-Folded: one\r\n two",
        b"X-Arabic: \xe3\xd1\xcd\xc8\xc7",
        b"no colon in this line",
        b": no name",
        b"X-Nul: a\0b",
        b"X-Bare: a\rSet-Cookie: forged=1",
        b"X-Escape: \x1b]0;title\x07",
    ],
)
def test_an_odd_header_line_does_not_hide_the_article(server: FaultServer, line: bytes) -> None:
    body = ARTICLE.encode()
    server.on(
        "/head", [b"HTTP/1.1 200 OK\r\n" + line + b"\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(body), chunk(b"")]
    )
    with fetcher(server) as fetch:
        got = fetch.fetch(server.url("/head"))
    assert got.content == body
    assert not any("\n" in value or "\r" in value or "\0" in value for _, value in got.headers)


@pytest.mark.parametrize(
    "lines",
    [
        [b"X-Long: " + b"x" * (1 << 20) + b"\r\n"],
        [b"X-Many: 1\r\n" * 20_000],
        endless(b"X-Endless: 1\r\n" * 1000),
        endless(b"x" * 10_000),
    ],
)
def test_a_head_without_bounds_is_recorded_as_a_failure(server: FaultServer, lines: Any) -> None:
    server.on("/head", [b"HTTP/1.1 200 OK\r\n", iter(lines)])
    with fetcher(server, limits=replace(QUICK, read=5)) as fetch:
        error = failure(fetch, server.url("/head"))
    assert any(word in error.reason for word in ("too long", "more than", "too large"))
    assert len(server.paths()) == 1


def test_a_million_interim_answers_are_bounded(server: FaultServer) -> None:
    server.on("/interim", [endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)])
    with fetcher(server) as fetch:
        started = time.monotonic()
        assert "interim" in failure(fetch, server.url("/interim")).reason
        assert time.monotonic() - started < 2


def test_early_hints_are_not_the_answer(server: FaultServer) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    article = page(ARTICLE)[0]
    assert isinstance(article, bytes)
    server.on("/hints", [hints, 0.02, article])
    server.on("/only", [hints])
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/hints")).content == ARTICLE.encode()
        assert "without an answer" in failure(fetch, server.url("/only")).reason
    assert server.paths().count("/only") == 3


@pytest.mark.parametrize(
    "start",
    [
        b"<html>HTTP/0.9</html>",
        b"ICY 200 OK\r\n\r\n",
        b"HTTP/1.1 OK 200\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"\0" * 90,
        b"\r\n\r\n",
    ],
)
def test_what_is_no_http_answer_is_recorded_as_a_failure(server: FaultServer, start: bytes) -> None:
    server.on("/junk", [start])
    with fetcher(server) as fetch:
        assert failure(fetch, server.url("/junk")).reason == "not an HTTP answer"


def test_a_status_of_999_is_recorded_as_a_failure(server: FaultServer) -> None:
    server.on("/999", page("no", "999 Request denied"))
    with fetcher(server) as fetch:
        error = failure(fetch, server.url("/999"))
    assert (error.status, error.reason) == (999, "HTTP 999")


# --- 14: failures that pass ---


@pytest.mark.parametrize("script", [page("", "503 Busy"), page("", "500 Error"), page("", "502 Bad"), [RESET], [HANG]])
def test_what_fails_twice_and_then_works_is_fetched_once_after_backing_off(
    server: FaultServer, script: list[Step]
) -> None:
    server.on("/flaky", script, script, page(ARTICLE))
    clock = FakeClock()
    with fetcher(server, clock=clock, chance=lambda: 0.5, limits=replace(QUICK, read=0.2, total=60)) as fetch:
        assert fetch.fetch(server.url("/flaky")).content == ARTICLE.encode()
    assert server.paths() == ["/flaky"] * 3
    assert clock.slept == [2 * 1.25, 8 * 1.25]


def test_a_back_off_that_does_not_fit_the_deadline_is_not_begun(server: FaultServer) -> None:
    server.on("/busy", page("", "503 Busy"))
    clock = FakeClock()
    with fetcher(server, clock=clock, limits=replace(QUICK, total=5)) as fetch:
        assert failure(fetch, server.url("/busy")).status == 503
    assert clock.slept == [2.0]


def test_tries_are_shared_by_all_redirects_of_an_address(server: FaultServer) -> None:
    server.on("/a", [RESET], redirect("/b"))
    server.on("/b", [RESET])
    with fetcher(server, limits=replace(QUICK, total=60)) as fetch:
        failure(fetch, server.url("/a"))
    assert len(server.paths()) <= 4


# --- many threads ---


def test_many_threads_get_each_its_own_page(server: FaultServer) -> None:
    server.on("*", lambda request: [head("200 OK", "Content-Length: 20"), 0.005, f"{request.path:<20}".encode()])
    got: dict[str, bytes] = {}
    with fetcher(server) as fetch:

        def run(number: int) -> None:
            for i in range(5):
                path = f"/{number}/{i}"
                got[path] = fetch.fetch(server.url(path)).content

        threads = [threading.Thread(target=run, args=(number,)) for number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert got == {path: f"{path:<20}".encode() for path in (f"/{n}/{i}" for n in range(16) for i in range(5))}
    assert server.most_at_once == 1


def test_closing_ends_what_is_under_way(server: FaultServer) -> None:
    server.on("/hanging", [HANG])
    server.on("/dripping", [head("200 OK", "Content-Length: 90000"), *drip(b"x" * 3000, 0.01)])
    server.on("/waiting", page("", "503 Busy", "Retry-After: 20"))
    for path in ("/hanging", "/dripping", "/waiting"):
        before = len(server.requests)
        close_while_fetching(server, server.url(path), until=partial(was_asked, server, before))


def test_closing_ends_a_connection_in_the_making() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as stack:
        port = listener.getsockname()[1]
        for _ in range(4):  # more than wait in line, so that the next is not answered
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        close_while_fetching(None, f"http://127.0.0.1:{port}/", allow=(f"127.0.0.1:{port}",))


def test_closing_ends_the_search_for_a_name() -> None:
    released = threading.Event()

    def resolver(host: str, port: int) -> list[str]:
        released.wait(10)
        return []

    close_while_fetching(None, "http://slow.test/", resolver=resolver)
    released.set()


def test_a_closed_fetcher_asks_nobody(server: FaultServer) -> None:
    fetch = fetcher(server, clock=SystemClock())
    fetch.close()
    assert failure(fetch, server.url("/sound")).reason == "stopped before it was done"
    assert server.requests == []


def was_asked(server: FaultServer, before: int) -> bool:
    return len(server.requests) > before


def close_while_fetching(
    server: FaultServer | None, url: str, *, until: Callable[[], bool] = lambda: True, **changes: Any
) -> None:
    """Close a fetcher of default limits in the middle of a fetch; it must say so within a second."""
    errors: list[FetchError] = []
    fetch = fetcher(*([server] if server else []), clock=SystemClock(), limits=Limits(), **changes)
    thread = threading.Thread(target=lambda: errors.append(failure(fetch, url)))
    thread.start()
    while not until():
        time.sleep(0.01)
    time.sleep(0.1)
    started = time.monotonic()
    fetch.close()
    thread.join(5)
    assert [error.reason for error in errors] == ["stopped before it was done"]
    assert time.monotonic() - started < 1
