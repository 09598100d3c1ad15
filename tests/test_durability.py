"""What the archive keeps when the disk fills or fails, a process is killed, clocks jump, or many want it at once."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsarchive import cli
from newsarchive.archive import Archive
from newsarchive.configuration import FetchSettings
from newsarchive.crawler.run import Bounds, crawl
from newsarchive.crawler.schedule import Schedule, after_article, after_failure, after_listing
from newsarchive.errors import ArchiveError, ArchiveLocked
from newsarchive.models import Entry
from newsarchive.records import timestamp
from tests.conftest import ROOT
from tests.fault_server import FaultServer
from tests.newsroom import article, newsroom
from tests.writer import address, save

KILLS = int(os.environ.get("NEWSARCHIVE_KILLS", "25"))
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run one command on an archive: exit code, output, what was said of errors."""
    monkeypatch.setenv("NEWSARCHIVE_DELAY", "0")

    def run_command(*arguments: object, db: Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.run([*map(str, arguments), "--db", str(db)])
        return (code, *capsys.readouterr())

    return run_command


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let this process write no file beyond so many bytes, as `ulimit -f` does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def stored_in(output: str) -> set[str]:
    """The addresses that a command has said to be stored."""
    lines = [line.split() for line in output.splitlines() if line.startswith("stored")]
    return {next(word for word in line if word.startswith("http")) for line in lines}


def addresses_in(archive: Archive) -> list[str]:
    """The addresses of the articles, in the order in which they came."""
    return [found.article.url for found in sorted(archive.articles(), key=lambda found: found.id)]


def sound_addresses(db: Path) -> list[str]:
    """The articles of an archive that is found to be sound; none where there is no archive."""
    if not db.exists():
        return []
    with Archive(db, readonly=True) as archive:
        assert list(archive.verify()) == []
        found = addresses_in(archive)
        assert len(set(found)) == len(found)
        return found


def html(folder: Path, number: int) -> Path:
    """A file with the page of an article."""
    file = folder / f"{number}.html"
    file.write_bytes(article(number))
    return file


# --- a disk that is full or fails ---


def test_a_fetch_on_a_disk_that_fills_keeps_what_it_said_to_be_stored(run: Command, tmp_path: Path) -> None:
    codes = set()
    for size in range(0, 400_000, 20_000):
        db, said = tmp_path / f"{size}.db", set()
        for number in range(1, 5):
            arguments = ("fetch", "--html", html(tmp_path, number), "--url", address(number))
            with room_for(size):
                code, out, err = run(*arguments, db=db)
            codes.add(code)
            said |= stored_in(out)
            assert (code, err.count("\n")) in {(5, 1), (0, 0)}, err
            assert said <= set(sound_addresses(db))
        assert run(*arguments, db=db)[0] == 0
        assert address(4) in sound_addresses(db)
    assert codes == {0, 5}


def test_an_import_on_a_disk_that_fills_keeps_whole_batches_and_can_be_run_again(tmp_path: Path) -> None:
    records = [{"url": address(number), "body": [f"نص الخبر رقم {number}"]} for number in range(1, 511)]
    held = set()
    for size in range(0, 1_200_000, 100_000):
        db, complaint = tmp_path / f"{size}.db", None
        with room_for(size):
            try:
                with Archive(db) as archive:
                    archive.import_records(records)
            except ArchiveError as e:
                complaint = str(e)
        held.add(len(sound_addresses(db)))
        assert complaint is None or "what was stored before is kept" in complaint
        with Archive(db) as archive:
            archive.import_records(records)
        assert len(sound_addresses(db)) == 510
    assert held == {0, 500, 510}


@pytest.mark.slow
def test_a_crawl_on_a_disk_that_fills_ends_with_one_line_and_the_next_one_goes_on(run: Command, db: Path) -> None:
    with FaultServer() as server:
        newsroom(server, range(1, 41))
        assert run("sites", "add", server.url("/"), "--allow", server.endpoint, db=db)[0] == 0
        said, size = set(), db.stat().st_size
        for room in (size // 2, size, size + 60_000, size + 150_000):
            with room_for(room):
                code, out, err = run("crawl", "--allow", server.endpoint, db=db)
            assert (code, err.count("\n")) == (5, 1), err
            said |= stored_in(out)
            assert said <= set(sound_addresses(db))
        assert said
        assert run("crawl", "--allow", server.endpoint, db=db)[0] == 0
        assert len(sound_addresses(db)) == 40


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("mount"), reason="mounting is for Linux only")
def test_a_disk_without_room_is_said_and_once_there_is_room_again_all_goes_on(
    run: Command, small_disk: Path, tmp_path: Path
) -> None:
    db, said, number = small_disk / "archive.db", set(), 0
    for extra in ("", "--quick"):
        while True:
            number += 1
            page = html(tmp_path, number)
            page.write_bytes(page.read_bytes() + os.urandom(50_000).hex().encode())
            code, out, err = run("fetch", "--html", page, "--url", address(number), db=db)
            said |= stored_in(out)
            if code:
                break
        assert (code, err.count("\n")) == (5, 1)
        assert "make room" in err
        code, out, err = run("list", "--limit", "0", db=db)
        assert code in {0, 5}
        assert "Traceback" not in err
        subprocess.run(["mount", "-o", f"remount,size={3 if extra else 2}m", small_disk], check=True)
        assert said <= set(sound_addresses(db))
    assert run("fetch", "--html", page, "--url", address(number), db=db)[0] == 0


def test_an_output_without_room_is_one_line_and_exit_code_1(db: Path) -> None:
    with Archive(db) as archive:
        save(archive, range(3))
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from newsarchive.cli import main; main()", "list", "--db", str(db)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "newsarchive: output: No space left on device\n")


def refuse(archive: Archive, *operations: str) -> None:
    """Let SQLite refuse these: BEGIN, COMMIT, ROLLBACK."""

    def authorize(action: int, operation: str | None, *_: str | None) -> int:
        is_refused = action == sqlite3.SQLITE_TRANSACTION and operation in operations
        return sqlite3.SQLITE_DENY if is_refused else sqlite3.SQLITE_OK

    archive.db.set_authorizer(authorize)


def test_after_a_commit_that_fails_the_archive_can_be_used_and_holds_nothing_of_it(db: Path) -> None:
    with Archive(db) as archive:
        refuse(archive, "COMMIT")
        with pytest.raises(ArchiveError, match="not authorized"):
            save(archive, [1])
        assert not archive.db.in_transaction
        refuse(archive)
        save(archive, [2])
    assert sound_addresses(db) == [address(2)]


def test_a_rollback_that_fails_too_does_not_hide_what_failed_first(db: Path) -> None:
    with Archive(db) as archive:
        refuse(archive, "COMMIT", "ROLLBACK")
        with pytest.raises(ArchiveError) as caught:
            save(archive, [1])
        assert caught.value.__cause__ is not None
        assert "could not be rolled back" in caught.value.__cause__.__notes__[0]
        with pytest.raises(ArchiveError, match="closed"):
            save(archive, [2])
    assert sound_addresses(db) == []


# --- processes that are killed, system calls that fail ---


def writer(db: Path, first: int, count: int, *, size: int | None = None, before: tuple[str, ...] = ()) -> list[str]:
    """The command of a process that saves articles; see tests/writer.py."""
    command = [*before, sys.executable, "-m", "tests.writer", str(db), str(first), str(count)]
    return command if size is None else [*command, str(size)]


def spread(most: int, count: int) -> list[int]:
    """So many numbers from 1 to the most."""
    return sorted({1 + most * step // count for step in range(count)})


@pytest.mark.slow
def test_a_writer_killed_at_any_write_loses_nothing_it_acknowledged(db: Path) -> None:
    said: set[str] = set()
    for number, size in enumerate(spread(500_000, KILLS)):
        done = subprocess.run(
            writer(db, 10 * number, 10, size=size), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode in {0, -signal.SIGXFSZ}, done.stderr
        said |= set(done.stdout.split())
        assert said <= set(sound_addresses(db))
    assert said


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="strace, which makes system calls fail, is not installed")
@pytest.mark.parametrize(
    ("call", "fault", "most"),
    [
        ("pwrite64", "signal=KILL", 500),
        ("fdatasync", "signal=KILL", 60),
        ("pwrite64", "error=EIO", 500),
        ("pwrite64", "error=ENOSPC", 500),
        ("fdatasync", "error=EIO", 60),
    ],
)
def test_a_system_call_that_fails_or_kills_loses_nothing_acknowledged(
    db: Path, tmp_path: Path, call: str, fault: str, most: int
) -> None:
    said: set[str] = set()
    failed = 0
    for number, nth in enumerate(spread(most, max(KILLS // 3, 1))):
        repeated = "+" if fault.startswith("error") else ""  # a disk that fails goes on to fail
        expressions = ("-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={nth}{repeated}")
        inject = ("strace", "-f", "-qq", "-o", "/dev/null", *expressions)
        done = subprocess.run(
            writer(db, 10 * number, 10, before=inject), cwd=ROOT, capture_output=True, text=True, check=False
        )
        if "ptrace" in done.stderr:
            pytest.skip(f"no process can be traced here: {done.stderr.splitlines()[0]}")
        failed += done.returncode != 0
        assert done.returncode in {0, 5, -signal.SIGKILL, 128 + signal.SIGKILL}, done.stderr
        assert done.stderr.count("\n") == (done.returncode == 5), done.stderr
        said |= set(done.stdout.split())
        assert said <= set(sound_addresses(db))
        with Archive(db) as archive:
            save(archive, [10 * number])
    assert failed


# --- clocks that jump ---

JUMPS = {
    "back a day": timedelta(days=-1),
    "back 10 years": timedelta(days=-3650),
    "forward 10 years": timedelta(days=3650),
}
NOW = datetime(2037, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_versions_stand_in_the_order_in_which_they_came_whatever_the_clock_said(db: Path, jump: timedelta) -> None:
    with Archive(db) as archive:
        for edit, at in (("أولاً", NOW), ("ثانياً", NOW + jump), ("ثالثاً", NOW)):
            save(archive, [1], edit=edit, fetched_at=at)
        versions = archive.history(1).versions
        newest = archive.article(1).article.body
    assert [version.article.body[0].text.split()[-1] for version in versions] == ["أولاً", "ثانياً", "ثالثاً"]
    assert newest == versions[-1].article.body


@pytest.mark.parametrize("year", [2038, 2039, 2100])
def test_times_are_stored_in_utc_in_any_year_and_zone(db: Path, year: int) -> None:
    at = datetime(year, 3, 27, 1, 30, tzinfo=UTC)
    with Archive(db) as archive:
        save(archive, [1], fetched_at=at.astimezone())
        assert archive.article(1).first_captured_at == f"{year}-03-27T01:30:00Z"


@pytest.mark.parametrize("year", [1970, 2037, 2038, 2100])
@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_no_delay_between_visits_is_negative_or_endless(jump: timedelta, year: int) -> None:
    now, plan = NOW.replace(year=year), Schedule()
    then = timestamp(now + jump)
    entry = Entry(url=address(1), kind="feed", site_id=1, next_try_at=then, last_new_at=then, whole_at=then)
    for after in (
        after_article(entry, now=now, schedule=plan),
        after_listing(entry, now=now, is_news=False, schedule=plan),
        after_failure(entry, now=now, reason="x", retry_at=None),
        after_failure(entry, now=now, reason="x", retry_at=now - timedelta(days=1)),
    ):
        assert after.next_try_at is not None
        assert now <= datetime.fromisoformat(after.next_try_at) <= now + plan.longest


def test_what_a_clock_that_was_ahead_put_off_for_years_is_visited_when_it_is_right_again(db: Path) -> None:
    with FaultServer() as server, Archive(db) as archive:
        paths = newsroom(server, [1, 2])
        site = archive.crawling.add_site(host="127.0.0.1", url=server.url("/"), outlet=None)
        now = datetime.now(UTC)
        for path, due in zip(paths, (now + timedelta(days=3650), now + timedelta(days=90)), strict=True):
            archive.crawling.add(
                [Entry(url=server.url(path), kind="article", site_id=site.id, next_try_at=timestamp(due))]
            )
        crawl(archive, FetchSettings(allow=(server.endpoint,), delay=0), bounds=Bounds(), readers=1)
        assert [path for path in server.paths() if path in paths] == [paths[0]]


# --- many at once ---


def test_a_reader_sees_one_moment_while_the_writer_goes_on(db: Path) -> None:
    with Archive(db) as archive, Archive(db, readonly=True) as reader:
        save(archive, range(1, 6))
        reading = reader.articles()
        seen = [next(reading)]
        begun = time.monotonic()
        save(archive, range(1, 6), edit="ثم أُغلقت.")
        save(archive, range(6, 9))
        assert time.monotonic() - begun < 5
        seen += reading
        assert {found.versions for found in seen} == {1}
        assert len(seen) == 5
        assert [found.versions for found in reader.articles()] == [1] * 3 + [2] * 5


def test_several_questions_can_be_asked_of_one_moment(db: Path) -> None:
    with Archive(db) as archive, Archive(db, readonly=True) as reader:
        save(archive, [1])
        with reader.snapshot():
            before = reader.counts()
            save(archive, [2])
            assert reader.counts() == before
            assert len(list(reader.articles())) == 1
        assert len(list(reader.articles())) == 2


def test_a_reading_that_is_never_finished_harms_nobody(db: Path) -> None:
    with Archive(db) as archive:
        save(archive, range(5))
        with Archive(db, readonly=True) as reader:
            reading = reader.articles()
            next(reading)
        del reading  # after its archive was closed
        save(archive, [5])
    assert len(sound_addresses(db)) == 6


def test_forgetting_says_so_where_a_reader_keeps_the_bytes_in_the_journal(db: Path) -> None:
    with Archive(db) as archive, Archive(db, readonly=True) as reader:
        save(archive, range(3))
        archive.db.execute("PRAGMA busy_timeout=50")
        with reader.snapshot():
            reader.counts()
            with pytest.raises(ArchiveError, match="forgotten, but"):
                archive.forget(1, reason=None)
        assert archive.forget(2, reason=None) == 1
    assert "رقم 0".encode() not in db.read_bytes()


@pytest.mark.slow
def test_eight_writers_and_a_reader_are_never_told_that_the_database_is_locked(db: Path) -> None:
    writers = [
        subprocess.Popen(writer(db, 10 * number, 10), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for number in range(8)
    ]
    seen: list[str] = []
    while any(process.poll() is None for process in writers):
        if db.exists():
            with Archive(db, readonly=True) as reader:
                now = addresses_in(reader)
                assert now[: len(seen)] == seen
                seen = now
    results = [(*process.communicate(), process.returncode) for process in writers]
    assert [(err, code) for _, err, code in results] == [(b"", 0)] * 8
    said = {line for out, *_ in results for line in out.decode().split()}
    assert said == set(sound_addresses(db)) == {address(number) for number in range(80)}


def holding(db: Path) -> subprocess.Popen[str]:
    """A process that holds an archive open to write."""
    code = f"import time, newsarchive as n\nwith n.Archive({str(db)!r}):\n print(1, flush=True)\n time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_the_lock_of_a_killed_process_is_taken_over_at_once(db: Path) -> None:
    with holding(db) as holder:
        with pytest.raises(ArchiveLocked), Archive(db):
            pass
        holder.kill()
    with Archive(db) as archive:
        save(archive, [1])
    assert sound_addresses(db) == [address(1)]


def test_a_lock_file_that_names_a_living_process_holds_nobody_up(db: Path) -> None:
    lock = db.with_name("archive.db.lock")
    lock.write_text(f"{os.getpid()}\n{os.uname().nodename}\n")
    with Archive(db) as archive:
        save(archive, [1])
    assert sound_addresses(db) == [address(1)]


def test_the_lock_is_the_same_by_whatever_link_the_archive_is_reached(db: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    with Archive(db) as archive:
        link.symlink_to(db)
        with pytest.raises(ArchiveLocked), Archive(link):
            pass
        save(archive, [1])
    with Archive(link) as archive:
        assert addresses_in(archive) == [address(1)]


def test_a_killed_crawl_leaves_no_lock_with_the_children_that_read_for_it(run: Command, db: Path) -> None:
    with FaultServer() as server:
        newsroom(server, range(1, 41))
        assert run("sites", "add", server.url("/"), "--allow", server.endpoint, db=db)[0] == 0
        command = [
            sys.executable,
            "-c",
            "from newsarchive.cli import main; main()",
            "crawl",
            "--allow",
            server.endpoint,
        ]
        with subprocess.Popen([*command, "--db", str(db)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("stored")
            process.kill()
            process.wait()
            with Archive(db) as archive:
                assert archive.counts()["articles"] >= 1
