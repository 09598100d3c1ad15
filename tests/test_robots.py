"""robots.txt by RFC 9309: what its text means, and when and how it is fetched. Case 31."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import RefusedAddress
from newsarchive.fetcher import Limits, VolatileMemory
from newsarchive.fetcher.robots import AGENT, Robots, decoded
from tests.fault_server import HANG, RESET, FaultServer, Step, endless, head, page, redirect
from tests.fetching import ARTICLE, QUICK, FakeClock, failure, fetcher

LARGEST = Limits().robots
ORIGIN = "https://example.org"
ARABIC = "\u0623\u062e\u0628\u0627\u0631"  # a word of Arabic letters


def allows(text: str, path: str, agent: str = AGENT) -> bool:
    return Robots(text, agent).allows(ORIGIN + path)


def test_every_case_of_the_conformance_suite(shared: Path) -> None:
    cases = json.loads((shared / "data/suites/robots-rfc9309.json").read_text(encoding="utf-8"))
    wrong = [
        case
        for case in cases
        if Robots(case["robots"], case["agent"]).allows(quote(case["url"], safe=":/?#[]@!$&'()*+,;=%"))
        is not case["allowed"]
    ]
    assert len(cases) == 69
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("user-agent: *\ndisallow: /", "/a", False),
        ("user-agent: *\ndisallow: /", "/robots.txt", True),
        ("user-agent: *\ndisallow:", "/a", True),
        # one's own group counts alone, wherever it stands
        ("user-agent: *\ndisallow: /\nuser-agent: newsarchive\ndisallow: /x", "/a", True),
        ("user-agent: NewsArchive/1.0\ndisallow: /x\nuser-agent: *\ndisallow: /", "/a", True),
        ("user-agent: newsarchive\ndisallow:\nuser-agent: other\ndisallow: /", "/a", True),
        # a product token is compared whole
        ("user-agent: news\ndisallow: /", "/a", True),
        ("user-agent: newsarchive-images\ndisallow: /", "/a", True),
        ("user-agent: n\ndisallow: /", "/a", True),
        ("user-agent: *bot\ndisallow: /", "/a", True),
        # groups of one agent are one
        ("user-agent: *\nallow: /a\nuser-agent: x\nallow: /\nuser-agent: *\ndisallow: /b", "/b", False),
        ("user-agent: x\nuser-agent: newsarchive\ndisallow: /a", "/a", False),
        ("user-agent: newsarchive\n\n\ndisallow: /a", "/a", False),
        ("user-agent: newsarchive\nsitemap: /s\ncrawl-delay: 2\nunknown: 1\nuser-agent: x\ndisallow: /a", "/a", False),
        # the longest rule wins, and allow wins a draw
        ("user-agent: *\ndisallow: /a\nallow: /a/b", "/a/b/c", True),
        ("user-agent: *\nallow: /a/b\ndisallow: /a", "/a/c", False),
        ("user-agent: *\ndisallow: /a\nallow: /a", "/a", True),
        ("user-agent: *\ndisallow: /ab\nallow: /*", "/ab", False),
        ("user-agent: *\ndisallow: /a\nallow: /*", "/a", True),
        # wildcards and ends
        ("user-agent: *\ndisallow: /*?print=", "/a?print=1", False),
        ("user-agent: *\ndisallow: /*.pdf$", "/a.pdf", False),
        ("user-agent: *\ndisallow: /*.pdf$", "/a.pdf?x", True),
        ("user-agent: *\ndisallow: /a*b*c", "/a-b-c-d", False),
        ("user-agent: *\ndisallow: /a$b", "/a$b", False),
        # Arabic paths, raw and escaped, on both sides
        (f"user-agent: *\ndisallow: /{ARABIC}/", f"/{quote(ARABIC)}/1", False),
        (f"user-agent: *\ndisallow: /{quote(ARABIC)}/", f"/{quote(ARABIC).lower()}/1", False),
        (f"user-agent: *\ndisallow: /{quote(ARABIC).lower()}/", f"/{quote(ARABIC)}/1", False),
        (f"user-agent: *\ndisallow: /{quote(ARABIC)}/", f"/{quote(ARABIC[:-1])}/1", True),
        # lines end with CR, LF or both, and with nothing else
        ("user-agent: *\rdisallow: /a\rallow: /a/b\r", "/a/c", False),
        ("user-agent: *\r\ndisallow: /a\r\n", "/a", False),
        ("user-agent: *\ndisallow: /a\u2028b", "/a", True),
        ("user-agent: *\ndisallow: /a\x0cb", "/a", True),
        # comments, spaces, case, common slips
        ("# all\nUSER-AGENT : * # us\n  Disallow : /a # no", "/a", False),
        ("user-agent: *\ndissallow: /a", "/a", False),
        ("user-agent *\ndisallow /a", "/a", False),
        ("useragent: *\ndisallow: /a", "/a", False),
        # rules before any agent are nobody's
        ("disallow: /\nuser-agent: *\ndisallow: /x", "/a", True),
        ("<html><body>not found: sorry</body></html>", "/a", True),
    ],
)  # fmt: skip
def test_rules_mean_what_rfc_9309_says(text: str, path: str, allowed: bool) -> None:
    assert allows(text, path) is allowed


def test_sitemaps_and_delays_are_read() -> None:
    robots = Robots(
        "sitemap: https://example.org/1.xml\nuser-agent: *\ncrawl-delay: 5\ncrawl-delay: 3\nuser-agent: x\n"
        "crawl-delay: 90\nallow: /\nSitemap:https://example.org/2.xml"
    )
    assert robots.sitemaps == ("https://example.org/1.xml", "https://example.org/2.xml")
    assert Robots("user-agent: *\ncrawl-delay: 5\nallow: /\nuser-agent: newsarchive\nallow: /").delay == 0


@given(st.binary(max_size=400))
def test_any_bytes_give_an_answer(content: bytes) -> None:
    assert Robots(decoded(content, LARGEST)).allows(f"{ORIGIN}/a") in (True, False)


def test_a_byte_order_mark_does_not_hide_the_first_line() -> None:
    assert not allows(decoded(b"\xef\xbb\xbfuser-agent: *\ndisallow: /a", LARGEST), "/a")


def test_paths_in_windows_1256_are_compared_by_their_bytes() -> None:
    text = decoded(b"user-agent: *\ndisallow: /" + ARABIC.encode("windows-1256"), LARGEST)
    assert not allows(text, "/" + quote(ARABIC.encode("windows-1256")))
    assert allows(text, "/" + quote(ARABIC))


def test_what_is_beyond_500_kib_is_cut_at_a_line() -> None:
    rule = b"disallow: /a\n"
    text = decoded(b"user-agent: *\n" + rule * (LARGEST // len(rule)) + b"disallow: /beyond\n", LARGEST)
    assert not allows(text, "/a")
    assert allows(text, "/beyond")
    assert len(text) <= LARGEST


def test_a_huge_file_costs_little() -> None:
    started = time.process_time()
    names = "".join(f"user-agent: bot{n}\n" for n in range(12_000))
    rules = "".join(f"disallow: /{n}*a*b*c$\n" for n in range(12_000))
    robots = Robots(f"user-agent: *\n{names}{rules}")
    assert robots.allows(f"{ORIGIN}/{'a' * 2000}")
    assert time.process_time() - started < 3


# --- fetching it ---


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.on("*", page(ARTICLE))
        yield server


FORBIDDING = page("user-agent: *\ndisallow: /private\n", kind="text/plain")


def test_what_is_disallowed_is_not_asked_for(server: FaultServer) -> None:
    server.on("/robots.txt", FORBIDDING)
    with fetcher(server) as fetch:
        fetch.fetch(server.url("/public"), crawl=True)
        error = failure(fetch, server.url("/private/1"), crawl=True)
    assert isinstance(error, RefusedAddress)
    assert error.reason == "robots.txt does not allow it"
    assert server.paths() == ["/robots.txt", "/public"]


def test_an_address_that_a_person_gives_does_not_ask(server: FaultServer) -> None:
    server.on("/robots.txt", FORBIDDING)
    with fetcher(server) as fetch:
        fetch.fetch(server.url("/private/1"))
    assert server.paths() == ["/private/1"]


def test_a_site_may_be_excepted_and_the_page_says_so(server: FaultServer) -> None:
    server.on("/robots.txt", FORBIDDING)
    with fetcher(server, ignore_robots=("127.0.0.1",)) as fetch:
        got = fetch.fetch(server.url("/private/1"), crawl=True)
    assert dict(got.conditions)["robots"] == "not asked, by configuration"
    assert server.paths() == ["/private/1"]


def test_a_redirect_to_what_is_disallowed_is_not_followed(server: FaultServer) -> None:
    server.on("/robots.txt", FORBIDDING)
    server.on("/public", redirect("/private/1"))
    with fetcher(server) as fetch:
        assert isinstance(failure(fetch, server.url("/public"), crawl=True), RefusedAddress)
    assert "/private/1" not in server.paths()


def test_a_redirect_to_another_origin_asks_that_ones_robots_txt(server: FaultServer) -> None:
    with FaultServer() as other:
        other.on("/robots.txt", FORBIDDING)
        server.on("/robots.txt", page("", "404 Not Found"))
        server.on("/a", redirect(other.url("/private/1")))
        with fetcher(server, other) as fetch:
            assert isinstance(failure(fetch, server.url("/a"), crawl=True), RefusedAddress)
        assert other.paths() == ["/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 410, 418, 451, 499])
def test_no_such_file_allows_everything(server: FaultServer, status: int) -> None:
    server.on("/robots.txt", page("user-agent: *\ndisallow: /", f"{status} No"))
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/a"), crawl=True).status == 200


@pytest.mark.parametrize(
    "script",
    [
        page("", "500 Error"),
        page("", "501 Error"),
        page("", "502 Error"),
        page("", "503 Busy"),
        page("", "504 Error"),
        page("", "599 Error"),
        page("", "429 Too Many"),
        page("", "304 Not Modified"),
        [RESET],
        [HANG],
        [],
        [b"junk"],
        [head("200 OK", "Content-Length: 99"), b"user-agent: *\n"],
        page("x", "200 OK", "Content-Encoding: gzip"),
        redirect("http://127.0.0.1:9/robots.txt"),
    ],
)
def test_where_robots_txt_cannot_be_had_nothing_else_is_fetched_for_a_day(
    server: FaultServer, script: list[Step]
) -> None:
    server.on("/robots.txt", script)
    clock, memory = FakeClock(), VolatileMemory()
    limits = replace(QUICK, read=0.1, tries=1)
    for _ in range(3):
        with fetcher(server, clock=clock, memory=memory, limits=limits) as fetch:
            for path in ("/a", "/b"):
                error = failure(fetch, server.url(path), crawl=True)
                assert isinstance(error, RefusedAddress)
                assert error.reason == "robots.txt could not be had; not asked before 2026-11-02 12:00 UTC"
    assert server.paths() == ["/robots.txt"]
    server.on("/robots.txt", page(""))
    clock.pass_by(24 * 3600)
    with fetcher(server, clock=clock, memory=memory) as fetch:
        assert fetch.fetch(server.url("/a"), crawl=True).status == 200


def test_a_broken_connection_is_tried_again_within_fifteen_seconds(server: FaultServer) -> None:
    server.on("/robots.txt", [RESET], page(""))
    clock = FakeClock()
    with fetcher(server, clock=clock, limits=replace(QUICK, robots_total=15)) as fetch:
        fetch.fetch(server.url("/a"), crawl=True)
    assert clock.slept == [2.0]
    assert Limits().robots_total == 15


def test_it_is_fetched_once_a_day_and_kept_between_runs(server: FaultServer) -> None:
    server.on("/robots.txt", FORBIDDING)
    clock, memory = FakeClock(), VolatileMemory()
    for _ in range(4):
        with fetcher(server, clock=clock, memory=memory) as fetch:
            fetch.fetch(server.url("/a"), crawl=True)
            fetch.fetch(server.url("/b"), crawl=True)
        clock.pass_by(7 * 3600)
    assert server.paths().count("/robots.txt") == 1
    with fetcher(server, clock=clock, memory=memory) as fetch:
        fetch.fetch(server.url("/a"), crawl=True)
    assert server.paths().count("/robots.txt") == 2


def test_what_was_once_said_holds_while_it_cannot_be_had_but_not_for_ever(server: FaultServer) -> None:
    server.on("/robots.txt", FORBIDDING, page("", "500 Error"))
    clock, memory = FakeClock(), VolatileMemory()
    with fetcher(server, clock=clock, memory=memory) as fetch:
        fetch.fetch(server.url("/a"), crawl=True)
        clock.pass_by(25 * 3600)
        assert fetch.fetch(server.url("/a"), crawl=True).status == 200
        failure(fetch, server.url("/private/1"), crawl=True)
        clock.pass_by(31 * 24 * 3600)
        failure(fetch, server.url("/a"), crawl=True)


def test_a_host_that_was_never_reached_is_not_held_to_have_forbidden_anything() -> None:
    with FaultServer() as gone:
        port = gone.port
    memory = VolatileMemory()
    with fetcher(allow=(f"127.0.0.1:{port}",), memory=memory) as fetch:
        assert "no connection" in failure(fetch, f"http://127.0.0.1:{port}/a", crawl=True).reason
    assert memory.robots_state(f"http://127.0.0.1:{port}") is None


@pytest.mark.parametrize(("redirects", "allowed"), [(5, False), (6, True)])
def test_five_redirects_are_followed_and_more_mean_that_there_is_no_file(
    server: FaultServer, redirects: int, allowed: bool
) -> None:
    for step in range(redirects):
        server.on("/robots.txt" if step == 0 else f"/r{step}", redirect(f"/r{step + 1}"))
    server.on(f"/r{redirects}", page("user-agent: *\ndisallow: /", kind="text/plain"))
    with fetcher(server) as fetch:
        if allowed:
            fetch.fetch(server.url("/a"), crawl=True)
        else:
            assert isinstance(failure(fetch, server.url("/a"), crawl=True), RefusedAddress)


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/octet-stream", "image/png", ""])
def test_its_media_type_does_not_matter(server: FaultServer, kind: str) -> None:
    server.on("/robots.txt", page(b"\xef\xbb\xbfuser-agent: *\ndisallow: /private", kind=kind))
    with fetcher(server) as fetch:
        assert isinstance(failure(fetch, server.url("/private"), crawl=True), RefusedAddress)


def test_an_endless_file_is_read_up_to_500_kib(server: FaultServer) -> None:
    server.on("/robots.txt", [head(), b"user-agent: *\ndisallow: /private\n", endless(b"# and so on\n" * 5000)])
    with fetcher(server, limits=replace(QUICK, read=5)) as fetch:
        assert fetch.fetch(server.url("/a"), crawl=True).status == 200
        assert isinstance(failure(fetch, server.url("/private"), crawl=True), RefusedAddress)
    assert server.paths() == ["/robots.txt", "/a"]


def test_each_origin_has_its_own(server: FaultServer) -> None:
    with FaultServer() as other:
        server.on("/robots.txt", page("user-agent: *\ndisallow: /"))
        other.on("*", page("x"))
        with fetcher(server, other) as fetch:
            failure(fetch, server.url("/a"), crawl=True)
            assert fetch.fetch(other.url("/a"), crawl=True).status == 200
