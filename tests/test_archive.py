"""The archive: what is kept, what counts as changed, what is refused, who may write."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsarchive.archive import Archive
from newsarchive.archive.connection import SCHEMA_VERSION
from newsarchive.errors import ArchiveError, ArchiveLocked, NotInArchive
from newsarchive.models import (
    Article,
    Credit,
    Hop,
    Image,
    Link,
    Moment,
    Page,
    Paragraph,
    Provenance,
    Reading,
    Saved,
)

URL = "https://akhbar.example/news/1"
FETCHED = datetime(2024, 3, 10, 9, 0, tzinfo=UTC)
PAGE = Page(
    requested_url="http://www.akhbar.example/news/1/",
    url=URL,
    content="<p>نص الصفحة</p>".encode(),
    fetched_at=FETCHED,
    status=200,
    headers=(("Content-Type", "text/html"),),
    redirects=(Hop(url="http://www.akhbar.example/news/1/", status=301, location=URL),),
)
ARTICLE = Article(
    url=URL,
    outlet="أخبار النهر",
    headline="افتتاح الجسر الجديد",
    subtitle="بعد عامين من الانتظار",
    labels=("خاص",),
    source="أخبار النهر- رويترز",
    credits=(Credit(name="رويترز", agency="رويترز"),),
    authors=("سلمى الحداد", "نزار قاسم"),
    published_at=Moment(value="2024-03-09T23:30+03:00", precision="minute", text="9 آذار 2024 - 23:30"),
    modified_at=Moment(value="2024-03-10", precision="day", text="10 آذار 2024"),
    section="محليات",
    tags=("جسور", "نقل"),
    body=(Paragraph(text="فُتح الجسرُ أمام المارّة."), Paragraph(text="ما بعد الافتتاح", kind="heading")),
    related=(Link(url="https://akhbar.example/news/2", text="خبر آخر", kind="related"),),
    images=(Image(url="https://akhbar.example/a.jpg", caption="الجسر", credit="أرشيف"),),
    language="ar",
    provenance={"headline": Provenance(rule="visible h1", place="/html/body/h1")},
)


def reading(article: Article | None, *, refusal: str | None = None) -> Reading:
    return Reading(article=article, refusal=refusal, encoding="utf-8", encoding_reason="valid UTF-8")


def save(archive: Archive, article: Article | None = ARTICLE, page: Page = PAGE, **options: str) -> Saved:
    return archive.save(page, reading(article, **options), parser_version="1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive(path) as opened:
        yield opened


def test_an_article_comes_back_as_it_was_saved(archive: Archive) -> None:
    saved = save(archive)
    assert (saved.outcome, saved.article_id) == ("stored", 1)
    assert archive.article(1).article == ARTICLE


def test_save_twice_keeps_one_article_and_one_version_and_both_captures(archive: Archive) -> None:
    save(archive)
    again = save(archive, page=replace(PAGE, content=b"other markup, same text"))
    assert again.outcome == "unchanged"
    assert archive.counts() == {"articles": 1, "versions": 1, "captures": 2, "raw": 2, "tombstones": 0}


def test_the_same_bytes_are_stored_once(archive: Archive) -> None:
    save(archive)
    save(archive)
    assert archive.counts()["raw"] == 1


def test_a_changed_text_becomes_a_version_and_the_older_one_stays(archive: Archive, path: Path) -> None:
    save(archive)
    changed = replace(ARTICLE, body=(Paragraph(text="أُغلق الجسر أمام المارة."),))
    assert save(archive, changed).outcome == "changed"
    assert archive.article(1).article.body == changed.body
    with sqlite3.connect(path) as db:
        bodies = [row[0] for row in db.execute("SELECT body FROM versions ORDER BY id")]
    assert bodies[0].startswith("فُتح الجسرُ أمام المارّة.")


@pytest.mark.parametrize(
    "same",
    [
        replace(ARTICLE, headline="إفتتاح الجسـر الجديد"),
        replace(ARTICLE, tags=("شيء آخر",)),
        replace(ARTICLE, modified_at=None),
        replace(ARTICLE, images=()),
    ],
    ids=["spelling folded away", "tags", "modified_at", "images"],
)
def test_what_is_not_text_makes_no_version(archive: Archive, same: Article) -> None:
    save(archive)
    assert save(archive, same).outcome == "unchanged"


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, headline="مختلف"),
        replace(ARTICLE, subtitle="مختلف"),
        replace(ARTICLE, source="مختلف"),
    ],
    ids=["headline", "subtitle", "source"],
)
def test_headline_subtitle_and_source_count_as_text(archive: Archive, changed: Article) -> None:
    save(archive)
    assert save(archive, changed).outcome == "changed"


def test_raw_bytes_come_back_exactly_and_are_checked(archive: Archive, path: Path) -> None:
    save(archive)
    assert archive.raw(1) == PAGE.content
    with sqlite3.connect(path) as db:
        digest = hashlib.sha256(PAGE.content).hexdigest()
        packed = db.execute("SELECT content FROM raw WHERE digest = ?", [digest]).fetchone()[0]
        db.execute("UPDATE raw SET content = ?", [packed[:-3] + b"xyz"])
    with pytest.raises(ArchiveError, match="damaged"):
        archive.raw(1)


def test_what_is_no_article_is_kept_as_a_capture_with_the_reason(archive: Archive, path: Path) -> None:
    saved = save(archive, None, refusal="a section page")
    assert (saved.outcome, saved.reason) == ("refused", "a section page")
    assert archive.counts()["articles"] == 0
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT refusal, redirects IS NOT NULL FROM captures").fetchall() == [("a section page", 1)]


def test_a_refused_page_does_not_touch_the_good_copy_under_the_same_address(archive: Archive) -> None:
    save(archive)
    save(archive, None, refusal="an error page")
    stored = archive.article(1)
    assert (stored.article, stored.captures) == (ARTICLE, 2)


@pytest.mark.parametrize("address", [1, "1", URL, "http://www.akhbar.example/news/1/", f"{URL}?utm_source=x#top"])
def test_an_article_is_found_by_number_and_by_any_of_its_addresses(archive: Archive, address: int | str) -> None:
    save(archive)
    assert archive.article(address).id == 1


def test_an_unknown_article_is_an_error_that_names_a_command(archive: Archive) -> None:
    with pytest.raises(NotInArchive, match="newsarchive list"):
        archive.article(7)


def test_forget_takes_everything_out_and_leaves_the_digest(archive: Archive, path: Path) -> None:
    save(archive)
    assert archive.forget(URL, reason="asked by a source") == 1
    assert archive.counts() == {"articles": 0, "versions": 0, "captures": 0, "raw": 0, "tombstones": 1}
    assert archive.search("الجسر") == []
    with pytest.raises(NotInArchive, match=r"was forgotten at .*: asked by a source"):
        archive.article(URL)
    for file in path.parent.iterdir():
        assert "فُتح".encode() not in file.read_bytes()


def test_forget_keeps_bytes_that_another_capture_shows(archive: Archive) -> None:
    save(archive)
    save(archive, replace(ARTICLE, url="https://other.example/1"), replace(PAGE, url="https://other.example/1"))
    archive.forget(1, reason=None)
    assert archive.raw(2) == PAGE.content


def test_a_refused_page_can_be_forgotten_by_its_address(archive: Archive) -> None:
    save(archive, None, refusal="a section page")
    assert archive.forget(URL, reason=None) == 1
    with pytest.raises(NotInArchive):
        archive.forget(URL, reason=None)


def test_numbers_are_never_used_twice(archive: Archive) -> None:
    save(archive)
    archive.forget(1, reason=None)
    assert save(archive).article_id == 2


def test_a_failed_save_leaves_nothing(archive: Archive) -> None:
    unstorable = replace(ARTICLE, tags=("\ud800",))
    with pytest.raises(UnicodeEncodeError):
        save(archive, unstorable)
    assert sum(archive.counts().values()) == 0
    assert save(archive).outcome == "stored"


def test_an_older_clock_does_not_make_an_article_younger(archive: Archive) -> None:
    save(archive)
    save(archive, page=replace(PAGE, fetched_at=FETCHED - timedelta(days=3650)))
    assert archive.article(1).last_captured_at == "2024-03-10T09:00:00Z"


def test_published_at_is_stored_in_utc_with_the_offset_beside_it(archive: Archive, path: Path) -> None:
    save(archive)
    with sqlite3.connect(path) as db:
        row = db.execute("SELECT published_at, published_offset, modified_at, modified_offset FROM versions").fetchone()
    assert row == ("2024-03-09T20:30Z", "+03:00", "2024-03-10", None)


def test_import_records_twice_changes_nothing(archive: Archive) -> None:
    records = [{"url": f"https://a.example/{number}", "body": [f"نص رقم {number}"]} for number in range(3)]
    assert archive.import_records(records) == {"stored": 3, "changed": 0, "unchanged": 0}
    assert archive.import_records(records) == {"stored": 0, "changed": 0, "unchanged": 3}
    assert archive.counts()["captures"] == 3


def test_a_record_that_is_none_is_named_and_its_batch_not_stored(archive: Archive) -> None:
    with pytest.raises(ValueError, match=r"^record 2: body: "):
        archive.import_records([{"url": "https://a.example/1", "body": ["x"]}, {"url": "https://a.example/2"}])
    assert archive.counts()["articles"] == 0


def test_a_second_writer_is_told_at_once_and_a_reader_is_not_disturbed(archive: Archive, path: Path) -> None:
    save(archive)
    with pytest.raises(ArchiveLocked), Archive(path):
        pass
    with Archive(path, readonly=True) as reader:
        assert reader.article(1).article == ARTICLE


def test_the_lock_of_a_dead_process_does_not_hold(path: Path) -> None:
    code = f"import os\nfrom newsarchive import Archive\nArchive({str(path)!r}).__enter__()\nos._exit(9)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    with Archive(path) as archive:
        assert save(archive).outcome == "stored"


def test_a_reader_cannot_write(archive: Archive, path: Path) -> None:
    with Archive(path, readonly=True) as reader, pytest.raises(ArchiveError, match="read only"):
        save(reader)


def test_a_missing_archive_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(ArchiveError, match="newsarchive fetch URL"), Archive(path, readonly=True):
        pass
    assert not path.exists()


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE theirs (x)")
    db.close()


def _newer(path: Path) -> None:
    with Archive(path):
        pass
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    db.close()


def _zeroed(path: Path) -> None:
    with Archive(path):
        pass
    with path.open("r+b") as file:
        file.write(bytes(100))


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("not a database, but long enough to be one" * 9), "is not a database"),
        (_foreign, "another program's database"),
        (_newer, "newer newsarchive"),
        (_zeroed, "is not a database"),
    ],
    ids=["empty", "text", "foreign", "newer", "zeroed header"],
)
@pytest.mark.parametrize("readonly", [False, True])
def test_what_is_no_archive_of_ours_is_refused_and_left_untouched(
    path: Path, make: Callable[[Path], object], complaint: str, readonly: bool
) -> None:
    make(path)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=complaint), Archive(path, readonly=readonly):
        pass
    assert path.read_bytes() == before


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is a folder"), Archive(tmp_path):
        pass
    with pytest.raises(ArchiveError, match="does not exist"), Archive(tmp_path / "no" / "archive.db"):
        pass


def test_a_truncated_archive_is_refused(path: Path) -> None:
    with Archive(path) as archive:
        save(archive)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ArchiveError), Archive(path, readonly=True) as reader:
        reader.article(1)


def test_a_process_killed_while_it_makes_an_archive_leaves_nothing_in_the_way(path: Path) -> None:
    path.with_name("archive.db.new").write_bytes(b"half made")
    with Archive(path) as archive:
        assert save(archive).outcome == "stored"


def test_the_archive_is_for_its_owner_alone(path: Path) -> None:
    with Archive(path):
        assert path.stat().st_mode & 0o077 == 0


def test_the_schema_version_is_the_number_of_migrations() -> None:
    from sqlite_utils import Database

    from newsarchive.archive.migrations import migrations

    assert len(migrations.pending(Database(memory=True))) == SCHEMA_VERSION
