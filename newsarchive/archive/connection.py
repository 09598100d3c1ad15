"""How an archive file is opened: who may write, what is refused, which journal. No tables are known here.

One writer, held by a lock file that a dead process cannot hold; every other connection is `mode=ro`. Readers neither
write nor checkpoint, so the WAL-reset defect of SQLite before 3.51.3, which needs two that do, cannot occur
(https://sqlite.org/wal.html, "The WAL-reset bug").
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.errors import ArchiveError, ArchiveLocked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filelock import FileLock

APPLICATION_ID = 0x4E657741  # "NewA"
SCHEMA_VERSION = 3  # how many migrations there are; kept here so that readers need not import them
SQLITE_MAGIC = b"SQLite format 3\x00"
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)  # what a row leads to that we never wrote like that
_SIGNS_OF_DAMAGE = ("malformed", "not a database", "Could not decode")
_ADVICE = "`newsarchive verify` says what is damaged, docs/recovery.md how to get the rest out"
BUSY_TIMEOUT_MS = 30_000
_HEADER_SIZE = 100
_APPLICATION_ID_AT = 68  # https://sqlite.org/fileformat.html, "The Database Header"
_USER_VERSION_AT = 60
# https://sqlite.org/walformat.html; zeros are what a power cut leaves of a journal in which nothing was committed yet.
_WAL_MAGIC = {b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", bytes(4)}


@contextmanager
def wrapped(path: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system say into an ArchiveError about this path."""
    try:
        yield
    except (sqlite3.Error, OSError) as e:
        raise ArchiveError(str(path), _explain(path, e)) from e


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Do what `wrapped` does, also for a row that came out of a damaged file and is not what we ever wrote."""
    with wrapped(path):
        try:
            yield
        except UNREADABLE as e:
            raise ArchiveError(str(path), f"holds what cannot be read ({type(e).__name__}); {_ADVICE}") from e


def _explain(path: Path, error: Exception) -> str:
    text = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    text = "".join(filter(str.isprintable, text.partition(" with text ")[0]))  # SQLite quotes what it stumbles over
    if "unable to open" in text and not os.access(path.parent, os.W_OK):
        return f"{text}; the folder cannot be written to: copy the archive and its journal to one that can"
    if "disk is full" in text or "No space left" in text:
        return f"{text}; what was stored before is kept, make room and run the command again"
    if "disk I/O error" in text or (isinstance(error, OSError) and error.errno in {errno.EIO, errno.EFBIG}):
        return f"{text}: the disk is full, faulty or gone; what was stored before is kept"
    if isinstance(error, sqlite3.IntegrityError) or any(sign in text for sign in _SIGNS_OF_DAMAGE):
        return f"{text}; {_ADVICE}"
    return text


def lock(path: Path) -> FileLock:
    """Take the writer's lock of an archive, at once or not at all; raises ArchiveLocked."""
    from filelock import FileLock, Timeout

    held = FileLock(f"{path.resolve()}.lock", timeout=0)  # one lock, by whatever links the archive is reached
    try:
        held.acquire()
    except Timeout as e:
        raise ArchiveLocked(str(path), "another newsarchive run is writing to it; try again when it has ended") from e
    except OSError as e:
        raise ArchiveError(str(path), f"cannot be written to: {e.strerror or e}") from e
    return held


def schema_version(path: Path) -> int:
    """Return the schema version of an archive file from its header, without opening it.

    Raises ArchiveError for what is not an archive of ours; nothing is changed.
    """
    try:
        if path.is_dir():
            raise ArchiveError(str(path), "is a folder, not an archive")
        if not path.is_file():
            raise ArchiveError(str(path), "is not a regular file")
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
    except OSError as e:
        raise ArchiveError(str(path), f"cannot be read: {e.strerror or e}") from e
    if not header.startswith(SQLITE_MAGIC) or len(header) < _HEADER_SIZE:
        what = "is empty" if not header else "is not a database"
        raise ArchiveError(str(path), f"{what}; newsarchive leaves it untouched, name another file with --db")
    if int.from_bytes(header[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4]) != APPLICATION_ID:
        raise ArchiveError(str(path), "is another program's database; name another file with --db")
    return int.from_bytes(header[_USER_VERSION_AT : _USER_VERSION_AT + 4])


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the one connection that writes, to a file that is there; the caller holds the lock."""
    connection = _open(path, "mode=rw")
    with _closed_on_error(connection):
        connection.execute(f"PRAGMA journal_mode={'DELETE' if on_network(path) else 'WAL'}")
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """Open a connection that can only read.

    A WAL archive in a folder that cannot be written to is opened as what it is there: immutable.
    """
    immutable = not os.access(path.resolve().parent, os.W_OK) and not _journal(path).exists()
    return _open(path, "mode=ro&immutable=1" if immutable else "mode=ro")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """BEGIN IMMEDIATE … COMMIT, or nothing: after an error the connection is in no transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException as e:
        _roll_back(db, e)
        raise


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Let all that is read inside be of one moment, whatever a writer commits meanwhile."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.ProgrammingError):  # the connection was closed before the reader was done, which ends it
            db.execute("ROLLBACK")


def _roll_back(db: sqlite3.Connection, error: BaseException) -> None:
    """End what is left of a transaction; a failure of that is noted with the error that led to it, not in its place."""
    try:
        if db.in_transaction:
            db.execute("ROLLBACK")
    except sqlite3.Error as e:
        error.add_note(f"the transaction could not be rolled back ({e}), so the connection was closed")
        db.close()


def _open(path: Path, mode: str) -> sqlite3.Connection:
    _refuse_unreadable_journal(path)
    uri = f"{path.absolute().as_uri()}?{mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)
    with _closed_on_error(connection):
        connection.row_factory = sqlite3.Row
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _refuse_unreadable_journal(path: Path) -> None:
    """Raise ArchiveError for a journal that is none: SQLite takes it for empty and writes over what was stored last."""
    journal = _journal(path)
    with suppress(FileNotFoundError), journal.open("rb") as file:
        magic = file.read(4)
        if len(magic) == 4 and magic not in _WAL_MAGIC:
            raise ArchiveError(
                str(path), f"its journal {journal.name} is damaged; move it away to go on without what was stored last"
            )


def _journal(path: Path) -> Path:
    """Where SQLite keeps what is committed and not yet in the archive file."""
    return Path(f"{path.resolve()}-wal")


def on_network(path: Path) -> bool:
    """Tell whether a path lies on a network file system, where WAL's shared memory does not work."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return False
    folder = path.absolute().parent
    entries = (line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines())
    holding = [(fields[1], fields[2]) for fields in entries if folder.is_relative_to(fields[1])]
    kind = max(holding, key=lambda mount: len(mount[0]), default=("", ""))[1]
    return kind in {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"}
