"""Whether a site still gives what it used to: the rules, the figures behind them, the commands health and stats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsarchive import cli
from newsarchive.archive import Archive
from newsarchive.cli.health import bar
from newsarchive.health import Complaint, Figures, Finding, Sample, cause_of, judge, plain_reason
from newsarchive.models import Article, Credit, Entry, HostState, Moment, Page, Paragraph, Reading

NOW = datetime(2024, 5, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = ("headline", "body", "date", "source", "section", "author", "legible text")


def sample(size: int, length: int = 1500, **missing: int) -> Sample:
    return Sample(lengths=(length,) * size, missing=dict.fromkeys(NAMES, 0) | missing)


SOUND = Figures(
    host="nahr.example",
    added_at=NOW - 100 * DAY,
    last_success_at=NOW - timedelta(minutes=5),
    due_at=NOW + timedelta(minutes=5),
    listings=3,
    daily=(12,) * 35,
    stored=(84, 336),
    newest=sample(20),
    before=sample(100),
)
FORBIDDEN = (Complaint(reason="HTTP 403", count=30, of_listing=False),)
LOGIN = (Complaint(reason="login", count=40, of_listing=False),)


def test_a_site_that_gives_what_it_used_to_is_sound() -> None:
    assert judge(SOUND, now=NOW) == Finding(state="sound", usual_day=12, usual_week=84, figures=SOUND)


@pytest.mark.parametrize(
    ("figures", "cause", "text"),
    [
        (
            replace(SOUND, due_at=NOW - 2 * DAY),
            "not visited",
            "not visited since 2024-05-18 12:00 UTC, when it was due: `newsarchive crawl` must run",
        ),
        (
            replace(
                SOUND,
                failing=3,
                stubborn=3,
                complaints=(Complaint(reason="robots.txt does not allow it", count=3, of_listing=True),),
            ),
            "robots",
            "none of its feeds, sitemaps and pages can be read: robots.txt does not allow it (3 times)",
        ),
        (
            replace(
                SOUND,
                left_alone_until=NOW + 2 * DAY,
                left_alone_since="HTTP 429",
                last_success_at=NOW - 4 * DAY,
                due_at=NOW - 2 * DAY,
            ),
            "blocked",
            "its host is left alone until 2024-05-22 12:00 UTC: HTTP 429",
        ),
        (
            replace(SOUND, listings=0),
            "no links",
            "there is no feed, sitemap or page left that is looked at for articles",
        ),
        (
            replace(SOUND, added_at=NOW - 2 * DAY, daily=(0,) * 35, newest=sample(0), before=sample(0)),
            "no links",
            "no article since it was added: its listings are read, but offer no new address",
        ),
        (
            replace(SOUND, daily=(0,) + (12,) * 34, complaints=FORBIDDEN),
            "blocked",
            "nothing new in a day, 12 are usual: HTTP 403 (30 times)",
        ),
        (
            replace(SOUND, daily=(0,) * 7 + (1,) * 28),
            "no links",
            "nothing new in a week, 7 are usual: its listings are read, but offer no new address",
        ),
        (
            replace(SOUND, daily=(1,) * 7 + (9,) * 28),
            "no links",
            "7 new in a week, 63 are usual: its listings are read, but offer no new address",
        ),
        (
            replace(SOUND, stored=(3, 330), refused=(40, 6), complaints=LOGIN),
            "paywall",
            "40 of 43 pages in a week are no articles: login (40 times)",
        ),
        (
            replace(SOUND, newest=sample(20, date=19), before=sample(100, date=2)),
            "changed pages",
            "no date in 19 of the newest 20 articles; before, 2% had none",
        ),
        (
            replace(SOUND, newest=sample(6, body=6), before=sample(12)),
            "changed pages",
            "no body in 6 of the newest 6 articles; before, 0% had none",
        ),
        (
            replace(SOUND, newest=sample(20, **{"legible text": 15})),
            "encoding",
            "no legible text in 15 of the newest 20 articles; before, 0% had none",
        ),
        (
            replace(SOUND, newest=sample(20, 140)),
            "changed pages",
            "bodies are too short: 140 characters in the newest 20 articles, 1,500 before",
        ),
        (
            replace(SOUND, newest=sample(20, 9000)),
            "changed pages",
            "bodies are too long: 9,000 characters in the newest 20 articles, 1,500 before",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_site_that_has_gone_wrong_is_found_with_its_cause(figures: Figures, cause: str, text: str) -> None:
    (problem,) = judge(figures, now=NOW).problems
    assert (problem.cause, problem.text) == (cause, text)


@pytest.mark.parametrize(
    "figures",
    [
        replace(SOUND, failing=3, stubborn=2, complaints=(Complaint(reason="HTTP 500", count=3, of_listing=True),)),
        replace(SOUND, failing=2, stubborn=2, complaints=(Complaint(reason="HTTP 404", count=2, of_listing=True),)),
        replace(SOUND, left_alone_until=NOW + timedelta(minutes=1), last_success_at=NOW - 4 * DAY),
        replace(SOUND, daily=(0,) + (4,) * 34),
        replace(SOUND, daily=(0,) * 7 + (0, 1, 0, 0, 1, 0, 1) * 4),
        replace(SOUND, daily=(3,) * 7 + (300,) + (4,) * 27),
        replace(SOUND, daily=(5,) * 7 + (12,) * 28),
        replace(SOUND, stored=(0, 330), refused=(4, 0)),
        replace(SOUND, stored=(20, 100), refused=(40, 210)),
        replace(SOUND, newest=sample(4, date=4)),
        replace(SOUND, newest=sample(5, date=5), before=sample(9)),
        replace(SOUND, newest=sample(20, section=12), before=sample(100, section=45)),
        replace(SOUND, newest=sample(5, source=5), before=sample(100, source=60)),
        replace(SOUND, newest=replace(sample(20), lengths=(60,) * 14 + (1500,) * 6)),
        replace(SOUND, newest=sample(4, 10)),
    ],
    ids=[
        "all listings failed, but not three times in a row",
        "one listing still works",
        "a short pause that the host asked for",
        "a small site's day without news",
        "a site that publishes once in two days",
        "a backlog that came at once",
        "half of the usual",
        "four refused pages",
        "the refused pages were as many before",
        "four articles",
        "too few articles to compare with",
        "a section that was missing before",
        "chance: five without a source where most had none",
        "a night of one-line flashes",
        "four short bodies",
    ],
)
def test_what_chance_or_a_quiet_day_explains_raises_no_alarm(figures: Figures) -> None:
    assert judge(figures, now=NOW).problems == ()


def test_a_paused_site_is_not_judged() -> None:
    assert judge(replace(SOUND, paused_at=NOW - DAY, due_at=NOW - 9 * DAY), now=NOW).state == "paused"


def test_the_burst_of_the_first_day_is_not_taken_for_a_habit() -> None:
    young = replace(SOUND, added_at=NOW - 9 * DAY, daily=(0,) + (2,) * 7 + (80, 900))
    assert judge(young, now=NOW).usual_day == 2
    assert judge(replace(young, added_at=NOW - 3 * DAY), now=NOW).state == "new"


def test_thousands_of_refused_pages_are_counted_without_overflow() -> None:
    figures = replace(SOUND, stored=(100, 50_000), refused=(30_000, 500), complaints=FORBIDDEN)
    assert [problem.cause for problem in judge(figures, now=NOW).problems] == ["blocked"]


def test_a_finding_reads_as_one_line() -> None:
    figures = replace(SOUND, due_at=NOW - 2 * DAY)
    assert str(judge(figures, now=NOW)).startswith("nahr.example: not visited since 2024-05-18 12:00 UTC")
    assert str(judge(SOUND, now=NOW)) == "nahr.example: sound"


@pytest.mark.parametrize(
    ("reason", "of_article", "of_listing"),
    [
        ("robots.txt does not allow it", "robots", "robots"),
        ("HTTP 403", "blocked", "blocked"),
        ("HTTP 429", "blocked", "blocked"),
        ("challenge", "blocked", "blocked"),
        ("HTTP 402", "paywall", "paywall"),
        ("login", "paywall", "paywall"),
        ("charset not known", "encoding", "encoding"),
        ("content coding gzip is damaged", "network", "network"),
        ("HTTP 404", "not an article", "no links"),
        ("section", "not an article", "no links"),
        ("image/png is no page", "not an article", "no links"),
        ("offers no addresses: neither feed nor sitemap nor page", "not an article", "no links"),
        ("HTTP 503", "network", "network"),
        ("certificate not valid: expired", "network", "network"),
        ("no answer within 20 s", "network", "network"),
    ],
)
def test_errors_are_grouped_by_cause(reason: str, of_article: str, of_listing: str) -> None:
    assert (cause_of(reason, of_listing=False), cause_of(reason, of_listing=True)) == (of_article, of_listing)


def test_equal_errors_are_equal_without_address_and_time() -> None:
    reason = "at https://a.example/x: HTTP 429; not asked before 2024-05-20 10:00 UTC"
    assert plain_reason(reason) == "HTTP 429"


# --- the figures, from an archive ---


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def article(number: int, *, at: datetime, host: str = "nahr.example", **fields: Any) -> Article:
    return Article(
        url=f"https://{host}/news/{number}",
        headline=f"خبر {number}",
        published_at=Moment(value=at.date().isoformat(), precision="day", text="-"),
        body=(Paragraph(text=fields.pop("body", "نصّ الخبر كاملاً.")),),
        **fields,
    )


def save(archive: Archive, found: Article | None, *, at: datetime, url: str = "", refusal: str | None = None) -> None:
    address = found.url if found else url
    page = Page(
        requested_url=address,
        url=address,
        content=f"<p>{address} {at}</p>".encode() * 50,
        fetched_at=at,
        status=200,
    )
    reading = Reading(article=found, refusal=refusal, encoding="utf-8", encoding_reason="valid UTF-8")
    archive.save(page, reading, parser_version="1")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as opened:
        yield opened


def add_site(
    archive: Archive, host: str = "nahr.example", *, added_at: datetime, now: datetime = NOW, **feed: Any
) -> int:
    site = archive.crawling.add_site(host=host, url=f"https://{host}/", outlet="أخبار النهر")
    with archive.transaction() as db:
        db.execute("UPDATE sites SET added_at = :at WHERE id = :id", {"at": text(added_at), "id": site.id})
    known = {"next_try_at": text(now + timedelta(minutes=10)), "whole_at": text(now - timedelta(minutes=1))}
    archive.crawling.add([Entry(url=f"https://{host}/feed", kind="feed", site_id=site.id, **(known | feed))])
    return site.id


def test_new_articles_are_counted_by_spans_of_24_hours_and_old_ones_are_not_new(archive: Archive) -> None:
    add_site(archive, added_at=NOW - 90 * DAY)
    for number, hours in enumerate((1, 23, 25, 200), 1):
        at = NOW - timedelta(hours=hours)
        save(archive, article(number, at=at), at=at)
    save(archive, article(9, at=NOW - 400 * DAY), at=NOW - timedelta(hours=2))  # read backwards
    month = replace(article(10, at=NOW), published_at=Moment(value="2024-05", precision="month", text="-"))
    save(archive, month, at=NOW - timedelta(hours=3))
    (finding,) = archive.health(now=NOW)
    assert finding.figures.daily[:9] == (3, 1, 0, 0, 0, 0, 0, 0, 1)
    assert finding.figures.stored == (5, 1)


def test_the_newest_articles_are_compared_with_those_before(archive: Archive) -> None:
    add_site(archive, added_at=NOW - 90 * DAY)
    for number in range(1, 41):
        at = NOW - timedelta(hours=80 - number)
        found = article(number, at=at, body="نص" * 100 if number <= 20 else "نص\ufffd")
        save(archive, found if number <= 20 else replace(found, published_at=None), at=at)
    (finding,) = archive.health(now=NOW)
    assert (finding.figures.newest.size, finding.figures.newest.body_length) == (20, 3)
    assert (finding.figures.before.size, finding.figures.before.body_length) == (20, 200)
    assert finding.figures.newest.missing["date"] == 20
    assert finding.figures.before.missing["date"] == 0
    assert [problem.cause for problem in finding.problems] == ["changed pages", "encoding", "changed pages"]


def test_errors_of_the_queue_and_refused_pages_of_the_last_week_are_complaints(archive: Archive) -> None:
    site = add_site(archive, added_at=NOW - 90 * DAY, last_error="HTTP 403", attempts=3)
    later = text(NOW + DAY)
    refused = {"last_error": "challenge", "next_try_at": None, "visits": 1}
    entries: list[dict[str, Any]] = [
        {"last_error": "HTTP 403; not asked before 2024-05-21 10:00 UTC", "next_try_at": later},
        {"last_error": "at https://nahr.example/x: HTTP 403", "next_try_at": later},
        {"last_error": "HTTP 500", "next_try_at": None, "attempts": 8},  # given up, nobody knows when
        refused,
        refused,
    ]
    for number, entry in enumerate(entries):
        url = f"https://nahr.example/{number}"
        archive.crawling.add([Entry(url=url, kind="article", site_id=site, **entry)])
        if entry is refused:
            save(archive, None, at=NOW - (number + 1) * DAY * 2, url=url, refusal="challenge")
    (finding,) = archive.health(now=NOW)
    assert finding.figures.complaints == (
        Complaint(reason="HTTP 403", count=2, of_listing=False),
        Complaint(reason="HTTP 403", count=1, of_listing=True),
    )
    assert finding.figures.refused == (0, 2)
    assert (finding.figures.listings, finding.figures.failing, finding.figures.stubborn) == (1, 1, 1)
    (problem,) = finding.problems
    assert problem.cause == "blocked"


def test_a_new_site_whose_articles_are_all_forbidden_is_wrong_however_many_it_offers(archive: Archive) -> None:
    site = add_site(archive, added_at=NOW - 2 * DAY)
    forbidden: dict[str, Any] = {"last_error": "HTTP 403", "attempts": 2, "next_try_at": text(NOW + DAY)}
    archive.crawling.add(
        [Entry(url=f"https://nahr.example/{n}", kind="article", site_id=site, **forbidden) for n in range(9)]
    )
    (finding,) = archive.health(now=NOW)
    (problem,) = finding.problems
    assert (problem.cause, problem.text) == ("blocked", "no article since it was added: HTTP 403 (9 times)")
    archive.crawling.add([Entry(url="https://nahr.example/n", kind="article", site_id=site, next_try_at=text(NOW))])
    assert archive.health(now=NOW)[0].problems == ()  # there is one that may still be read


def test_a_finished_listing_of_reading_backwards_is_no_listing_any_more(archive: Archive) -> None:
    add_site(archive, added_at=NOW - 90 * DAY, next_try_at=None)
    (finding,) = archive.health(now=NOW)
    assert finding.figures.listings == 0
    assert finding.problems[0].cause == "no links"


def test_a_host_that_asked_to_be_left_alone_is_not_said_to_be_forgotten(archive: Archive) -> None:
    add_site(archive, added_at=NOW - 90 * DAY, next_try_at=text(NOW - 3 * DAY), whole_at=text(NOW - 5 * DAY))
    paused = HostState(host="nahr.example", paused_until=NOW + 2 * DAY, reason="HTTP 429", failures=5)
    archive.crawling.keep_memory([paused], [])
    (finding,) = archive.health(now=NOW)
    assert [problem.cause for problem in finding.problems] == ["blocked"]


def test_one_site_can_be_asked_for(archive: Archive) -> None:
    add_site(archive, added_at=NOW)
    add_site(archive, "barq.example", added_at=NOW)
    assert [finding.figures.host for finding in archive.health(now=NOW)] == ["barq.example", "nahr.example"]
    assert [finding.figures.host for finding in archive.health(now=NOW, host="nahr.example")] == ["nahr.example"]


# --- stats ---


def test_articles_and_bytes_are_counted_by_day_and_site(archive: Archive) -> None:
    save(archive, article(1, at=NOW), at=NOW)
    save(archive, article(2, at=NOW), at=NOW - 2 * DAY)
    save(archive, article(1, at=NOW, host="barq.example"), at=NOW - 2 * DAY)
    save(archive, None, at=NOW, url="https://www.barq.example/login", refusal="login")
    by_day = archive.tallies("day")
    assert [(tally.name, tally.articles) for tally in by_day] == [("2024-05-20", 1), ("2024-05-18", 2)]
    by_site = archive.tallies("site")
    assert [(tally.name, tally.articles) for tally in by_site] == [("nahr.example", 2), ("barq.example", 1)]
    packed = archive.db.execute("SELECT sum(length(content)) FROM raw").fetchone()[0]
    for tallies in (by_day, by_site):
        assert sum(tally.bytes or 0 for tally in tallies) == packed
    (today,) = archive.tallies("day", since=NOW - DAY, site="nahr.example")
    assert (today.articles, 0 < (today.bytes or 0) < packed) == (1, True)


def test_bytes_that_two_captures_share_are_counted_once(archive: Archive) -> None:
    page = Page(requested_url="https://a.example/1", url="https://a.example/1", content=b"<p>x</p>", fetched_at=NOW)
    reading = Reading(article=article(1, at=NOW), encoding="utf-8", encoding_reason="-")
    for later in (timedelta(0), DAY):
        archive.save(replace(page, fetched_at=NOW + later), reading, parser_version="1")
    packed = archive.db.execute("SELECT length(content) FROM raw").fetchone()[0]
    (tally,) = archive.tallies("day")
    assert (tally.name, tally.bytes) == ("2024-05-20", packed)


def test_an_article_counts_for_each_agency_that_it_credits_and_once_for_none(archive: Archive) -> None:
    several = (Credit(name="أ ف ب", agency="فرانس برس"), Credit(name="رويترز", agency="رويترز"))
    save(archive, article(1, at=NOW, credits=several, section="محليات"), at=NOW)
    save(archive, article(2, at=NOW, credits=(Credit(name="فرانس برس", agency="فرانس برس"),)), at=NOW)
    save(archive, article(3, at=NOW), at=NOW)
    found = {tally.name: (tally.articles, tally.bytes) for tally in archive.tallies("credit")}
    assert found == {"فرانس برس": (2, None), "رويترز": (1, None), None: (1, None)}
    assert {tally.name: tally.articles for tally in archive.tallies("section")} == {"محليات": 1, None: 2}


@pytest.mark.parametrize(
    ("share", "plain", "drawn"),
    [(0, False, ""), (1, False, "█" * 18), (1, True, "#" * 18), (0.5, False, "█" * 9), (0.0001, False, "▏"),
     (0.0001, True, "#"), (0.51, False, "█" * 9 + "▏")],
)  # fmt: skip
def test_a_bar_is_as_long_as_its_share_and_what_is_not_nothing_is_seen(share: float, plain: bool, drawn: str) -> None:
    assert bar(share, plain=plain) == drawn


# --- the commands ---


@pytest.fixture
def run(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run one command on the test's archive, which stays open beside it."""
    monkeypatch.setenv("NEWSARCHIVE_DB", str(archive.path))

    def run_command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.run(list(arguments))
        return code, *capsys.readouterr()

    return run_command


def test_health_is_0_where_all_is_sound_and_1_where_a_site_has_gone_wrong(archive: Archive, run: Any) -> None:
    now = datetime.now(UTC)
    add_site(archive, added_at=now - timedelta(hours=2), now=now)
    code, out, _ = run("health")
    assert (code, out.splitlines()[0]) == (0, "new     nahr.example  \u2068أخبار النهر\u2069")
    failing = {"last_error": "HTTP 403", "attempts": 3}
    add_site(archive, "barq.example", added_at=now - timedelta(hours=2), now=now, **failing)
    code, out, err = run("health")
    assert (code, err) == (1, "1 wrong, 1 new\n")
    assert out.startswith("wrong   barq.example")  # what is wrong comes first
    assert "HTTP 403" in out
    assert max(map(len, out.splitlines())) <= 60
    (row,) = json.loads(run("health", "--site", "https://www.barq.example/x", "--json")[1])
    assert row["problems"][0]["cause"] == "blocked"
    assert row["errors"] == [{"cause": "blocked", "reason": "HTTP 403", "count": 1}]


def test_health_without_sites_says_how_to_add_one(run: Any) -> None:
    code, out, err = run("health")
    assert (code, out) == (0, "")
    assert "sites add" in err


def test_health_of_an_unknown_site_is_a_usage_error(run: Any) -> None:
    code, _, err = run("health", "--site", "nowhere.example")
    assert (code, "nowhere.example" in err) == (2, True)


def test_the_chart_fits_60_columns_and_shows_days_without_articles(archive: Archive, run: Any) -> None:
    now = datetime.now(UTC)
    for number in range(30):
        save(archive, article(number, at=now), at=now)
    save(archive, article(99, at=now), at=now - 2 * DAY)
    code, out, _ = run("stats")
    lines = out.splitlines()
    assert code == 0
    assert [line.split()[-1] for line in lines] == [(now - day * DAY).date().isoformat() for day in range(3)]
    assert [line.split()[0] for line in lines] == ["30", "0", "1"]
    assert max(map(len, lines)) <= 60
    assert "█" * 18 in lines[0]
    assert "#" * 18 in run("stats", "--ascii")[1]


def test_long_names_and_hostile_ones_keep_the_chart_in_its_columns(archive: Archive, run: Any) -> None:
    name = "قسم\x1b[31m\u202eطويل جداً لا نهاية له في هذه الصفحة"
    save(archive, article(1, at=NOW, section=name), at=NOW)
    (line,) = run("stats", "--by", "section")[1].splitlines()
    assert len(line.replace("\u2068", "").replace("\u2069", "")) <= 60
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_stats_for_programs_has_the_numbers(archive: Archive, run: Any) -> None:
    save(archive, article(1, at=NOW, section="محليات"), at=NOW)
    assert json.loads(run("stats", "--by", "section", "--json")[1]) == [
        {"section": "محليات", "articles": 1, "bytes": None}
    ]
    header, row = run("stats", "--by", "site", "--csv")[1].splitlines()
    assert header == "site,articles,bytes"
    assert row.startswith("nahr.example,1,")


def test_stats_of_an_empty_archive_says_how_to_fill_it(run: Any) -> None:
    code, out, err = run("stats")
    assert (code, out) == (0, "")
    assert "newsarchive fetch" in err
