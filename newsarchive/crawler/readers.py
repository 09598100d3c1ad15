"""Child processes that read what was served: a page that loops, eats memory or crashes its reader costs one page."""

from __future__ import annotations

from queue import LifoQueue
from typing import TYPE_CHECKING, Self

from newsarchive.confined import Confined, Exceeded
from newsarchive.crawler.pages import read_here, refused
from newsarchive.discovery import Listing, read_listing
from newsarchive.errors import ParseError
from newsarchive.models import Page, Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


def read_served(page: Page, *, as_listing: bool) -> Reading | Listing:
    """Read what was served; runs in a child process."""
    if as_listing:
        return read_listing(page.content, url=page.url, content_type=page.header("content-type"))
    return read_here(page)


class Readers:
    """Child processes that read pages, each for one thread at a time; use as a context manager."""

    def __init__(self, count: int, read: Callable[..., Reading | Listing] = read_served) -> None:
        self._idle: LifoQueue[Confined[..., Reading | Listing]] = LifoQueue()
        self._all = [Confined(read) for _ in range(count)]
        for reader in self._all:
            self._idle.put(reader)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for reader in self._all:
            reader.close()

    def reading(self, page: Page) -> Reading:
        """Read a page as an article; one that stops the reader is refused with the reason."""
        try:
            found = self._read(page, as_listing=False)
        except Exceeded as e:
            return refused(e)
        assert isinstance(found, Reading)  # noqa: S101  # as_listing chose it
        return found

    def listing(self, page: Page) -> Listing:
        """Read a page as a listing; raises ParseError for one that cannot be read."""
        try:
            found = self._read(page, as_listing=True)
        except Exceeded as e:
            raise ParseError(page.url, e.reason) from e
        assert isinstance(found, Listing)  # noqa: S101  # as_listing chose it
        return found

    def _read(self, page: Page, *, as_listing: bool) -> Reading | Listing:
        reader = self._idle.get()
        try:
            return reader(page, as_listing=as_listing)
        finally:
            self._idle.put(reader)
