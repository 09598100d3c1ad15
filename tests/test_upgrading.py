"""How an archive comes to be and how an older one is upgraded: all the way or not at all, with a copy kept."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from newsarchive.archive import Archive, articles, captures, connection
from newsarchive.archive.connection import APPLICATION_ID, SCHEMA_VERSION
from newsarchive.archive.migrations import migrations
from newsarchive.errors import ArchiveError
from newsarchive.models import Article, Paragraph
from tests.conftest import FIXTURES, ROOT
from tests.test_durability import addresses_in, room_for
from tests.writer import address, save

NAMES = [migration.name for migration in migrations.pending(Database(memory=True))]
DUMPS = sorted((FIXTURES / "databases").glob("*.sql"))
ARTICLES = 3
KILLS = 12
# Upgrades an archive and dies at the N-th step that SQLite takes; with no N it says how many there are.
UPGRADE = """
import os, signal, sys
from pathlib import Path
from newsarchive.archive import connection, upgrading

path, last = Path(sys.argv[1]), int(sys.argv[2])
steps = 0
def step():
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
db = connection.open_writer(path)
db.set_progress_handler(step, 1)
upgrading.upgrade(path, db)
print(steps)
"""


def older_archive(path: Path, schema: int) -> None:
    """Make an archive as it was at an older schema, with articles."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.apply(Database(db), stop_before=NAMES[schema])
        db.execute(f"PRAGMA user_version={schema}")
        for number in range(1, ARTICLES + 1):
            insert_article(db, number)


def insert_article(db: sqlite3.Connection, number: int) -> None:
    """Insert an article by the columns of the first schema."""
    at, url = "2024-03-10T09:00:00Z", address(number)
    said = Article(url=url, headline="افتتاح المكتبة", body=(Paragraph(text="أعلنت البلدية افتتاح المكتبة."),))
    origin = {"fetched_at": at, "capture_source": "network", "digest": captures.add_raw(db, page(number))}
    text = {"headline": said.headline, "body": said.body[0].text, "text_digest": articles.text_digest(said)}
    times = {"first_captured_at": at, "last_captured_at": at}
    insert(db, "articles", {"id": number, "identity": url, "url": url, "host": "wadi.example", **times})
    insert(db, "captures", {"id": number, "article_id": number, "requested_url": url, "url": url, **origin})
    insert(db, "versions", {"id": number, "article_id": number, "capture_id": number, "captured_at": at, **text})
    db.execute("UPDATE articles SET version_id = id WHERE id = ?", [number])


def page(number: int) -> bytes:
    return f"<p>نص الصفحة {number}</p>".encode()


def insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def schema_of(path: Path) -> tuple[int, list[tuple[str, ...]]]:
    """The number of an archive's schema, and the schema itself."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%search_index%'").fetchall()
        return db.execute("PRAGMA user_version").fetchone()[0], sorted(rows, key=str)


def check_upgraded(path: Path, count: int) -> None:
    """The archive has the schema of a new one, is sound, and holds as many articles as before."""
    new = path.with_name("new.db")
    with Archive(new):
        pass
    assert schema_of(path) == schema_of(new)
    with Archive(path) as archive:
        assert list(archive.verify()) == []
        assert len(list(archive.articles())) == archive.counts()["articles"] == count
        save(archive, [1000])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.mark.parametrize("schema", range(1, SCHEMA_VERSION))
def test_an_archive_of_each_older_schema_is_upgraded_and_loses_nothing(path: Path, schema: int) -> None:
    older_archive(path, schema)
    with Archive(path, readonly=True) as archive:
        assert addresses_in(archive) == [address(number) for number in range(1, ARTICLES + 1)]
        assert archive.raw(1) == page(1)
    check_upgraded(path, ARTICLES)


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_an_archive_of_each_released_version_is_upgraded_and_loses_nothing(path: Path, dump: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(dump.read_text(encoding="utf-8"))
        count = db.execute("SELECT count(*) FROM articles").fetchone()[0]
    assert count
    with Archive(path):
        pass
    check_upgraded(path, count)


def test_before_an_upgrade_a_copy_is_kept_and_it_is_the_archive_as_it_was(path: Path) -> None:
    older_archive(path, 1)
    before = schema_of(path)
    with Archive(path):
        pass
    copy = path.with_name(f"archive.db.before-{SCHEMA_VERSION}")
    assert schema_of(copy) == before
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == ARTICLES


def test_a_new_archive_has_no_copy_and_an_upgrade_takes_away_the_copies_before_it(path: Path) -> None:
    with Archive(path):
        pass
    assert {file.name for file in path.parent.iterdir()} == {"archive.db", "archive.db.lock"}
    path.unlink()
    older_archive(path, 1)
    others = path.with_name("archive.db.before-1"), path.with_name("another.db.before-1")
    for other in others:
        other.write_bytes(b"")
    with Archive(path):
        pass
    assert [other.exists() for other in others] == [False, True]


def test_what_is_forgotten_is_in_no_copy(path: Path) -> None:
    older_archive(path, 1)
    with Archive(path) as archive:
        archive.forget(1, reason=None)
    assert not list(path.parent.glob("*.before-*"))


@pytest.mark.parametrize("size", [0, 8_000, 40_000, 70_000])
def test_an_archive_that_cannot_be_copied_or_upgraded_stays_what_it_was(path: Path, size: int) -> None:
    older_archive(path, 1)
    before = schema_of(path)
    with room_for(size), pytest.raises(ArchiveError, match="kept"), Archive(path):
        pass
    assert schema_of(path) == before
    assert not list(path.parent.glob("*.new*"))
    with Archive(path):
        pass
    check_upgraded(path, ARTICLES)


def upgrade_until(path: Path, step: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", UPGRADE, str(path), str(step)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_an_upgrade_killed_at_any_step_leaves_the_old_schema_or_the_new_one(path: Path) -> None:
    older_archive(path, 1)
    original, old = path.read_bytes(), schema_of(path)
    last = int(upgrade_until(path, 0).stdout)
    new = schema_of(path)
    seen = []
    for step in sorted({*range(1, last, last // KILLS), *range(last - KILLS, last + 1)}):
        for file in path.parent.iterdir():
            file.unlink()
        path.write_bytes(original)
        assert upgrade_until(path, step).returncode == -signal.SIGKILL
        seen.append(schema_of(path))
        assert seen[-1] in (old, new)
        assert connection.schema_version(path) == seen[-1][0]
        with Archive(path) as archive:
            assert addresses_in(archive) == [address(number) for number in range(1, ARTICLES + 1)]
        assert schema_of(path) == new
    assert old in seen


def test_an_archive_is_made_under_another_name_and_nothing_of_it_is_left(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(f"archive.db.new{suffix}").write_bytes(b"half made")
    with Archive(path):
        pass
    assert {file.name for file in path.parent.iterdir()} == {"archive.db", "archive.db.lock"}
