"""What became of articles: versions, differences drawn, edits and removals listed; times that people write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import cli
from newsarchive.archive import Archive
from newsarchive.cli.difference_text import cut, difference_text, join_changes
from newsarchive.cli.options import Since, SiteHost, parse_since
from newsarchive.differences import pieces
from newsarchive.errors import NotInArchive
from newsarchive.models import Article, Moment, Page, Paragraph, Reading

NOW = datetime(2024, 5, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST = Article(
    url="https://nahr.example/news/1",
    outlet="أخبار النهر",
    headline="مقتل ثلاثة في انفجار",
    source="أخبار النهر- رويترز",
    published_at=Moment(value="2024-05-10", precision="day", text="10 أيار 2024"),
    body=(
        Paragraph(text="قال مسؤول إن ثلاثة قتلوا."),
        Paragraph(text="وأضاف أن التحقيق بدأ صباح اليوم وأن نتائجه ستعلن قريبا أمام الصحفيين في المدينة نفسها."),
    ),
)
SECOND = replace(FIRST, headline="مقتل أربعة أشخاص في انفجار")
THIRD = replace(SECOND, body=(Paragraph(text="قال مسؤول: إن ثلاثة قتلوا."), SECOND.body[1]))
OTHER = replace(FIRST, url="https://barq.example/2", outlet=None, headline="خبر آخر")


def save(archive: Archive, article: Article, *, at: datetime, parser_version: str = "1") -> None:
    page = Page(requested_url=article.url, url=article.url, content=str(at).encode(), fetched_at=at, status=200)
    reading = Reading(article=article, encoding="utf-8", encoding_reason="valid UTF-8")
    archive.save(page, reading, parser_version=parser_version)


def remove(archive: Archive, article_id: int, *, at: datetime) -> None:
    with archive.transaction() as db:
        db.execute(
            "UPDATE articles SET gone_at = :at, gone_reason = 'HTTP 404' WHERE id = :id",
            {"at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "id": article_id},
        )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def edited(archive: Archive) -> Archive:
    """An archive with an article in three versions, the last a cosmetic edit, and one that was removed."""
    save(archive, FIRST, at=NOW - 9 * DAY)
    save(archive, OTHER, at=NOW - 8 * DAY)
    save(archive, SECOND, at=NOW - 2 * DAY)
    save(archive, THIRD, at=NOW - 1 * DAY)
    remove(archive, 2, at=NOW - 3 * DAY)
    return archive


# --- the archive ---


def test_versions_are_numbered_within_their_article(edited: Archive) -> None:
    found = edited.history(FIRST.url)
    assert [(version.number, version.id, version.captured_at[:10]) for version in found.versions] == [
        (1, 1, "2024-05-11"),
        (2, 3, "2024-05-18"),
        (3, 4, "2024-05-19"),
    ]
    assert [version.article for version in found.versions] == [FIRST, SECOND, THIRD]


def test_the_history_of_a_removed_article_says_when_and_why(edited: Archive) -> None:
    found = edited.history(2)
    assert (found.gone_at, found.gone_reason) == ("2024-05-17T12:00:00Z", "HTTP 404")
    assert len(found.versions) == 1


def test_what_is_not_in_the_archive_has_no_history(archive: Archive) -> None:
    with pytest.raises(NotInArchive):
        archive.history("https://nahr.example/none")


def test_changes_are_edits_and_removals_newest_first_and_no_first_versions(edited: Archive) -> None:
    found = [
        (change.kind, change.article_id, change.older and change.older.number, change.newer.number, change.reason)
        for change in edited.changes(since=NOW - 30 * DAY)
    ]
    assert found == [("edited", 1, 2, 3, None), ("edited", 1, 1, 2, None), ("removed", 2, None, 1, "HTTP 404")]


def test_changes_keep_to_their_time_and_site(edited: Archive) -> None:
    assert [change.newer.number for change in edited.changes(since=NOW - 1 * DAY)] == [3]
    assert [change.kind for change in edited.changes(since=NOW - 30 * DAY, site="barq.example")] == ["removed"]
    assert list(edited.changes(since=NOW)) == []


# --- how differences are drawn ---


def drawn(older: str, newer: str) -> str:
    return difference_text(pieces(older, newer))


def test_a_changed_phrase_is_marked_as_one(edited: Archive) -> None:
    text = drawn("مقتل ثلاثة في انفجار", "إصابة أربعة في انفجار")
    assert text == "\u2068[-مقتل ثلاثة-]{+إصابة أربعة+} في انفجار\u2069"


def test_what_stays_is_cut_to_its_ends() -> None:
    words = [f"w{number}" for number in range(40)]
    older = " ".join(words)
    newer = " ".join([*words[:20], "new", *words[21:]])
    assert drawn(older, newer) == "\u2068… w15 w16 w17 w18 w19 [-w20-]{+new+} w21 w22 w23 w24 w25 …\u2069"
    two = " ".join(["a", *words[1:39], "b"])
    assert drawn(older, two) == "\u2068[-w0-]{+a+} w1 w2 w3 w4 w5 … w34 w35 w36 w37 w38 [-w39-]{+b+}\u2069"


def test_a_paragraph_that_was_added_is_told_as_one() -> None:
    assert drawn("one two", "one two\n\nthree") == "\u2068one two{+ ¶ three+}\u2069"


def test_a_change_of_space_alone_is_still_shown() -> None:
    assert drawn("one two", "one  two") == "\u2068one[- -]{+  +}two\u2069"


def test_differences_are_coloured_where_colours_can_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert drawn("a b", "a c") == "\u2068a \x1b[31m\x1b[9mb\x1b[0m\x1b[32mc\x1b[0m\u2069"
    monkeypatch.setenv("NO_COLOR", "1")
    assert drawn("a b", "a c") == "\u2068a [-b-]{+c+}\u2069"


def test_controls_of_a_page_do_not_reach_the_terminal() -> None:
    assert drawn("a \x1b[2Jb", "a \u202ec") == "\u2068a [- [2Jb-]{+c+}\u2069"


TEXTS = st.lists(st.sampled_from(["نهر", "سوق", "a", "b", " ", "  ", "\n\n"]), max_size=30).map("".join)


@given(TEXTS, TEXTS)
def test_joined_changes_keep_every_word_of_both_texts(older: str, newer: str) -> None:
    joined = list(join_changes(pieces(older, newer)))
    assert "".join(piece.text for piece in joined if piece.kind != "added").split() == older.split()
    assert "".join(piece.text for piece in joined if piece.kind != "removed").split() == newer.split()


@given(TEXTS, st.booleans(), st.booleans())
def test_a_cut_run_begins_and_ends_as_the_whole(text: str, head: bool, tail: bool) -> None:
    shown = cut(text, head=head, tail=tail)
    assert len(shown.split()) <= 12 or not (head or tail)
    if head:
        assert shown.split()[:5] == text.split()[:5]
    if tail:
        assert shown.split()[-5:] == text.split()[-5:]


# --- times that people write ---


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12h", NOW - timedelta(hours=12)),
        ("7d", NOW - 7 * DAY),
        (" 3w ", NOW - 21 * DAY),
        ("0d", NOW),
        ("2024-03-01", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024-03-01T10:30", datetime(2024, 3, 1, 10, 30, tzinfo=UTC)),
        ("2024-03-01T10:30+03:00", datetime(2024, 3, 1, 7, 30, tzinfo=UTC)),
        ("2024-03-01T10:30:00Z", datetime(2024, 3, 1, 10, 30, tzinfo=UTC)),
    ],
)
def test_since_reads_durations_dates_and_times(text: str, moment: datetime) -> None:
    assert parse_since(text, now=NOW) == moment


@pytest.mark.parametrize(
    "text", ["", "d", "-7d", "7", "7y", "1.5d", "999999w", "2024-13-01", "0001-01-01T00:00+14:00", "٧d"]
)
def test_since_refuses_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="no duration such as"):
        parse_since(text, now=NOW)


def test_since_says_what_it_wants() -> None:
    with pytest.raises(click.BadParameter, match="7d or 3w"):
        Since().convert("soon", None, None)


@pytest.mark.parametrize("text", ["nahr.example", "www.NAHR.example", "https://m.nahr.example/news/1?x=1"])
def test_a_site_is_named_by_any_of_its_addresses(text: str) -> None:
    assert SiteHost().convert(text, None, None) == "nahr.example"


def test_what_is_no_host_is_refused() -> None:
    with pytest.raises(click.BadParameter, match="no host"):
        SiteHost().convert("ftp://nahr.example", None, None)


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


def test_versions_lists_what_each_changed(edited: Archive, run: Any) -> None:
    code, out, err = run("versions", FIRST.url)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "   1  2024-05-11T12:00:00Z  20 words  (version 1)",
        "      published 2024-05-10",
        "   2  2024-05-18T12:00:00Z  20 words  (version 3)",
        "      published 2024-05-10",
        "      changed: headline",
        "   3  2024-05-19T12:00:00Z  20 words  (version 4)",
        "      published 2024-05-10",
        "      cosmetic: lead",
    ]
    rows = json.loads(run("versions", "1", "--json")[1])
    assert [(row["changed"], row["cosmetic"]) for row in rows] == [([], []), (["headline"], []), ([], ["lead"])]


def test_versions_of_a_removed_article_says_so(edited: Archive, run: Any) -> None:
    assert run("versions", "2")[2] == "gone since 2024-05-17T12:00:00Z: HTTP 404\n"


def test_diff_compares_the_versions_that_are_named(edited: Archive, run: Any) -> None:
    code, out, err = run("diff", "1", "1", "2")
    assert (code, out) == (0, "headline\n  \u2068مقتل [-ثلاثة-]{+أربعة أشخاص+} في انفجار\u2069\n")
    assert err == "versions 1 (2024-05-11T12:00:00Z) and 2 (2024-05-18T12:00:00Z)\n"
    assert run("diff", "1", "2", "1")[1] == "headline\n  \u2068مقتل [-أربعة أشخاص-]{+ثلاثة+} في انفجار\u2069\n"


def test_diff_with_one_number_compares_it_with_the_newest(edited: Archive, run: Any) -> None:
    rows = json.loads(run("diff", "1", "1", "--json", "--cosmetic")[1])
    assert [(row["field"], row["substantive"], row["older"], row["newer"]) for row in rows] == [
        ("headline", True, 1, 3),
        ("lead", False, 1, 3),
    ]
    assert "".join(piece["text"] for piece in rows[0]["pieces"] if piece["kind"] != "removed") == SECOND.headline


def test_cosmetic_differences_are_told_in_a_line_and_shown_when_asked_for(edited: Archive, run: Any) -> None:
    code, out, err = run("diff", "1")
    assert (code, out) == (0, "")
    assert err.splitlines()[1] == "there are only cosmetic differences: lead; --cosmetic shows them"
    assert run("diff", "1", "--cosmetic")[1].startswith("lead (cosmetic)\n")


def test_diff_of_an_article_with_one_version_is_empty_and_no_error(edited: Archive, run: Any) -> None:
    code, out, err = run("diff", "2", "--json")
    assert (code, json.loads(out)) == (0, [])
    assert "one version only" in err


@pytest.mark.parametrize("numbers", [("1", "9"), ("0",), ("1", "2", "3"), ("x",)])
def test_diff_of_versions_that_do_not_exist_is_a_usage_error(edited: Archive, run: Any, numbers: Any) -> None:
    assert run("diff", "1", *numbers)[0] == 2


def test_changes_lists_substantive_edits_and_removals(edited: Archive, run: Any) -> None:
    code, out, err = run("changes", "--since", "2024-05-01")
    assert (code, err) == (0, "1 edited, 1 removed since 2024-05-01 00:00 UTC\n")
    assert out.splitlines() == [
        "     1  edited  2024-05-18T12:00:00Z",
        "        \u2068مقتل [-ثلاثة-]{+أربعة أشخاص+} في انفجار\u2069",
        "        https://nahr.example/news/1",
        "        headline  (1 -> 2, silent)",
        "     2  removed  2024-05-17T12:00:00Z",
        "        \u2068خبر آخر\u2069",
        "        https://barq.example/2",
        "        HTTP 404",
    ]


def test_changes_can_be_narrowed_and_widened(edited: Archive, run: Any) -> None:
    def kinds(*options: str) -> list[Any]:
        rows = json.loads(run("changes", "--since", "2024-05-01", "--json", *options)[1])
        return [(row["kind"], row["newer"]) for row in rows]

    assert kinds("--cosmetic") == [("edited", 3), ("edited", 2), ("removed", 1)]
    assert kinds("--headline") == [("edited", 2)]
    assert kinds("--site", "www.barq.example") == [("removed", 1)]
    assert kinds("--site", "nahr.example", "--cosmetic", "--headline") == [("edited", 2)]


def test_an_edit_that_the_page_owns_to_is_not_silent(archive: Archive, run: Any) -> None:
    stated = Moment(value="2024-05-18T10:00", precision="minute", text="آخر تحديث 18 أيار 2024")
    save(archive, FIRST, at=NOW - DAY)
    save(archive, replace(SECOND, modified_at=stated), at=NOW)
    assert "(1 -> 2, the page says: 2024-05-18T10:00)" in run("changes", "--since", "2024-05-01")[1]


def test_an_edit_that_another_parser_saw_is_marked(archive: Archive, run: Any) -> None:
    save(archive, FIRST, at=NOW - DAY)
    save(archive, SECOND, at=NOW, parser_version="2")
    assert "read by another parser than before" in run("changes", "--since", "2024-05-01")[1]
    assert "read by different parsers" in run("diff", "1")[2]


def test_no_changes_are_no_error(archive: Archive, run: Any) -> None:
    code, out, err = run("changes", "--since", "2024-05-01", "--json")
    assert (code, out, err) == (0, "[]\n", "0 edited, 0 removed since 2024-05-01 00:00 UTC\n")
