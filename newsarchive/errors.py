"""All errors that newsarchive raises on purpose.

    NewsArchiveError            one line for a user: "<subject>: <reason>"
    ├── FetchError              the page could not be had: network, HTTP status, policy
    │   └── RefusedAddress      the address policy forbids it
    ├── ParseError              these bytes cannot be read as a page
    ├── RuleError               a site rule or configuration file is wrong
    ├── ArchiveError            the archive file cannot be used
    │   └── ArchiveLocked       another run is writing to it
    ├── NotInArchive            no such article
    └── QueryError              a search query that cannot be understood

Every library's exceptions are wrapped in the one module that uses the library, `from e`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from newsarchive.models import Page


class NewsArchiveError(Exception):
    """Say what failed and why, in one line; `subject` is an address, a path or a query."""

    exit_code = 1

    def __init__(self, subject: str, reason: str) -> None:
        super().__init__(subject, reason)
        self.subject = subject
        self.reason = reason

    def __str__(self) -> str:
        return " ".join(f"{self.subject}: {self.reason}".split())


class FetchError(NewsArchiveError):
    """A page could not be had; `status` is the HTTP status where there was one.

    `page` is what was served all the same, so that a removed page can be recorded; `retry_at` is the time before
    which the host is not to be asked again.
    """

    def __init__(
        self,
        subject: str,
        reason: str,
        *,
        status: int | None = None,
        page: Page | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(subject, reason)
        self.status = status
        self.page = page
        self.retry_at = retry_at

    @property
    def is_removal(self) -> bool:
        """Whether the server says that there is no such page, or no longer one that it may show."""
        return self.status in {404, 410, 451}


class RefusedAddress(FetchError):
    """The address policy does not let this address be fetched."""


class ParseError(NewsArchiveError):
    """These bytes cannot be read as a page."""


class RuleError(NewsArchiveError):
    """A site rule or the configuration is wrong; the subject names file and key."""

    exit_code = 4


class ArchiveError(NewsArchiveError):
    """The archive file cannot be used; it is left as it was found."""

    exit_code = 5


class ArchiveLocked(ArchiveError):
    """Another run is writing to the archive."""

    exit_code = 3


class NotInArchive(NewsArchiveError):
    """The archive holds no such article."""


class QueryError(NewsArchiveError):
    """A query that cannot be understood; the subject is the query."""

    exit_code = 2
