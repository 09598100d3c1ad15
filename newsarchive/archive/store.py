"""Archive: one SQLite file of captures, articles and their search index. What is asked of it, in one place."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from newsarchive.archive import articles, captures, connection, forgetting, index, saving, searching, upgrading
from newsarchive.archive.crawling import Crawling
from newsarchive.data import wordlists
from newsarchive.errors import ArchiveError, NotInArchive
from newsarchive.records import timestamp
from newsarchive.urls import canonical

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from filelock import FileLock

    from newsarchive.archive.history import Change, History
    from newsarchive.archive.statistics import Group, Tally
    from newsarchive.archive.verifying import Flaw, Progress
    from newsarchive.health import Finding
    from newsarchive.models import Page, Reading, Saved, SearchHit, StoredArticle

_Item = TypeVar("_Item")
_LONGEST_NUMBER = 18  # digits
_IMPORT_BATCH = 500  # articles a transaction


class Archive:
    """An archive file, as a context manager.

    It is opened to write, and made if it is not there unless `create` is False; one writer at a time holds it
    (ArchiveLocked otherwise). With `readonly=True` it is opened beside a writer and never changed. Raises ArchiveError
    for a file that is not an archive of ours or is made by a newer version; such a file is left as it is.
    """

    def __init__(self, path: str | os.PathLike[str], *, readonly: bool = False, create: bool = True) -> None:
        self.path = Path(path)
        self.readonly = readonly
        self._create = create and not readonly
        self._lock: FileLock | None = None
        self._open: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        with connection.wrapped(self.path):
            self._enter(is_there=self.path.exists())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._open is not None:
                with connection.wrapped(self.path):
                    self._open.close()
        finally:
            self._open = None
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def save(self, page: Page, reading: Reading, *, parser_version: str) -> Saved:
        """Keep a page and, where it is an article, what it says: all in one durable transaction, or nothing."""
        with self.transaction() as db:
            return saving.save_page(db, page, reading, parser_version)

    def import_records(self, records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
        """Store records (keys of `to_record`; url and body required), and count what came of them.

        Raises ValueError, naming record and key, for one that is none; batches before it are kept.
        """
        counts = {"stored": 0, "changed": 0, "unchanged": 0}
        at = timestamp(datetime.now(UTC))
        for batch in _batches(enumerate(records, 1), _IMPORT_BATCH):
            with self.transaction() as db:
                for number, record in batch:
                    counts[saving.save_record(db, number, record, at)] += 1
        return counts

    def search(
        self, query: str, *, limit: int = 20, offset: int = 0, sort: searching.Sort = "relevance", **options: Any
    ) -> list[SearchHit]:
        """Return the best articles for a query, best first; raises QueryError. Options: see `asking`."""
        with self.asking(query, **options) as asked:
            return asked.hits(limit=limit, offset=offset, sort=sort)

    @contextmanager
    def asking(self, query: str, **options: Any) -> Iterator[searching.Search]:
        """Ask a query whose hits, counts and facets are of one moment; raises QueryError.

        Options: `exact` and `aliases`, `in_headline`, `filters` (pairs of site, outlet, credit, author, section or tag
        and a value), `after`, `before` and `as_of` (dates in any calendar, or 7d for a week ago).
        """
        with self.snapshot():
            yield searching.Search(self.db, query, now=datetime.now(UTC), **options)

    def is_index_due(self) -> bool:
        """Tell whether the word lists have changed since the index was made, so that `reindex` is due."""
        with self.snapshot():
            return index.is_due(self.db)

    def reindex(self, lists: Path | None = None, progress: Callable[[int, int], None] | None = None) -> int:
        """Make the search index anew and return how many texts are in it; until it is done the old one stays.

        `lists` is the folder of a user's own word lists; those of the last time are given up.
        """
        own = wordlists.own_lists(lists) if lists else ()
        if self.readonly:
            raise ArchiveError(str(self.path), "is open to read only")
        with connection.wrapped(self.path):
            return index.rebuild(self.db, own, progress)

    def article(self, wanted: int | str) -> StoredArticle:
        """Return an article by its number or any address it was captured under; raises NotInArchive."""
        with self.snapshot():
            found = articles.stored(self.db, self._find(wanted))
        if found is None:
            raise NotInArchive(str(wanted), "no such article; `newsarchive list` shows what there is")
        return found

    def articles(self, *, limit: int = -1, offset: int = 0) -> Iterator[StoredArticle]:
        """Yield the articles, last captured first; a limit of -1 is none."""
        with self.snapshot():
            for number in articles.numbers(self.db, limit=limit, offset=offset):
                if (found := articles.stored(self.db, number)) is not None:
                    yield found

    def raw(self, wanted: int | str) -> bytes:
        """Return the bytes of an article's newest capture, checked against their digest; raises NotInArchive."""
        with self.snapshot():
            digest = captures.last_digest(self.db, self._find(wanted))
            if digest is None:
                raise NotInArchive(str(wanted), "was imported without its page: there are no bytes to show")
            return captures.raw(self.db, digest)

    def history(self, wanted: int | str) -> History:
        """Return an article's versions, oldest first, and whether it is gone; raises NotInArchive."""
        from newsarchive.archive import history

        with self.snapshot():
            return history.history(self.db, self._find(wanted))

    def changes(self, *, since: datetime, site: str | None = None) -> Iterator[Change]:
        """Yield edits and removals that were seen since a time, newest first; `site` is a host."""
        from newsarchive.archive import history

        with self.snapshot():
            yield from history.changes(self.db, since=since, site=site)

    def tallies(self, by: Group, *, since: datetime | None = None, site: str | None = None) -> list[Tally]:
        """Return how many articles there are by day, site, section or credit, and by the first two their bytes."""
        from newsarchive.archive import statistics

        with self.snapshot():
            return statistics.tallies(self.db, by, since=since, site=site)

    def health(self, *, now: datetime, host: str | None = None) -> list[Finding]:
        """Return how each site fares, or one, judged by its own history; see `newsarchive.health` for the rules."""
        from newsarchive.archive import statistics
        from newsarchive.health import judge

        with self.snapshot():
            return [judge(figures, now=now) for figures in statistics.figures(self.db, now=now, host=host)]

    def forget(self, wanted: int | str, *, reason: str | None) -> int:
        """Take an article, or the captures of an address that was none, out; return the captures forgotten.

        Their digests stay as tombstones. Raises NotInArchive, and ArchiveError where a reader keeps the bytes in the
        journal.
        """
        at = timestamp(datetime.now(UTC))
        with self.transaction() as db:
            count = forgetting.forget(db, self._find_or_none(wanted), _addresses(wanted), reason=reason, at=at)
        if not count:
            raise NotInArchive(str(wanted), "nothing to forget: no such article or address")
        with connection.wrapped(self.path):  # neither the journal nor a copy may keep what was forgotten
            upgrading.remove_copies(self.path)
            if self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()["busy"]:
                raise ArchiveError(
                    str(self.path),
                    "forgotten, but a reader keeps the bytes in its journal: end that, then run a crawl or fetch",
                )
        return count

    def counts(self) -> dict[str, int]:
        """Return how many rows the tables that a person asks about hold."""
        tables = ("articles", "versions", "captures", "raw", "tombstones")
        with self.snapshot():
            return {
                table: self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  # the names above
                for table in tables
            }

    def journal_mode(self) -> str:
        """Return SQLite's journal mode of the file."""
        with connection.wrapped(self.path):
            return str(self.db.execute("PRAGMA journal_mode").fetchone()[0])

    def damage(self) -> str | None:
        """Return what SQLite's quick check finds wrong, or None."""
        with connection.wrapped(self.path):
            found = self.db.execute("PRAGMA quick_check(1)").fetchone()[0]
        return None if found == "ok" else str(found)

    def verify(self, *, quick: bool = False, progress: Progress | None = None) -> Iterator[Flaw]:
        """Yield what is wrong with the archive; see `verifying.flaws`."""
        from newsarchive.archive import verifying

        return verifying.flaws(self.db, quick=quick, progress=progress)

    @property
    def crawling(self) -> Crawling:
        """Sites, the queue and what the crawl records."""
        return Crawling(self)

    @property
    def db(self) -> sqlite3.Connection:
        """The connection, for the modules of this package."""
        if self._open is None:
            raise ArchiveError(str(self.path), "is not open; use `with Archive(path) as archive:`")
        return self._open

    def _enter(self, *, is_there: bool) -> None:
        if not is_there and self.path.is_symlink():
            raise ArchiveError(str(self.path), f"is a link to {self.path.readlink()}, which is not there")
        if not is_there and not self._create:
            raise ArchiveError(str(self.path), "there is no archive yet; `newsarchive fetch URL` begins one")
        if self.readonly:
            self._enter_to_read()
        else:
            self._enter_to_write()

    def _enter_to_read(self) -> None:
        if self._version() < connection.SCHEMA_VERSION:
            with Archive(self.path):
                pass  # opening it to write brings it to this version's schema
        with connection.reading(self.path):
            self._open = connection.open_reader(self.path)

    def _enter_to_write(self) -> None:
        folder = self.path.absolute().parent
        if not folder.is_dir():
            raise ArchiveError(str(self.path), f"the folder {folder} does not exist")
        if self.path.exists():
            self._version()  # what is no archive of ours does not get a lock file beside it
        self._lock = connection.lock(self.path)
        try:
            if not self.path.exists():
                upgrading.create(self.path)
            is_old = self._version() < connection.SCHEMA_VERSION
            with connection.reading(self.path):
                self._open = connection.open_writer(self.path)
            if is_old:
                upgrading.upgrade(self.path, self._open)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def _version(self) -> int:
        version = connection.schema_version(self.path)
        if version > connection.SCHEMA_VERSION:
            raise ArchiveError(
                str(self.path),
                f"was written by a newer newsarchive (schema {version}); upgrade newsarchive to open it",
            )
        return version

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read inside be of one moment, whatever a writer commits meanwhile.

        Each method that reads is one by itself. An archive that is open to write sees its own changes as they come.
        """
        with connection.reading(self.path), connection.snapshot(self.db) if self.readonly else nullcontext():
            yield

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """BEGIN IMMEDIATE … COMMIT; what was asked for is stored only when this has returned."""
        if self.readonly:
            raise ArchiveError(str(self.path), "is open to read only")
        with connection.wrapped(self.path), connection.transaction(self.db) as db:
            yield db

    def _find(self, wanted: int | str) -> int:
        number = self._find_or_none(wanted)
        if number is not None:
            return number
        forgotten = forgetting.tombstone(self.db, _addresses(wanted))
        if forgotten is not None:
            raise NotInArchive(
                str(wanted),
                f"was forgotten at {forgotten['forgotten_at']}: {forgotten['reason'] or 'no reason given'}",
            )
        raise NotInArchive(
            str(wanted),
            "is not in the archive; `newsarchive list` shows what is, `newsarchive fetch` adds it",
        )

    def _find_or_none(self, wanted: int | str) -> int | None:
        text = str(wanted)
        with self.snapshot():
            if text.isdecimal():
                number = int(text) if len(text) <= _LONGEST_NUMBER else 0  # SQLite's integers end soon after
                return number if articles.holds(self.db, number) else None
            return articles.number_of(self.db, text) or articles.number_captured_at(self.db, text)


def _addresses(wanted: int | str) -> tuple[str, str]:
    text = str(wanted)
    return text, text if text.isdecimal() else canonical(text)


def _batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
