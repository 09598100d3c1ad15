"""What HTTP means: redirects, cookies, validators, statuses, types, secrets. Cases 20 to 23, 25 to 30 and 33."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newsarchive.errors import FetchError, RuleError
from newsarchive.fetcher import Validators
from newsarchive.fetcher.redirects import refresh
from newsarchive.models import Hop
from tests.fault_server import FaultServer, Request, Step, drip, endless, head, page, redirect
from tests.fetching import ARTICLE, QUICK, FakeClock, failure, fetcher


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.on("/article", page(ARTICLE))
        yield server


# --- 20 and 21: redirects ---


@pytest.mark.parametrize("first", ["/self", "/ping"])
def test_redirects_in_a_circle_end(server: FaultServer, first: str) -> None:
    server.on("/self", redirect("/self"))
    server.on("/ping", redirect("/pong"))
    server.on("/pong", redirect("/ping"))
    with fetcher(server) as fetch:
        assert "more than 10 redirects" in failure(fetch, server.url(first)).reason
    assert len(server.requests) == 11


def chain(server: FaultServer, length: int) -> None:
    for step in range(length):
        server.on(f"/{step}", redirect(f"/{step + 1}"))
    server.on(f"/{length}", page(ARTICLE))


def test_a_chain_of_ten_is_followed_and_recorded_hop_by_hop(server: FaultServer) -> None:
    chain(server, 10)
    with fetcher(server) as fetch:
        got = fetch.fetch(server.url("/0"))
    assert (got.requested_url, got.url) == (server.url("/0"), server.url("/10"))
    assert got.redirects == tuple(
        Hop(url=server.url(f"/{step}"), status=302, location=server.url(f"/{step + 1}")) for step in range(10)
    )


def test_a_chain_of_eleven_is_not(server: FaultServer) -> None:
    chain(server, 11)
    with fetcher(server) as fetch:
        error = failure(fetch, server.url("/0"))
    assert "more than 10 redirects" in error.reason
    assert server.paths() == [f"/{step}" for step in range(11)]


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/next", "/next"),
        ("next", "/folder/next"),
        ("../next", "/next"),
        ("?page=2", "/folder/start?page=2"),
        ("  /next  ", "/next"),
        ("/two words", "/two%20words"),
        ("/خبر", "/%D8%AE%D8%A8%D8%B1"),
        ("/خبر?س=1".encode(), "/%D8%AE%D8%A8%D8%B1?%D8%B3=1"),
        ("/خبر".encode("windows-1256"), "/%CE%C8%D1"),
        ("/%D8%AE", "/%D8%AE"),
        ("/next#part", "/next"),
        ("/a%0d%0aX-Forged: 1", "/a%0d%0aX-Forged:%201"),
        ("\\next", "/next"),
        ("/100%", "/100%25"),
        ("/a/../next", "/next"),
        ("/" + "x" * 6000, "/" + "x" * 6000),
    ],
)
def test_an_odd_location_is_read_as_a_browser_reads_it(server: FaultServer, location: str | bytes, path: str) -> None:
    server.on("/folder/start", redirect(location), page(ARTICLE))
    server.on("*", page(ARTICLE))
    with fetcher(server) as fetch:
        got = fetch.fetch(server.url("/folder/start"))
    assert server.paths() == ["/folder/start", path]
    assert got.url == server.url(path)
    assert got.url.isascii()


def test_a_location_may_name_only_the_host_or_the_scheme(server: FaultServer) -> None:
    server.on("/a", redirect(f"//{server.endpoint}/article"))
    server.on("/b", redirect(f"HTTP://{server.endpoint}/article"))
    with fetcher(server) as fetch:
        for path in ("/a", "/b"):
            assert fetch.fetch(server.url(path)).url == server.url("/article")


@pytest.mark.parametrize(
    "script",
    [
        page("", "302 Found"),
        redirect(""),
        redirect("/a", "302 Found", "Location: /b"),
        redirect("/" + "x" * 60_000),
        redirect(b"http://\xe3\xd1\xcd\xc8\xc7.example/"),
        redirect("http://exa mple/"),
        redirect("http://[/"),
        redirect("https:///"),
        redirect("http://example.org:99999/"),
    ],
)
def test_a_location_that_leads_nowhere_is_a_recorded_failure(server: FaultServer, script: list[Step]) -> None:
    server.on("/a", script)
    with fetcher(server) as fetch:
        failure(fetch, server.url("/a"))
    assert server.paths() == ["/a"]


def test_two_equal_locations_are_one(server: FaultServer) -> None:
    server.on("/a", redirect("/article", "302 Found", "Location: /article"))
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/a")).url == server.url("/article")


def test_the_body_of_a_redirect_is_not_read(server: FaultServer) -> None:
    server.on("/a", [head("302 Found", "Location: /article"), endless(b"x" * 65536)])
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/a")).content == ARTICLE.encode()


@pytest.mark.parametrize(
    ("markup", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/next">', "/next"),
        ("<META CONTENT='0;URL=\"/next\"' HTTP-EQUIV='Refresh'>", "/next"),
        ("<meta http-equiv=refresh content=0;url=/next>", "/next"),
        ('<meta http-equiv="refresh" content="3, /next?a=1&amp;b=2">', "/next?a=1&b=2"),
        ('<meta http-equiv="refresh" content="0;url=/خبر">', "/%D8%AE%D8%A8%D8%B1"),
        ('<meta http-equiv="refresh" content="300">', None),
        ('<meta http-equiv="refresh" content="300; url=/next">', None),
        ('<meta http-equiv="refresh" content="0; url=/page">', None),
        ('<meta http-equiv="refresh" content="0; url=javascript:alert(1)">', None),
        ('<noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript>', None),
        ('<!-- <meta http-equiv="refresh" content="0; url=/next"> -->', None),
        ('<script>"<meta http-equiv=refresh content=0;url=/next>"</script>', None),
        ('<meta name="description" content="0; url=/next refresh">', None),
        ("x" * 20_000 + '<meta http-equiv="refresh" content="0; url=/next">', None),
    ],
)
def test_a_refresh_is_followed_only_where_readers_are_sent_on_at_once(markup: str, target: str | None) -> None:
    expected = f"http://example.org{target}" if target else None
    assert refresh("http://example.org/page", markup.encode()) == expected


def test_a_hostile_refresh_costs_no_time() -> None:
    for attack in (b"<!--" * 5000, b"<script>" * 3000, b"<meta " * 3000, b"<meta content=" * 1200):
        assert refresh("http://example.org/", attack + b"refresh") is None


def test_refreshes_are_recorded_and_at_most_two_are_followed(server: FaultServer) -> None:
    for step in range(4):
        server.on(f"/{step}", page(f'<meta http-equiv="refresh" content="0; url=/{step + 1}">'))
    with fetcher(server) as fetch:
        got = fetch.fetch(server.url("/0"))
    assert [(hop.url, hop.status) for hop in got.redirects] == [(server.url("/0"), 200), (server.url("/1"), 200)]
    assert got.url == server.url("/2")


# --- 22 and 23: cookies ---


def names(host: str, port: int) -> list[str]:
    """Resolve every name to this machine."""
    return ["127.0.0.1"]


def test_a_redirect_to_another_host_takes_no_secret_along(tmp_path: Path) -> None:
    with FaultServer() as one, FaultServer() as other:
        allow = (f"one.test:{one.port}", f"other.test:{other.port}")
        target = other.url("/b", host="other.test")
        one.on("/a", redirect(target, "302 Found", "Set-Cookie: session=hunter2", "Set-Cookie: wide=1; Domain=.test"))
        other.on("/b", page(ARTICLE))
        file = tmp_path / "cookies.txt"
        file.write_text("# Netscape HTTP Cookie File\none.test\tFALSE\t/\tFALSE\t4000000000\tgiven\tsecret\n")
        with fetcher(allow=allow, resolver=names, cookies=file) as fetch:
            got = fetch.fetch(one.url("/a", host="one.test"))
            fetch.fetch(one.url("/a", host="one.test"))
        assert "given=secret" in one.requests[0].headers["cookie"]
        assert "session=hunter2" in one.requests[1].headers["cookie"]
        for request in other.requests:
            assert not {"cookie", "authorization", "referer"} & request.headers.keys()
    assert dict(got.conditions)["cookies"] == "from a file"
    assert "secret" not in repr(got)
    assert "hunter2" not in repr(got)


def wall(request: Request) -> list[Step]:
    """Let in whoever brings the cookie."""
    if "seen=1" in request.headers.get("cookie", ""):
        return page(ARTICLE)
    return redirect(request.path, "302 Found", "Set-Cookie: seen=1; Path=/")


def test_a_cookie_wall_lets_us_in(server: FaultServer) -> None:
    server.on("/wall", wall)
    with fetcher(server) as fetch:
        got = fetch.fetch(server.url("/wall"))
    assert got.content == ARTICLE.encode()
    assert "seen" not in repr(got.headers)


def test_a_cookie_wall_that_never_opens_is_a_bounded_failure(server: FaultServer) -> None:
    server.on("/wall", lambda request: redirect("/wall", "302 Found", f"Set-Cookie: n{len(server.requests)}=1"))
    with fetcher(server) as fetch:
        assert "more than 10 redirects" in failure(fetch, server.url("/wall")).reason
    assert len(server.requests) == 11


def test_cookies_are_bounded_and_forgotten_with_the_run(server: FaultServer) -> None:
    many = [f"Set-Cookie: c{n}=x" for n in range(200)]
    server.on("/a", page(ARTICLE, "200 OK", f"Set-Cookie: big={'x' * 5000}", *many))
    with fetcher(server) as fetch:
        fetch.fetch(server.url("/a"))
        fetch.fetch(server.url("/a"))
    sent = server.requests[1].headers["cookie"]
    assert 1 <= sent.count("=") <= 50
    assert "big" not in sent
    with fetcher(server) as fetch:
        fetch.fetch(server.url("/a"))
    assert "cookie" not in server.requests[2].headers


def test_a_cookies_file_that_cannot_be_read_is_an_error_of_the_configuration(
    server: FaultServer, tmp_path: Path
) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text("not cookies")
    for path in (file, tmp_path / "missing.txt"):
        with fetcher(server, cookies=path) as fetch, pytest.raises(RuleError, match="cookies file"):
            fetch.fetch(server.url("/article"))


# --- 25 and 26: validators ---

ARABIC_ETAG = 'W/"خبر"'.encode().decode("latin-1")


@pytest.mark.parametrize(
    "headers",
    [
        ['ETag: "strong"'],
        ['ETag: W/"weak"'],
        ["ETag: unquoted"],
        [f"ETag: {ARABIC_ETAG}"],
        ["Last-Modified: Sun, 01 Nov 2026 10:00:00 GMT"],
        ["Last-Modified: الأحد".encode().decode("latin-1").replace("Ø§", "x")],
        ['ETag: "both"', "Last-Modified: Sun, 1 Nov 2026 10:00 +0300"],
    ],
)
def test_validators_are_sent_back_byte_for_byte_and_304_brings_no_content(
    server: FaultServer, headers: list[str]
) -> None:
    def answer(request: Request) -> list[Step]:
        conditional = {"if-none-match", "if-modified-since"} & request.headers.keys()
        return [head("304 Not Modified")] if conditional else page(ARTICLE, "200 OK", *headers)

    server.on("/page", answer)
    with fetcher(server) as fetch:
        validators = Validators.of(fetch.fetch(server.url("/page")))
        again = fetch.fetch(server.url("/page"), validators=validators)
    sent = server.requests[1].headers
    if validators is None:  # bytes that no date has
        assert again.status == 200
        return
    expected = dict(line.split(": ", 1) for line in headers)
    assert sent.get("if-none-match") == expected.get("ETag")
    assert sent.get("if-modified-since") == expected.get("Last-Modified")
    assert (again.status, again.content) == (304, b"")


@pytest.mark.parametrize("etag", ['"' + "x" * 20_000 + '"', '"a\x07b"', '"a\x7fb"', '"a b"', ""])
def test_an_etag_that_is_too_long_or_has_controls_is_not_kept(server: FaultServer, etag: str) -> None:
    server.on("/page", page(ARTICLE, "200 OK", f"ETag: {etag}"))
    with fetcher(server) as fetch:
        assert Validators.of(fetch.fetch(server.url("/page"))) is None


@pytest.mark.parametrize(("days", "status"), [(29, 304), (31, 200)])
def test_whoever_always_says_unchanged_is_asked_for_all_after_thirty_days(
    server: FaultServer, days: int, status: int
) -> None:
    server.on("/page", lambda request: [head("304 No")] if "if-none-match" in request.headers else page(ARTICLE))
    clock = FakeClock()
    with fetcher(server, clock=clock) as fetch:
        validators = Validators(url=server.url("/page"), etag='"x"', fetched_at=clock.now() - timedelta(days=days))
        assert fetch.fetch(server.url("/page"), validators=validators).status == status


def test_validators_from_the_future_are_not_sent(server: FaultServer) -> None:
    clock = FakeClock()
    validators = Validators(url=server.url("/article"), etag='"x"', fetched_at=clock.now() + timedelta(days=1))
    with fetcher(server, clock=clock) as fetch:
        fetch.fetch(server.url("/article"), validators=validators)
    assert "if-none-match" not in server.requests[0].headers


def test_validators_are_sent_only_for_the_address_that_gave_them(server: FaultServer) -> None:
    server.on("/old", redirect("/article"))
    clock = FakeClock()
    validators = Validators(url=server.url("/article"), etag='"x"', fetched_at=clock.now())
    with fetcher(server, clock=clock) as fetch:
        fetch.fetch(server.url("/old"), validators=validators)
    assert ["if-none-match" in request.headers for request in server.requests] == [False, True]


def test_a_304_that_was_not_asked_for_is_a_failure(server: FaultServer) -> None:
    server.on("/page", [head("304 Not Modified")])
    with fetcher(server) as fetch:
        assert failure(fetch, server.url("/page")).status == 304


# --- 27 to 29: what is no article ---


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 418])
def test_a_removed_page_is_an_error_that_tells_what_was_served(server: FaultServer, status: int) -> None:
    server.on("/old", redirect("/gone"))
    server.on("/gone", page("<p>removed</p>", f"{status} Gone", "X-Reason: law"))
    with fetcher(server) as fetch:
        error = failure(fetch, server.url("/old"))
    assert error.status == status
    assert error.reason.endswith(f"HTTP {status}")
    assert error.page is not None
    assert error.page.content == b"<p>removed</p>"
    assert error.page.header("x-reason") == "law"
    assert [hop.url for hop in error.page.redirects] == [server.url("/old")]
    assert server.paths() == ["/old", "/gone"]


def test_an_error_whose_body_cannot_be_had_is_recorded_without_it(server: FaultServer) -> None:
    server.on("/gone", [head("404 Not Found", "Content-Length: 99"), b"short"])
    server.on("/endless", [head("404 Not Found"), endless(b"x" * 65536)])
    server.on("/slow", [head("404 Not Found"), *drip(b"x" * 30, 0.05)])
    with fetcher(server) as fetch:
        for path in ("/gone", "/endless"):
            error = failure(fetch, server.url(path))
            assert error.status == 404
            assert error.page is not None
            assert error.page.content == b""


def test_a_soft_404_and_a_redirect_to_the_front_page_can_be_told_by_the_crawler(server: FaultServer) -> None:
    server.on("/old", redirect("/"))
    server.on("/", page("<p>الصفحة الرئيسية</p>"))
    with fetcher(server) as fetch:
        got = fetch.fetch(server.url("/old"))
    assert got.redirects[0].location == got.url == server.url("/")


def test_a_text_that_changes_at_each_visit_comes_as_it_is_each_time(server: FaultServer) -> None:
    texts = [f"<p>{n}</p>".encode() for n in range(5)]
    server.on("/live", *[page(text) for text in texts])
    with fetcher(server) as fetch:
        got = [fetch.fetch(server.url("/live")) for _ in texts]
    assert [hashlib.sha256(one.content).digest() for one in got] == [hashlib.sha256(text).digest() for text in texts]
    assert [one.fetched_at for one in got] == sorted(one.fetched_at for one in got)


@pytest.mark.parametrize(
    "status", ["201 Created", "202 Accepted", "204 No Content", "205 Reset", "206 Partial", "500 No"]
)
def test_a_body_under_another_status_is_no_article(server: FaultServer, status: str) -> None:
    server.on("/page", page(ARTICLE, status))
    with fetcher(server) as fetch:
        assert failure(fetch, server.url("/page")).status == int(status[:3])


def test_a_body_under_203_is_one(server: FaultServer) -> None:
    server.on("/page", page(ARTICLE, "203 Transformed"))
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/page")).content == ARTICLE.encode()


# --- 30: types ---


@pytest.mark.parametrize(
    "kind",
    [
        "image/png",
        "application/pdf",
        "application/octet-stream",
        "video/mp4",
        "IMAGE/JPEG; q=1",
        "application/zip",
        "font/woff2",
    ],
)
def test_what_is_no_page_is_refused_before_it_is_read(server: FaultServer, kind: str) -> None:
    sent = 0

    def picture() -> Iterator[Step]:
        nonlocal sent
        for _ in range(64):
            sent += 65536
            yield b"x" * 65536
            yield 0.02

    server.on("/picture", lambda request: [head(kind=kind), picture()])
    with fetcher(server) as fetch:
        assert "is no page" in failure(fetch, server.url("/picture")).reason
    assert sent < 64 * 65536


@pytest.mark.parametrize("kind", ["", "junk", "text", "/", ";charset=utf-8", "text/html text/html", "عربي"])
@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        (ARTICLE.encode(), True),
        (ARTICLE.encode("utf-16"), True),
        (ARTICLE.encode("windows-1256"), True),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), False),
        (b"%PDF-1.7\n" + ARTICLE.encode(), False),
        (b"plain" + bytes(range(32)), False),
    ],
)
def test_without_a_usable_type_the_bytes_decide(server: FaultServer, kind: str, body: bytes, accepted: bool) -> None:
    server.on("/page", page(body, kind=kind.encode().decode("latin-1")))
    with fetcher(server) as fetch:
        if accepted:
            assert fetch.fetch(server.url("/page")).content == body
        else:
            assert "not text" in failure(fetch, server.url("/page")).reason


@pytest.mark.parametrize(
    "kind", ["text/html", "text/plain", "application/xhtml+xml", "application/rss+xml", "TEXT/HTML"]
)
def test_pages_of_usual_types_are_taken(server: FaultServer, kind: str) -> None:
    server.on("/page", page(ARTICLE, kind=kind))
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/page")).content == ARTICLE.encode()


def test_a_feed_may_have_any_type_that_is_no_picture_and_be_larger(server: FaultServer) -> None:
    body = b"<urlset/>" * 200_000
    limits = replace(QUICK, decoded=1 << 20, read=5)
    server.on("/map", page(body, kind="application/octet-stream"))
    server.on("/picture", page(b"x", kind="image/png"))
    with fetcher(server, limits=limits) as fetch:
        assert fetch.fetch(server.url("/map"), kind="feed").content == body
        failure(fetch, server.url("/picture"), kind="feed")


# --- 33: secrets ---


def test_user_names_passwords_and_tokens_are_neither_kept_nor_told(
    server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint = server.endpoint
    server.on("/start", redirect(f"http://user:hunter2@{endpoint}/next?access_token=hunter2&page=1"))
    server.on("/next", page("", "503 Busy"), page(ARTICLE, "200 OK", f"Link: <http://user:hunter2@{endpoint}/>"))
    server.on("/gone", page("", "404 Gone", f"Content-Location: http://user:hunter2@{endpoint}/"))
    with caplog.at_level(logging.DEBUG), fetcher(server) as fetch:
        got = fetch.fetch(f"http://user:hunter2@{endpoint}/start?access_token=hunter2")
        error = failure(fetch, f"http://user:hunter2@{endpoint}/gone?api_key=hunter2&x=1#hunter2")
        broken = failure(fetch, f"http://user:hunt#er2@{endpoint}/")
        no_host = failure(fetch, "http://user:hunter2@/")
    assert got.redirects[0].location == f"http://{endpoint}/next?page=1"
    assert got.url == f"http://{endpoint}/next?page=1"
    told = f"{got!r} {error!r} {error} {error.page!r} {broken} {no_host} {caplog.text}"
    assert "hunter2" not in told
    assert "er2" not in told
    assert server.requests[0].path == "/start?access_token=hunter2"  # whoever gave it wants it used
    assert all("authorization" not in request.headers for request in server.requests)


@pytest.mark.parametrize(
    "url", ["", "http://", "nonsense", "//example.org/", "http:// /", "mailto:a@b", "http://exa\nmple.org:x/"]
)
def test_what_is_no_address_is_an_error_of_one_line(url: str) -> None:
    with fetcher() as fetch, pytest.raises(FetchError) as caught:
        fetch.fetch(url)
    assert "\n" not in str(caught.value)
    assert "not an http or https address" in str(caught.value)
