"""How an archive file comes to be, and how an older one is brought to this version's schema. No tables are known here.

Before an upgrade the archive is copied to `<name>.before-<schema>` beside it. The copy stays until the next upgrade,
or until something is forgotten: it would still hold that.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from newsarchive.archive import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def create(path: Path) -> None:
    """Make an empty archive, so that a process killed half-way leaves nothing that a later one could take for it."""
    from newsarchive.archive.migrations import migrate

    with connection.wrapped(path), _built(path) as unfinished, closing(connection.open_writer(unfinished)) as db:
        migrate(db)


def upgrade(path: Path, db: sqlite3.Connection) -> None:
    """Bring an open archive to this version's schema, all the way or not at all, and keep a copy of what it was."""
    from newsarchive.archive.migrations import migrate

    with connection.wrapped(path):
        archive = path.resolve()
        copy = archive.with_name(f"{archive.name}.before-{connection.SCHEMA_VERSION}")
        with _built(copy) as unfinished, closing(sqlite3.connect(unfinished)) as target:
            db.backup(target)
        migrate(db)
        remove_copies(path, but=copy)


def remove_copies(path: Path, *, but: Path | None = None) -> None:
    """Take away the copies that upgrades have left beside an archive."""
    archive = path.resolve()
    for copy in archive.parent.iterdir():
        if copy.name.startswith(f"{archive.name}.before-") and copy != but:
            copy.unlink()


@contextmanager
def _built(path: Path) -> Iterator[Path]:
    """An empty file for its owner alone, under another name; once the block is done with it, it takes this path.

    What a process that died has left under the other name is taken away.
    """
    unfinished = path.with_name(f"{path.name}.new")
    _remove(unfinished)
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield unfinished
        _sync(unfinished)
        unfinished.rename(path)
        _sync(path.parent)
    finally:
        _remove(unfinished)


def _remove(unfinished: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have the disk keep a file, or what a folder lists, before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
