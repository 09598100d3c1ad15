"""A process that saves articles and says so, made to be killed, starved of disk, or run eight at a time.

    python -m tests.writer DB FIRST COUNT [BYTES]

It opens the archive for each article, as runs from cron do one after another, waits while another writer holds it, and
says an article's address once it is stored. With BYTES the kernel kills it at its first write beyond that length of a
file.
"""

from __future__ import annotations

import random
import resource
import signal
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.archive import Archive
from newsarchive.errors import ArchiveError, ArchiveLocked
from newsarchive.models import Article, Credit, Link, Page, Paragraph, Reading

PATIENCE = 60  # seconds
_FETCHED = datetime(2024, 3, 10, 9, 0, tzinfo=UTC)


def numbered(number: int, *, edit: str = "", fetched_at: datetime = _FETCHED) -> tuple[Page, Reading]:
    """A page and what it says; another `edit` is another text. The bytes do not compress."""
    url = address(number)
    page = Page(
        requested_url=url,
        url=url,
        content=random.Random(f"{number}{edit}").randbytes(6000),
        fetched_at=fetched_at,
        status=200,
    )
    article = Article(
        url=url,
        headline=f"افتتاح المكتبة رقم {number}",
        source="صدى الوادي- وكالات",
        credits=(Credit(name="وكالات"),),
        tags=("مكتبات", "وادي الزيتون"),
        body=(Paragraph(text=f"أعلنت البلدية افتتاح المكتبة رقم {number} بعد أعمال ترميم. {edit}" * 20),),
        related=(Link(url=f"{url}/related", text="خبر آخر", kind="related"),),
    )
    return page, Reading(article=article, encoding="utf-8", encoding_reason="valid UTF-8")


def save(archive: Archive, numbers: Iterable[int], *, edit: str = "", fetched_at: datetime = _FETCHED) -> None:
    """Save these articles, each in a transaction of its own."""
    for number in numbers:
        archive.save(*numbered(number, edit=edit, fetched_at=fetched_at), parser_version="1")


def address(number: int) -> str:
    """The address of an article made by `numbered`."""
    return f"https://wadi.example/news/{number}"


def save_when_free(db: Path, number: int) -> None:
    """Save one article as a run of its own; wait for another writer to end."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with Archive(db) as archive:
                return save(archive, [number])
        except ArchiveLocked:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.005)


def main(db: str, first: str, count: str, size: str | None = None) -> int:
    """Save the articles; what goes wrong is said in one line."""
    if size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and gets an error instead
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    try:
        for number in range(int(first), int(first) + int(count)):
            save_when_free(Path(db), number)
            sys.stdout.write(f"{address(number)}\n")
            sys.stdout.flush()
    except ArchiveError as e:
        sys.stderr.write(f"{e}\n")
        return e.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
