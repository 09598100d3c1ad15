"""The address policy: nothing that a server sends leads to an address that is not public. Cases 15 to 18.

Every connect() of this process is recorded by an audit hook, so "no request reaches it" is measured, not believed.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import RefusedAddress, RuleError
from newsarchive.fetcher import Limits
from newsarchive.fetcher.addresses import AddressPolicy, Endpoint, is_public, parse_exception, resolve_within
from newsarchive.fetcher.faults import Fault, Refusal
from tests.fault_server import FaultServer, page, redirect
from tests.fetching import ARTICLE, QUICK, failure, fetcher

TLS = Path(__file__).parent / "tls"
_recorders: list[list[tuple[str, int]]] = []


def _record(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and _recorders:
        address = arguments[1]
        if isinstance(address, tuple):
            for recorder in _recorders:
                recorder.append((address[0], address[1]))


sys.addaudithook(_record)


@pytest.fixture
def connects() -> Iterator[list[tuple[str, int]]]:
    """All addresses that connect() was called with."""
    recorder: list[tuple[str, int]] = []
    _recorders.append(recorder)
    yield recorder
    _recorders.remove(recorder)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def trap() -> Iterator[FaultServer]:
    """A server of the machine's own, which nothing may reach."""
    with FaultServer() as trap:
        trap.on("*", page(ARTICLE))
        yield trap


LOOPBACK = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0X7F.0.0.1",
    "017700000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "%6c%6f%63alhost",
    "127%2e0%2e0%2e1",
    "\uff11\uff12\uff17.\uff10.\uff10.\uff11",  # full-width digits
    "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",  # circled digits
    "127\u30020\u30020\u30021",  # ideographic full stops
    "example.org@127.0.0.1",
    "user:pw@127.1",
    "127.0.0.1%00.example.org",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::80ff:fffe]",
    "[::1%25lo]",
]
PRIVATE = [
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "2852039166",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[fe80::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::]",
]
SCHEMES = [
    "file:///etc/passwd",
    "file:/etc/passwd",
    "FILE:///etc/passwd",
    "ftp://127.0.0.1/x",
    "gopher://127.0.0.1:70/_x",
    "dict://127.0.0.1:11211/stat",
    "data:text/html,<p>x</p>",
    "javascript:alert(1)",
    "about:blank",
    "jar:http://127.0.0.1!/",
    "unix:///var/run/docker.sock",
    "http:///etc/passwd",
    "https://",
    "http://[::1",
    "http://[127.0.0.1]/",
    "http://a b/",
]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_no_redirect_reaches_a_forbidden_address(
    server: FaultServer, trap: FaultServer, connects: list[tuple[str, int]], status: str
) -> None:
    with fetcher(server) as fetch:
        for number, spelling in enumerate([*LOOPBACK, *PRIVATE]):
            target = f"http://{spelling}:{trap.port}/secret"
            fetch.open_port(target)  # so that it is not the port which saves us
            server.on(f"/{number}", redirect(target, status))
            error = failure(fetch, server.url(f"/{number}"))
            assert isinstance(error, RefusedAddress) or "no http or https address" in error.reason, spelling
            assert "pw" not in str(error)
    assert trap.requests == []
    assert set(connects) == {("127.0.0.1", server.port)}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_address_given_or_found_reaches_a_forbidden_one(
    trap: FaultServer, connects: list[tuple[str, int]], scheme: str
) -> None:
    with fetcher() as fetch:
        for spelling in [*LOOPBACK, *PRIVATE]:
            for crawl in (False, True):
                assert isinstance(failure(fetch, f"{scheme}://{spelling}:{trap.port}/", crawl=crawl), RefusedAddress)
    assert trap.requests == []
    assert connects == []


@pytest.mark.parametrize("target", SCHEMES)
def test_no_other_scheme_is_followed(server: FaultServer, connects: list[tuple[str, int]], target: str) -> None:
    server.on("/a", redirect(target))
    with fetcher(server, resolver=Answers(["127.0.0.1"])) as fetch:
        for url in (server.url("/a"), target):
            error = failure(fetch, url)
            assert error.page is None
            assert "root:" not in str(error)
    assert set(connects) <= {("127.0.0.1", server.port)}


def test_only_the_ports_of_the_web_are_open_unless_a_person_names_another(
    server: FaultServer, connects: list[tuple[str, int]]
) -> None:
    with fetcher(allow=("127.0.0.0/8",)) as fetch:
        for port in (22, 25, 3306, 6379, 11211):
            server.on("/a", redirect(f"http://127.0.0.1:{port}/"))
            error = failure(fetch, server.url("/a"))
            assert isinstance(error, RefusedAddress)
            assert f"port {port}" in error.reason
        assert isinstance(failure(fetch, "http://127.0.0.1:6379/", crawl=True), RefusedAddress)
    assert set(connects) == {("127.0.0.1", server.port)}


# --- 16: other channels ---


def test_nothing_that_a_page_names_is_fetched_with_it(server: FaultServer, trap: FaultServer) -> None:
    target = trap.url("/secret")
    server.on(
        "/page",
        page(
            f'<base href="{target}"><link rel="canonical" href="{target}"><link rel="amphtml" href="{target}">'
            f'<link rel="next" href="{target}"><link rel="alternate" type="application/rss+xml" href="{target}">'
            f'<meta property="og:url" content="{target}"><img src="{target}"><iframe src="{target}"></iframe>'
            f'<a href="{target}">x</a>',
            "200 OK",
            f"Link: <{target}>; rel=preload",
            f"Refresh: 0; url={target}",
            f"Content-Location: {target}",
        ),
    )
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/page")).url == server.url("/page")
    assert server.paths() == ["/page"]
    assert trap.requests == []


def test_a_meta_refresh_meets_the_same_policy(server: FaultServer, trap: FaultServer) -> None:
    server.on("/page", page(f'<meta http-equiv="refresh" content="0; url={trap.url("/secret")}">'))
    with fetcher(server) as fetch:
        fetch.open_port(trap.url())
        assert isinstance(failure(fetch, server.url("/page")), RefusedAddress)
    assert trap.requests == []


@pytest.mark.parametrize("kind", ["page", "feed"])
def test_found_links_feeds_and_sitemaps_meet_the_same_policy(trap: FaultServer, kind: str) -> None:
    with fetcher() as fetch:
        fetch.open_port(trap.url())
        assert isinstance(failure(fetch, trap.url("/feed.xml"), kind=kind, crawl=True), RefusedAddress)
    assert trap.requests == []


def test_a_redirect_of_robots_txt_meets_the_same_policy(server: FaultServer, trap: FaultServer) -> None:
    server.on("/robots.txt", redirect(trap.url("/secret")))
    with fetcher(server) as fetch:
        fetch.open_port(trap.url())
        failure(fetch, server.url("/page"), crawl=True)
    assert server.paths() == ["/robots.txt"]
    assert trap.requests == []


# --- 17: names whose answers change; 127.0.0.2 plays the public address ---


@pytest.fixture
def public(trap: FaultServer) -> Iterator[FaultServer]:
    """A server at another address, on the port of the trap."""
    try:
        server = FaultServer(host="127.0.0.2", port=trap.port)
        server.__enter__()
    except OSError:
        pytest.skip("this system has no 127.0.0.2")
    server.on("/page", page(ARTICLE))
    yield server
    server.__exit__(None, None, None)


class Answers:
    """A resolver that gives these answers in turn, the last one for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    def __call__(self, host: str, port: int) -> list[str]:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def test_the_connection_goes_to_the_address_that_was_checked(
    public: FaultServer, trap: FaultServer, connects: list[tuple[str, int]]
) -> None:
    resolver = Answers(["127.0.0.2"], ["127.0.0.1"])
    url = f"http://rebinding.test:{trap.port}/page"
    with fetcher(allow=("127.0.0.2/32",), resolver=resolver) as fetch:
        assert fetch.fetch(url).content == ARTICLE.encode()
        assert isinstance(failure(fetch, url), RefusedAddress)
    assert trap.requests == []
    assert connects == [("127.0.0.2", trap.port)]


def test_a_name_that_is_rebound_between_two_tries_is_checked_again(public: FaultServer, trap: FaultServer) -> None:
    public.on("/page", page("", "503 Busy"))
    resolver = Answers(["127.0.0.2"], ["127.0.0.1"])
    with fetcher(allow=("127.0.0.2/32",), resolver=resolver) as fetch:
        assert isinstance(failure(fetch, f"http://rebinding.test:{trap.port}/page"), RefusedAddress)
    assert trap.requests == []


@pytest.mark.parametrize("answer", [["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"], ["::1", "127.0.0.2"]])
def test_of_a_mixed_answer_only_what_is_permitted_is_used(
    public: FaultServer, trap: FaultServer, connects: list[tuple[str, int]], answer: list[str]
) -> None:
    with fetcher(allow=("127.0.0.2/32",), resolver=Answers(answer)) as fetch:
        assert fetch.fetch(f"http://mixed.test:{trap.port}/page").content == ARTICLE.encode()
    assert trap.requests == []
    assert set(connects) == {("127.0.0.2", trap.port)}


@pytest.mark.parametrize(
    "answer",
    [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::1",
        "fe80::1%lo",
        "0.0.0.0",
        "::",
    ],
)
def test_a_name_with_a_forbidden_answer_is_refused(connects: list[tuple[str, int]], answer: str) -> None:
    with fetcher(resolver=Answers([answer])) as fetch:
        error = failure(fetch, "http://private.test/")
    assert isinstance(error, RefusedAddress)
    assert answer in error.reason
    assert connects == []


# --- the policy itself ---


@given(st.ip_addresses(v=4))
def test_no_wrapping_of_any_ipv4_address_is_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    assert not is_public(ipaddress.IPv6Address((0xFFFF << 32) | number))
    assert not is_public(ipaddress.IPv6Address(number))
    assert not is_public(ipaddress.IPv6Address((0x64FF9B << 96) | number))
    assert not is_public(ipaddress.IPv6Address((0x2002 << 112) | (number << 80)))
    assert not is_public(ipaddress.IPv6Address((0x20010000 << 96) | (number ^ 0xFFFFFFFF)))


@given(st.ip_addresses())
def test_what_python_calls_not_global_is_never_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    assert not is_public(address) or (address.is_global and not address.is_multicast)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::6810:85e5", "2a00:1450:4001::200e"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_an_allowed_nat64_network_still_leads_to_public_addresses_only() -> None:
    policy = AddressPolicy(["64:ff9b::/96"])
    assert policy.checked("a.test", 80, ["64:ff9b::808:808"]) == ["64:ff9b::808:808"]
    with pytest.raises(Refusal):
        policy.checked("a.test", 80, ["64:ff9b::7f00:1"])


def test_an_allowed_endpoint_opens_nothing_else() -> None:
    policy = AddressPolicy(["home.test:8000"])
    assert policy.checked("home.test", 8000, ["192.168.1.5"]) == ["192.168.1.5"]
    for host, port in (("home.test", 80), ("other.test", 8000)):
        with pytest.raises(Refusal):
            policy.checked(host, port, ["192.168.1.5"])


@pytest.mark.parametrize(
    ("text", "exception"),
    [
        ("localhost:8000", Endpoint("localhost", 8000)),
        ("LOCALHOST:80", Endpoint("localhost", 80)),
        ("[::1]:8000", Endpoint("::1", 8000)),
        ("127.0.0.0/8", ipaddress.ip_network("127.0.0.0/8")),
        ("fd00::/8", ipaddress.ip_network("fd00::/8")),
    ],
)
def test_exceptions_are_read(text: str, exception: object) -> None:
    assert parse_exception(text) == exception


@pytest.mark.parametrize(
    "text", ["", "localhost", "host:", "host:99999", "host:x", "::1", "1.2.3.4/99", "http://a:80", "[::1]"]
)
def test_an_exception_that_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(RuleError):
        parse_exception(text)


def test_a_resolver_that_hangs_is_left_behind() -> None:
    released = threading.Event()

    def resolver(host: str, port: int) -> list[str]:
        released.wait(5)
        return []

    with pytest.raises(Fault, match="no answer to the question"):
        resolve_within(resolver, "slow.test", 80, 0.05, threading.Event())
    released.set()


def test_a_name_that_is_not_known_is_not_tried_again() -> None:
    calls = []

    def resolver(host: str, port: int) -> list[str]:
        calls.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with fetcher(resolver=resolver) as fetch:
        assert failure(fetch, "http://nowhere.test/").reason == "host name nowhere.test not found"
    assert calls == ["nowhere.test"]


# --- 18: the environment, and proxies ---


def test_the_environment_is_ignored(
    server: FaultServer, trap: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login user password secret\n")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, trap.url())
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    server.on("/page", page(ARTICLE))
    with fetcher(server) as fetch:
        assert fetch.fetch(server.url("/page")).content == ARTICLE.encode()
    assert trap.requests == []
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize("given_by", ["option", "environment"])
def test_an_ordered_proxy_is_used_and_recorded_without_its_password(
    trap: FaultServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, given_by: str
) -> None:
    proxy = f"http://user:hunter2@{trap.endpoint}"
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.setenv("no_proxy", "example.net")
    changes = {"proxy": proxy} if given_by == "option" else {"trust_environment": True}
    with caplog.at_level(logging.WARNING), fetcher(**changes) as fetch:
        got = fetch.fetch("http://example.org/page?x=1")
        assert isinstance(failure(fetch, "http://127.0.0.1/"), RefusedAddress)
        assert isinstance(failure(fetch, "http://2130706433/"), RefusedAddress)
    assert [request.path for request in trap.requests] == ["http://example.org/page?x=1"]
    assert trap.requests[0].headers["host"] == "example.org"
    assert trap.requests[0].headers["proxy-authorization"].startswith("Basic ")
    assert dict(got.conditions)["proxy"] == f"http://{trap.endpoint}"
    assert "hunter2" not in repr(got) + caplog.text
    assert "address policy does not apply" in caplog.text


def test_a_proxy_that_denies_a_tunnel_gives_a_failure_and_no_secret_in_it(trap: FaultServer) -> None:
    trap.on("example.org:443", page("no", "403 Forbidden"))
    with fetcher(proxy=f"http://user:hunter2@{trap.endpoint}") as fetch:
        error = failure(fetch, "https://example.org/")
    assert "Tunnel connection failed: 403" in error.reason
    assert "hunter2" not in repr(error)


def _tunnel(listener: socket.socket, port: int) -> None:
    """Play a proxy for one CONNECT: whatever is asked for, lead to a port of this machine."""
    with suppress(OSError):
        client, _ = listener.accept()
        with client, socket.create_connection(("127.0.0.1", port)) as origin:
            client.recv(65536)
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_relay, args=(origin, client))
            back.start()
            _relay(client, origin)
            back.join(5)


def _relay(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)


def test_https_goes_through_the_tunnel_of_a_proxy_and_is_verified() -> None:
    with FaultServer(certificate=TLS / "server.pem") as origin, socket.create_server(("127.0.0.1", 0)) as listener:
        origin.on("/page", page(ARTICLE))
        thread = threading.Thread(target=_tunnel, args=(listener, origin.port))
        thread.start()
        proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with fetcher(proxy=proxy, authorities=TLS / "ca.pem", limits=replace(QUICK, read=2)) as fetch:
            got = fetch.fetch(f"https://site.test:{origin.port}/page")
        thread.join(5)
    assert got.content == ARTICLE.encode()
    assert dict(got.conditions)["certificate_sha256"]


def test_by_default_a_connection_may_take_ten_seconds() -> None:
    assert Limits().connect == 10
