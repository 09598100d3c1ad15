"""The crawl on loopback: what is found, kept, revisited, lost; and that nothing is lost when it is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newsarchive.archive import Archive
from newsarchive.configuration import FetchSettings, Limits
from newsarchive.crawler.backwards import backwards
from newsarchive.crawler.joining import Survey, keep, survey
from newsarchive.crawler.readers import Readers
from newsarchive.crawler.run import Bounds, Summary, crawl
from newsarchive.discovery import Listing
from newsarchive.fetcher import Fetcher
from newsarchive.models import Page, Reading
from tests.fault_server import FaultServer, page, redirect
from tests.newsroom import article, front, newsroom
from tests.test_cli import PROGRAM

KILLS = int(os.environ.get("NEWSARCHIVE_KILLS", "25"))


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as opened:
        yield opened


def settings(server: FaultServer) -> FetchSettings:
    """No gap between requests: that politeness is kept is shown where the fetcher is tested."""
    return FetchSettings(allow=(server.endpoint,), delay=0)


def look(server: FaultServer) -> Survey:
    with Readers(1) as readers, Fetcher(settings(server)) as fetcher:
        return survey(server.url("/"), fetcher=fetcher, readers=readers)


def run(archive: Archive, server: FaultServer, **options: Any) -> Summary:
    bounds = Bounds(**{name: options.pop(name) for name in ("visits", "seconds") if name in options})
    return crawl(archive, settings(server), bounds=bounds, readers=1, **options)


def make_due(archive: Archive) -> None:
    """Let so much time pass that everything that is to be visited again is due."""
    archive.db.execute("UPDATE queue SET next_try_at = '2000-01-01T00:00:00Z' WHERE next_try_at IS NOT NULL")


def column(archive: Archive, query: str) -> list[Any]:
    return [row[0] for row in archive.db.execute(query)]


def test_a_site_is_looked_at_and_its_feed_and_pages_are_shown(server: FaultServer) -> None:
    newsroom(server, range(1, 4))
    found = look(server)
    assert (found.outlet, found.host) == ("صدى الوادي", "127.0.0.1")
    assert [(offer.kind, offer.addresses) for offer in found.offers] == [("page", 3), ("feed", 3)]


def test_a_crawl_stores_what_a_feed_offers_and_then_nothing_is_due(archive: Archive, server: FaultServer) -> None:
    newsroom(server, range(1, 6))
    keep(look(server), archive=archive)
    assert run(archive, server).outcomes["stored"] == 5
    asked = len(server.requests)
    assert run(archive, server).outcomes.total() == 0
    assert len(server.requests) == asked
    assert archive.search("المكتبة العامة")


def test_unchanged_articles_add_nothing_and_a_changed_one_becomes_a_version(
    archive: Archive, server: FaultServer
) -> None:
    paths = newsroom(server, range(1, 4))
    keep(look(server), archive=archive)
    run(archive, server)
    before = archive.counts()
    server.on(paths[0], page(article(1, edit="ثم أُغلقت.")))
    make_due(archive)
    outcomes = run(archive, server).outcomes
    assert (outcomes["changed"], outcomes["unchanged"]) == (1, 2)
    after = archive.counts()
    assert {name: after[name] - before[name] for name in ("articles", "versions", "captures")} == {
        "articles": 0,
        "versions": 1,
        "captures": 1,
    }


def test_a_feed_with_news_is_asked_again_soon_and_one_that_repeats_itself_later(
    archive: Archive, server: FaultServer
) -> None:
    wait = "SELECT unixepoch(next_try_at) - unixepoch('now') FROM queue WHERE kind = 'feed'"
    newsroom(server, [1])
    server.on("/", page(front([])))
    keep(look(server), archive=archive)
    run(archive, server)
    assert column(archive, wait)[0] == pytest.approx(600, abs=20)
    archive.db.execute("UPDATE queue SET last_new_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-8 hours')")
    make_due(archive)
    run(archive, server)
    assert column(archive, wait)[0] == pytest.approx(4 * 3600, abs=20)


def test_validators_are_sent_back_and_304_costs_nothing(archive: Archive, server: FaultServer) -> None:
    (path,) = newsroom(server, [1])
    server.on(path, page(article(1), "200 OK", 'ETag: W/"ab"'), page(b"", "304 Not Modified"))
    keep(look(server), archive=archive)
    run(archive, server)
    make_due(archive)
    assert run(archive, server).outcomes["unchanged"] == 1
    sent = [request.headers.get("if-none-match") for request in server.requests if request.path == path]
    assert sent == [None, 'W/"ab"']
    assert archive.counts()["captures"] == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"gone", "404 Not Found"), "HTTP 404"),
        (page(b"gone", "410 Gone"), "HTTP 410"),
        (redirect("/"), "front page"),
        (page("<html><head><title>الصفحة غير موجودة</title></head><body><h1>404</h1></body></html>"), "soft 404"),
    ],
    ids=["404", "410", "redirect to the front page", "soft 404"],
)
def test_a_removed_article_is_marked_gone_beside_its_last_good_copy(
    archive: Archive, server: FaultServer, answer: Any, reason: str
) -> None:
    (path,) = newsroom(server, [1])
    keep(look(server), archive=archive)
    run(archive, server)
    server.on(path, answer)
    make_due(archive)
    assert run(archive, server).outcomes["gone"] == 1
    assert reason in column(archive, "SELECT gone_reason FROM articles WHERE gone_at IS NOT NULL")[0]
    assert archive.article(1).article.headline == "افتتاح المكتبة رقم 1"


def test_a_removed_article_that_is_fetched_again_is_there_again(archive: Archive, server: FaultServer) -> None:
    newsroom(server, [1])
    keep(look(server), archive=archive)
    run(archive, server)
    archive.db.execute("UPDATE articles SET gone_at = '2024-01-01T00:00:00Z'")
    make_due(archive)
    run(archive, server)
    assert column(archive, "SELECT gone_at FROM articles") == [None]


def test_one_broken_article_does_not_stop_the_others_and_is_tried_again(archive: Archive, server: FaultServer) -> None:
    paths = newsroom(server, range(1, 4))
    server.on(paths[1], page(b"", "500 Internal Server Error"))
    keep(look(server), archive=archive)
    once = FetchSettings(allow=(server.endpoint,), delay=0, limits=Limits(tries=1))
    summary = crawl(archive, once, bounds=Bounds(), readers=1)
    assert (summary.outcomes["stored"], summary.outcomes["failed"]) == (2, 1)
    assert column(archive, "SELECT last_error FROM queue WHERE attempts = 1") == ["HTTP 500"]


def test_robots_are_obeyed_and_the_reason_is_kept(archive: Archive, server: FaultServer) -> None:
    newsroom(server, range(1, 4))
    found = look(server)
    server.on("/robots.txt", page("User-agent: *\nDisallow: /news/", kind="text/plain"))
    keep(found, archive=archive)
    summary = run(archive, server)
    assert summary.outcomes["stored"] == 0
    assert not [path for path in server.paths() if path.startswith("/news/")]
    assert "robots.txt" in column(archive, "SELECT last_error FROM queue WHERE kind = 'article'")[0]


def test_related_links_are_followed_only_as_deep_as_asked(archive: Archive, server: FaultServer) -> None:
    (path,) = newsroom(server, [1])
    chain = [path, *(f"/news/2024/{number}/chain" for number in range(100, 104))]
    for number, (here, following) in enumerate(pairwise(chain)):
        server.on(here, page(article(number, links=[following])))
    keep(look(server), archive=archive)
    run(archive, server, follow_related=2)
    assert chain[2] in server.paths()
    assert chain[3] not in server.paths()


def test_an_endless_archive_read_backwards_ends_when_it_gives_nothing_new(
    archive: Archive, server: FaultServer
) -> None:
    paths = newsroom(server, range(1, 4))
    site = keep(look(server), archive=archive)
    run(archive, server)

    def section(number: int) -> bytes:
        links = "".join(f'<a href="{path}?utm_source={number}">خبر</a>' for path in paths)
        return f'<html><body>{links}<a rel="next" href="/section?page={number + 1}">التالي</a></body></html>'.encode()

    for number in range(1, 50):
        server.on(f"/section?page={number}", page(section(number)))
    backwards(site, archive=archive, since="2015", ways={"section"}, sections=(server.url("/section?page=1"),))
    run(archive, server)
    assert [path for path in server.paths() if path.startswith("/section")] == ["/section?page=1"]


def test_old_articles_are_fetched_behind_new_ones_and_a_feed_goes_on_afterwards(
    archive: Archive, server: FaultServer
) -> None:
    newsroom(server, [1])
    site = keep(look(server), archive=archive)
    old = "/news/2016/77/old-story-of-the-library"
    server.on("/archive", page(front([old])))
    server.on(old, page(article(77)))
    backwards(site, archive=archive, since="2015", ways={"section"}, sections=(server.url("/archive"),))
    assert run(archive, server).outcomes["stored"] == 2
    assert server.paths().index(old) > server.paths().index("/feed.xml")
    make_due(archive)
    assert run(archive, server).outcomes["listed"] == 2


def test_a_run_ends_at_its_bounds_and_the_next_goes_on(archive: Archive, server: FaultServer) -> None:
    newsroom(server, range(1, 9))
    keep(look(server), archive=archive)
    run(archive, server, visits=4)
    run(archive, server, seconds=0)
    assert archive.counts()["articles"] == 2
    run(archive, server)
    assert archive.counts()["articles"] == 8


def test_what_was_forgotten_is_not_fetched_again(archive: Archive, server: FaultServer) -> None:
    paths = newsroom(server, range(1, 3))
    keep(look(server), archive=archive)
    run(archive, server)
    archive.forget(server.url(paths[0]), reason="asked")
    make_due(archive)
    run(archive, server)
    assert archive.counts()["articles"] == 1


def crash(served: Page, *, as_listing: bool) -> Reading | Listing:
    os.abort()


def test_a_page_that_crashes_its_reader_is_refused_with_the_reason() -> None:
    served = Page(
        requested_url="https://a.example/", url="https://a.example/", content=b"", fetched_at=datetime.now(UTC)
    )
    with Readers(1, crash) as readers:
        assert "SIGABRT" in (readers.reading(served).refusal or "")


# --- the process ---


def command(*arguments: str, db: Path) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *arguments, "--db", str(db)]


@pytest.fixture
def joined(tmp_path: Path, server: FaultServer) -> Path:
    """An archive with a site of 400 articles."""
    newsroom(server, range(1, 401))
    db = tmp_path / "archive.db"
    with Archive(db) as opened:
        keep(look(server), archive=opened)
    return db


def acknowledged(log: Path) -> set[str]:
    """The addresses of articles that the crawl has said to be stored or changed."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    entries = [json.loads(line) for line in lines if line.endswith("}")]
    return {entry["url"] for entry in entries if entry["outcome"] in {"stored", "changed"}}


def check_sound(db: Path) -> None:
    with sqlite3.connect(db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        without_raw = connection.execute(
            """
            SELECT count(*) FROM versions JOIN captures ON captures.id = versions.capture_id
            WHERE captures.digest NOT IN (SELECT digest FROM raw)
            """
        ).fetchone()[0]
        assert without_raw == 0
    connection.close()


@pytest.mark.slow
def test_a_crawl_killed_at_any_moment_loses_nothing_it_acknowledged(
    joined: Path, server: FaultServer, tmp_path: Path
) -> None:
    log = tmp_path / "crawl.log"
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    arguments = ("crawl", "--allow", server.endpoint, "--log", str(log), "--log-json")
    environment = {**os.environ, "NEWSARCHIVE_DELAY": "0"}
    for _ in range(KILLS):
        process = subprocess.Popen(
            command(*arguments, db=joined), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        time.sleep(chance.uniform(0.3, 2.0))
        process.kill()
        process.wait()
        check_sound(joined)
        with Archive(joined, readonly=True) as archive:
            stored = {found.article.url for found in archive.articles()}
        assert acknowledged(log) <= stored, f"seed {seed}"
    with Archive(joined) as archive:
        make_due(archive)
        run(archive, server)
        assert archive.counts()["articles"] == len({found.article.url for found in archive.articles()}) == 400


@pytest.mark.slow
def test_of_eight_crawls_on_one_archive_one_works_and_the_others_leave_at_once(
    joined: Path, server: FaultServer
) -> None:
    server.requests.clear()
    arguments = ("crawl", "--allow", server.endpoint, "--max-time", "6", "--quiet")
    processes = [
        subprocess.Popen(command(*arguments, db=joined), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(8)
    ]
    results = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert sorted(code for *_, code in results) == [0] + [3] * 7
    for _, err, code in results:
        assert b"Traceback" not in err
        assert err.count(b"\n") == (1 if code == 3 else 0)
    check_sound(joined)
    assert min(server.gaps()) >= 0.9
    assert server.most_at_once <= 2


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_crawl_within_five_seconds_with_everything_kept(
    joined: Path, server: FaultServer, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    log = tmp_path / "crawl.log"
    process = subprocess.Popen(
        command("crawl", "--allow", server.endpoint, "--log", str(log), "--log-json", db=joined),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 20
    while not acknowledged(log) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(sent)
    _, err = process.communicate(timeout=5)
    assert process.returncode == code
    assert b"Traceback" not in err
    check_sound(joined)
    with Archive(joined) as archive:
        assert acknowledged(log) <= {found.article.url for found in archive.articles()}


def test_the_lists_of_a_site_can_be_shown_paused_and_removed(joined: Path, server: FaultServer) -> None:
    def said(*arguments: str) -> str:
        done = subprocess.run(command(*arguments, db=joined), capture_output=True, text=True, check=True)
        return done.stdout

    assert "صدى الوادي" in said("sites", "list")
    assert "/feed.xml" in said("sites", "show", "127.0.0.1")
    assert "paused" in said("sites", "pause", "127.0.0.1")
    before = len(server.requests)
    said("crawl", "--allow", server.endpoint)
    assert len(server.requests) == before
    said("sites", "remove", "127.0.0.1")
    assert json.loads(said("sites", "list", "--json")) == []


def test_a_feed_that_gives_no_addresses_is_told_as_an_error(archive: Archive, server: FaultServer) -> None:
    newsroom(server, [1])
    keep(look(server), archive=archive)
    server.on("/feed.xml", page(b"", kind="text/html"))
    run(archive, server)
    assert "no addresses" in column(archive, "SELECT last_error FROM queue WHERE kind = 'feed'")[0]
