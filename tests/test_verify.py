"""Archives that are damaged, foreign or out of reach: what commands say of them, and what `verify` finds."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from newsarchive import cli
from newsarchive.archive import Archive
from newsarchive.archive.connection import SCHEMA_VERSION
from newsarchive.archive.verifying import Flaw
from newsarchive.models import Entry
from tests.conftest import ROOT
from tests.newsroom import article
from tests.writer import address, numbered, save

SEEDS = range(20)
PAGE_SIZE = 4096
READING = [
    ("list", "--limit", "0"),
    ("list", "--limit", "0", "--json"),
    ("search", "المكتبة"),
    ("show", "3"),
    ("show", "3", "--raw"),
    ("versions", "1"),
    ("diff", "1"),
    ("changes", "--since", "2024-01-01"),
    ("stats",),
    ("stats", "--by", "credit"),
    ("health",),
    ("sites", "list"),
    ("sites", "show", "wadi.example"),
    ("doctor",),
]
VERIFYING = [("verify",), ("verify", "--quick")]


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def run(db: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run one command on the archive; an exception that it lets out fails the test."""
    monkeypatch.setenv("NEWSARCHIVE_DB", str(db))

    def run_command(*arguments: object) -> Result:
        capfd.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        return Result(code, *capfd.readouterr())

    return run_command


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an archive with all kinds of rows in it, closed as it should be."""
    path = tmp_path_factory.mktemp("sound") / "archive.db"
    with Archive(path) as archive:
        site = archive.crawling.add_site(host="wadi.example", url="https://wadi.example/", outlet="صدى الوادي")
        archive.crawling.add(
            Entry(url=address(number), kind="article", site_id=site.id, next_try_at="2030-01-01T00:00:00Z")
            for number in range(50)
        )
        save(archive, range(30))
        save(archive, range(0, 30, 3), edit="ثم أُغلقت.")
        archive.import_records([{"url": "https://wadi.example/imported", "body": ["نص مستورد"]}])
    return path.read_bytes()


@pytest.fixture
def archive_file(db: Path, sound: bytes) -> Path:
    db.write_bytes(sound)
    return db


def check_refused(result: Result) -> None:
    assert (result.code, result.out, result.err.count("\n")) == (5, "", 1), result
    assert result.err.startswith("newsarchive: ")
    assert result.err.rstrip("\n").isprintable()


# --- damage ---


def overwrite_page(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) // PAGE_SIZE) * PAGE_SIZE
    content[start : start + PAGE_SIZE] = chance.randbytes(PAGE_SIZE)


def empty_page(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) // PAGE_SIZE) * PAGE_SIZE
    content[start : start + PAGE_SIZE] = bytes(PAGE_SIZE)


def flip_bits(content: bytearray, chance: random.Random) -> None:
    for _ in range(200):
        content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)


def truncate(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(100, len(content) - 1) :]


@pytest.mark.slow
@pytest.mark.parametrize("damage", [overwrite_page, empty_page, flip_bits, truncate])
def test_a_damaged_archive_is_read_as_far_as_it_goes_never_changed_and_verify_finds_the_damage(
    run: Callable[..., Result], db: Path, sound: bytes, damage: Callable[[bytearray, random.Random], None]
) -> None:
    for seed in SEEDS:
        content = bytearray(sound)
        damage(content, random.Random(seed))
        db.write_bytes(content)
        for command in READING:
            result = run(*command)
            assert result.code in {0, 1, 5}, (seed, command, result)
            assert result.err.count("\n") <= 1, (seed, command, result)
        found = run("verify")
        assert found.code == 5, (seed, found)
        assert (found.out + found.err).count("\n") >= 1
        run("verify", "--quick")
        assert db.read_bytes() == content, seed
        for suffix in ("-wal", "-shm"):
            db.with_name(db.name + suffix).unlink(missing_ok=True)


def place_of(served: bytes, content: bytearray) -> int:
    """Where in an archive 50 bytes of a page stand: as they were served, since these do not compress."""
    pieces = (served[start : start + 50] for start in range(1000, 2000, 50))
    return next(place for place in map(content.find, pieces) if place >= 0)  # a piece may lie across two pages


def test_verify_names_the_digest_of_stored_bytes_in_which_a_bit_has_flipped(
    run: Callable[..., Result], db: Path, sound: bytes
) -> None:
    for seed in SEEDS:
        chance = random.Random(seed)
        page, _ = numbered(chance.randrange(30))
        content = bytearray(sound)
        content[place_of(page.content, content) + chance.randrange(50)] ^= 1 << chance.randrange(8)
        db.write_bytes(content)
        found = run("verify", "--json")
        assert found.code == 5
        digest = hashlib.sha256(page.content).hexdigest()
        assert [(flaw["part"], flaw["place"]) for flaw in json.loads(found.out)] == [("raw", digest)]
        assert run("verify", "--quick").code == 0
        assert db.read_bytes() == content


def change(path: Path, *statements: str) -> None:
    """Change an archive as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def flaws(path: Path, *, quick: bool = False) -> list[Flaw]:
    with Archive(path, readonly=True) as archive:
        return list(archive.verify(quick=quick))


@pytest.mark.parametrize(
    ("statement", "part", "place", "reason", "is_quick"),
    [
        ("DELETE FROM raw WHERE rowid = 1", "captures", "row 1", "a row of raw that is not there", True),
        ("DELETE FROM captures WHERE id = 2", "versions", "row 2", "no page that it was read from", True),
        ("UPDATE articles SET version_id = NULL WHERE id = 3", "articles", "row 3", "no version", True),
        ("UPDATE articles SET version_id = 5 WHERE id = 4", "articles", "row 4", "no version of its own", True),
        ("UPDATE versions SET headline = 'عنوان آخر' WHERE id = 5", "versions", "row 5", "not the one", False),
        ("UPDATE versions SET provenance = '{' WHERE id = 6", "versions", "row 6", "JSONDecodeError", False),
        ("UPDATE raw SET size = 1 << 60 WHERE rowid = 7", "raw", None, "not of their size", False),
        ("UPDATE raw SET codec = 'lzma' WHERE rowid = 8", "raw", None, "cannot read", False),
    ],
)
def test_verify_finds_what_another_program_has_broken(
    archive_file: Path, statement: str, part: str, place: str | None, reason: str, is_quick: bool
) -> None:
    change(archive_file, statement)
    for quick in (False, True):
        found = [flaw for flaw in flaws(archive_file, quick=quick) if reason in flaw.reason]
        assert [flaw.part for flaw in found] == ([part] if is_quick or not quick else [])
        assert place is None or all(flaw.place == place for flaw in found)


def test_verify_finds_a_broken_search_index(archive_file: Path) -> None:
    with closing(sqlite3.connect(archive_file)) as db:
        (index,) = db.execute("SELECT name FROM sqlite_schema WHERE sql LIKE '%USING fts5%'").fetchone()
    change(archive_file, f"UPDATE {index}_data SET block = zeroblob(length(block)) WHERE id > 10")
    assert [(flaw.part, flaw.place) for flaw in flaws(archive_file)] == [("index", index)]


def test_verify_says_that_a_sound_archive_is_sound_and_leaves_it_as_it_is(
    run: Callable[..., Result], archive_file: Path, sound: bytes
) -> None:
    for command in VERIFYING:
        result = run(*command)
        assert (result.code, result.out) == (0, "")
        assert result.err.startswith("sound: 31 articles, 41 versions, 41 captures")
        assert "\r" not in result.err
    assert archive_file.read_bytes() == sound


def test_verify_works_beside_a_writer(archive_file: Path) -> None:
    with Archive(archive_file) as writer:
        save(writer, [100])
        assert flaws(archive_file) == []
        save(writer, [101])


def test_on_a_terminal_verify_shows_how_far_it_is(db: Path) -> None:
    with Archive(db) as archive:
        archive.import_records({"url": address(number), "body": ["نص"]} for number in range(10))
    terminal, end = pty.openpty()
    command = [sys.executable, "-c", "from newsarchive.cli import main; main()", "verify", "--db", str(db)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=end, check=False)
    os.close(end)
    said = os.read(terminal, 1 << 20).decode()
    os.close(terminal)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "versions: 1 of 10" in said
    assert said.endswith("\r\x1b[K")


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the sqlite3 shell is not installed")
@pytest.mark.parametrize("lost", ["raw", "tags"])
def test_the_way_back_that_the_documentation_tells_saves_what_can_be_read(
    archive_file: Path, sound: bytes, lost: str, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(archive_file)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [lost]).fetchone()[0]
    content = bytearray(sound)
    content[(root - 1) * PAGE_SIZE : root * PAGE_SIZE] = random.Random(1).randbytes(PAGE_SIZE)
    archive_file.write_bytes(content)
    told = (ROOT / "docs" / "recovery.md").read_text(encoding="utf-8").partition("```sh\n")[2].partition("```")[0]
    by_sqlite = "".join(line for line in told.splitlines(keepends=True) if not line.startswith("newsarchive "))
    subprocess.run(["sh", "-e", "-c", by_sqlite], cwd=tmp_path, check=True)
    rescued = tmp_path / "rescue" / "rescued.db"
    assert {flaw.part for flaw in flaws(rescued)} == ({"captures", "versions"} if lost == "raw" else set())
    with Archive(rescued) as archive:
        assert len(list(archive.articles())) == 31
        save(archive, [100])


# --- files that are no archive of ours ---


def zeroed(sound: bytes) -> bytes:
    return bytes(100) + sound[100:]


def newer(sound: bytes) -> bytes:
    return sound[:60] + (SCHEMA_VERSION + 1).to_bytes(4) + sound[64:]


def foreign(sound: bytes) -> bytes:
    return sound[:68] + bytes(4) + sound[72:]


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda sound: b"", "is empty"),
        (zeroed, "is not a database"),
        (lambda sound: sound[:50], "is not a database"),
        (foreign, "another program's"),
        (newer, "newer newsarchive"),
    ],
    ids=["empty", "zeroed header", "cut in the header", "foreign", "newer"],
)
def test_what_is_no_archive_of_ours_is_refused_by_every_command_and_left_as_it_is(
    run: Callable[..., Result], db: Path, sound: bytes, make: Callable[[bytes], bytes], complaint: str, tmp_path: Path
) -> None:
    content = make(sound)
    db.write_bytes(content)
    page = tmp_path / "page.html"
    page.write_bytes(article(1))
    writing = [("fetch", "--html", page, "--url", address(1)), ("crawl",), ("forget", "-y", "1")]
    for command in [*READING, *VERIFYING, *writing]:
        if command == ("doctor",):
            continue  # which says what it found, and then the same
        result = run(*command)
        check_refused(result)
        assert complaint in result.err
    assert db.read_bytes() == content
    assert {file.name for file in tmp_path.iterdir()} == {"archive.db", "page.html"}


# --- its journal ---


@pytest.fixture
def unclosed(db: Path) -> tuple[bytes, bytes]:
    """An archive whose writer was killed: the file, with articles 0 to 4, and its journal, with 5 to 9."""
    with Archive(db) as archive:
        save(archive, range(5))
    code = (
        "import os\nfrom newsarchive import Archive\nfrom tests.writer import save\n"
        f"with Archive({str(db)!r}) as archive:\n"
        " save(archive, range(5, 10))\n os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == -signal.SIGKILL
    return db.read_bytes(), journal_of(db).read_bytes()


def journal_of(db: Path) -> Path:
    return db.with_name(f"{db.name}-wal")


def addresses(db: Path) -> list[str]:
    with Archive(db, readonly=True) as archive:
        assert list(archive.verify()) == []
        return [found.article.url for found in sorted(archive.articles(), key=lambda found: found.id)]


def test_a_journal_that_is_none_is_refused_and_neither_it_nor_the_archive_is_touched(
    run: Callable[..., Result], db: Path, unclosed: tuple[bytes, bytes]
) -> None:
    garbage = random.Random(1).randbytes(len(unclosed[1]))
    journal_of(db).write_bytes(garbage)
    for command in [*READING[:-1], *VERIFYING, ("crawl",)]:
        result = run(*command)
        check_refused(result)
        assert "its journal archive.db-wal is damaged" in result.err
    assert (db.read_bytes(), journal_of(db).read_bytes()) == (unclosed[0], garbage)
    journal_of(db).rename(db.with_name("aside"))
    assert addresses(db) == [address(number) for number in range(5)]


def test_what_is_left_of_a_journal_is_read_up_to_where_it_is_damaged(db: Path, unclosed: tuple[bytes, bytes]) -> None:
    seen = set()
    for seed in SEEDS:
        chance = random.Random(seed)
        journal = bytearray(unclosed[1])
        if seed % 2:
            journal[chance.randrange(32, len(journal))] ^= 1 << chance.randrange(8)
        else:
            del journal[chance.randrange(len(journal)) :]
        for suffix in ("-wal", "-shm"):
            db.with_name(db.name + suffix).unlink(missing_ok=True)
        db.write_bytes(unclosed[0])
        journal_of(db).write_bytes(journal)
        found = addresses(db)
        assert found == [address(number) for number in range(len(found))]
        assert len(found) >= 5
        assert db.read_bytes() == unclosed[0]
        seen.add(len(found))
    assert len(seen) > 2


def test_without_its_journal_an_archive_is_what_it_was_when_it_was_last_closed(
    run: Callable[..., Result], db: Path, unclosed: tuple[bytes, bytes]
) -> None:
    assert len(addresses(db)) == 10
    for suffix in ("-wal", "-shm"):
        db.with_name(db.name + suffix).unlink()
    assert run("verify").code == 0
    assert addresses(db) == [address(number) for number in range(5)]


# --- files and folders that cannot be used ---

# Runs commands once as it is, so that all that they import is there, and then one without root's rights.
WITHOUT_RIGHTS = """
import contextlib, io, os, sys
from newsarchive import cli

own, db, page, *arguments = sys.argv[1:]
fetch = ["fetch", "--html", page, "--url", "https://wadi.example/news/7"]
commands = {"list": ["list"], "search": ["search", "x"], "verify": ["verify"], "doctor": ["doctor"], "fetch": fetch}
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    for command in (fetch, *commands.values()):
        cli.run([*command, "--db", own])
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
sys.exit(cli.run([*commands[arguments[0]], "--db", db]))
"""
READERS = ("list", "search", "verify", "doctor")


@pytest.fixture
def open_folder(sound: bytes) -> Iterator[Path]:
    """A folder that others may look into, with an archive that they may read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "folder"
        folder.mkdir()
        Path(name).chmod(0o755)
        for file, content in (("archive.db", sound), ("page.html", article(1))):
            (folder / file).write_bytes(content)
            (folder / file).chmod(0o644)
        yield folder
        folder.chmod(0o755)


def run_without_rights(command: str, db: Path, own: Path) -> Result:
    page = db.parent / "page.html"
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS, str(own), str(db), str(page), command],
        env={**os.environ, "HOME": str(db.parent), "XDG_CONFIG_HOME": str(db.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def test_an_archive_in_a_folder_that_cannot_be_written_to_is_read_and_not_written(
    open_folder: Path, tmp_path: Path
) -> None:
    db, own = open_folder / "archive.db", tmp_path / "own.db"
    before = db.read_bytes()
    open_folder.chmod(0o555)
    for command in READERS:
        assert run_without_rights(command, db, own).code == 0, command
    refused = run_without_rights("fetch", db, own)
    check_refused(refused)
    assert "Permission denied" in refused.err
    assert db.read_bytes() == before
    assert {file.name for file in open_folder.iterdir()} == {"archive.db", "page.html"}


def test_a_journal_in_a_folder_that_cannot_be_written_to_is_not_passed_over(
    open_folder: Path, tmp_path: Path, unclosed: tuple[bytes, bytes]
) -> None:
    db = open_folder / "archive.db"
    db.write_bytes(unclosed[0])
    journal_of(db).write_bytes(unclosed[1])
    journal_of(db).chmod(0o644)
    open_folder.chmod(0o555)
    result = run_without_rights("list", db, tmp_path / "own.db")
    check_refused(result)
    assert "copy the archive and its journal" in result.err


def test_an_archive_file_that_cannot_be_written_to_is_read_and_not_written(open_folder: Path, tmp_path: Path) -> None:
    db, own = open_folder / "archive.db", tmp_path / "own.db"
    before = db.read_bytes()
    db.chmod(0o444)
    open_folder.chmod(0o777)
    for command in READERS:
        assert run_without_rights(command, db, own).code == 0, command
    check_refused(run_without_rights("fetch", db, own))
    assert db.read_bytes() == before


def test_an_archive_that_may_not_be_read_is_said_to_be_so(open_folder: Path, tmp_path: Path) -> None:
    db, own = open_folder / "archive.db", tmp_path / "own.db"
    db.chmod(0o000)
    for command in ("list", "verify", "fetch"):
        if os.getuid() != 0 and command == "fetch":
            continue
        result = run_without_rights(command, db, own)
        check_refused(result)
        assert "Permission denied" in result.err
    db.chmod(0o644)
    open_folder.chmod(0o000)
    check_refused(run_without_rights("list", db, own))


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (Path.mkdir, "is a folder"),
        (lambda path: path.symlink_to("/dev/null"), "is not a regular file"),
        (lambda path: path.symlink_to(path.parent / "disk" / "archive.db"), "which is not there"),
        (os.mkfifo, "is not a regular file"),
    ],
    ids=["folder", "link to /dev/null", "link to a disk that is not there", "pipe"],
)
def test_a_path_that_is_no_file_is_said_to_be_none(
    run: Callable[..., Result], db: Path, make: Callable[[Path], object], complaint: str, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(article(1))
    make(db)
    for command in [("list",), ("verify",), ("fetch", "--html", page, "--url", address(1))]:
        result = run(*command)
        check_refused(result)
        assert complaint in result.err
    assert {file.name for file in tmp_path.iterdir()} == {"archive.db", "page.html"}
