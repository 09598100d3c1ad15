"""The Wayback Machine's copies, against a stand-in on loopback that answers as its interfaces are documented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from newsarchive.errors import FetchError, RefusedAddress
from newsarchive.fetcher.wayback import fetch_archived, is_gone
from tests.fault_server import FaultServer, Request, Step, page, redirect
from tests.fetching import ARTICLE, FakeClock, failure, fetcher

LOST = "https://lost.example/2017/04/26/%D8%AE%D8%A8%D8%B1/?p=1"
REPLAY = f"/web/20170426101500id_/{LOST}"


def available(timestamp: str | None, status: str = "200") -> list[Step]:
    closest = {"available": True, "url": f"http://archive/web/{timestamp}/x", "timestamp": timestamp, "status": status}
    snapshots = {"closest": closest} if timestamp else {}
    return page(json.dumps({"url": LOST, "archived_snapshots": snapshots}), kind="application/json")


def listed(*rows: list[str]) -> list[Step]:
    return page(json.dumps([["timestamp", "original"], *rows] if rows else []), kind="application/json")


@pytest.fixture
def machine() -> Iterator[FaultServer]:
    with FaultServer() as machine:
        machine.on("/wayback/available", available("20170426101500"))
        machine.on("/cdx/search/cdx", listed())
        machine.on(urlsplit(REPLAY).path, page(ARTICLE, "200 OK", "Memento-Datetime: Wed, 26 Apr 2017 10:15:00 GMT"))
        yield machine


def test_a_lost_page_comes_from_the_archive_under_its_own_address_and_time(machine: FaultServer) -> None:
    clock = FakeClock()
    with fetcher(machine, clock=clock) as fetch:
        got = fetch_archived(fetch, LOST, base=machine.url("/"))
    assert got.content == ARTICLE.encode()
    assert (got.requested_url, got.url) == (LOST, LOST)
    assert got.fetched_at == datetime(2017, 4, 26, 10, 15, tzinfo=UTC)
    conditions = dict(got.conditions)
    assert conditions["archived_from"] == machine.url(REPLAY)
    assert conditions["retrieved_at"] == clock.now().isoformat()
    question = parse_qs(urlsplit(machine.requests[0].path).query)
    assert question == {"url": [LOST]}
    assert machine.paths()[1:] == [REPLAY]


@pytest.mark.parametrize(
    "script",
    [
        available(None),
        available("20170426101500", status="404"),
        available("2017"),
        available("99999999999999"),
        page("", "503 Busy"),
        page("<html>", kind="text/html"),
        page("[" * 100_000, kind="application/json"),
        page('{"archived_snapshots": []}', kind="application/json"),
        page('"x"', kind="application/json"),
    ],
)
def test_where_the_short_index_knows_nothing_the_full_one_is_asked(machine: FaultServer, script: list[Step]) -> None:
    machine.on("/wayback/available", script)
    machine.on("/cdx/search/cdx", listed(["20170426101500", LOST]))
    with fetcher(machine) as fetch:
        assert fetch_archived(fetch, LOST, base=machine.url("")).content == ARTICLE.encode()
    question = parse_qs(urlsplit(machine.requests[-2].path).query)
    assert question["url"] == [LOST]
    assert question["filter"] == ["statuscode:200"]
    assert question["limit"] == ["-1"]


@pytest.mark.parametrize(
    "script",
    [
        listed(),
        listed(["x", LOST]),
        page("[[1],[2]]", kind="application/json"),
        page("[1,2]", kind="application/json"),
        page("{}", kind="application/json"),
    ],
)
def test_a_page_of_which_there_is_no_copy_is_an_error(machine: FaultServer, script: list[Step]) -> None:
    machine.on("/wayback/available", available(None))
    machine.on("/cdx/search/cdx", script)
    with fetcher(machine) as fetch, pytest.raises(FetchError, match="not in the web archive either"):
        fetch_archived(fetch, LOST, base=machine.url(""))


def test_a_redirect_inside_the_archive_gives_the_copy_it_leads_to(machine: FaultServer) -> None:
    target = "/web/20180101000000id_/https://lost.example/moved"
    machine.on(urlsplit(REPLAY).path, redirect(target))
    machine.on(target, page(ARTICLE))
    with fetcher(machine) as fetch:
        got = fetch_archived(fetch, LOST, base=machine.url(""))
    assert got.url == "https://lost.example/moved"
    assert got.fetched_at == datetime(2018, 1, 1, tzinfo=UTC)


def test_nothing_but_a_copy_is_taken_for_one(machine: FaultServer) -> None:
    machine.on(urlsplit(REPLAY).path, redirect("/about"))
    machine.on("/about", page("<p>about us</p>"))
    with fetcher(machine) as fetch, pytest.raises(FetchError, match="which is no copy"):
        fetch_archived(fetch, LOST, base=machine.url(""))


def test_a_refresh_inside_a_copy_does_not_lead_out_of_the_archive(machine: FaultServer) -> None:
    copy = '<meta http-equiv="refresh" content="0; url=http://127.0.0.1/">'
    machine.on(urlsplit(REPLAY).path, page(copy))
    with fetcher(machine) as fetch:
        assert fetch_archived(fetch, LOST, base=machine.url("")).content == copy.encode()


def test_the_archive_meets_the_same_address_policy(machine: FaultServer) -> None:
    with fetcher() as fetch, pytest.raises(RefusedAddress):
        fetch_archived(fetch, LOST, base="http://127.0.0.1/")
    machine.on(urlsplit(REPLAY).path, redirect("http://169.254.169.254/web/20170426101500id_/http://x.example/"))
    with fetcher(machine) as fetch, pytest.raises(RefusedAddress):
        fetch_archived(fetch, LOST, base=machine.url(""))


def test_no_secret_of_an_address_goes_to_the_archive(machine: FaultServer) -> None:
    def answer(request: Request) -> list[Step]:
        assert "hunter2" not in request.path
        return available(None)

    machine.on("/wayback/available", answer)
    with fetcher(machine) as fetch, pytest.raises(FetchError):
        fetch_archived(fetch, "https://user:hunter2@lost.example/?access_token=hunter2", base=machine.url(""))
    assert all("hunter2" not in path for path in machine.paths())


@pytest.mark.parametrize(
    ("script", "gone"),
    [
        (page("", "404 Not Found"), True),
        (page("", "410 Gone"), True),
        (page("", "451 Law"), True),
        ([b"junk"], True),
        (page("", "403 Forbidden"), False),
        (page("", "503 Busy", "Retry-After: 9999"), False),
        (redirect("http://127.0.0.1:81/"), False),
    ],
)
def test_what_counts_as_gone(script: list[Step], gone: bool) -> None:
    with FaultServer() as server, fetcher(server) as fetch:
        server.on("/a", script)
        assert is_gone(failure(fetch, server.url("/a"))) is gone
