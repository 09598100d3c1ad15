"""Conditional requests: what a server gave to recognise a page by, and when to ask without it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from newsarchive.models import Page

LONGEST = 1024
_ETAG = re.compile(r"[\x21-\x7e\x80-\xff]+")  # Latin-1 without controls and spaces: bytes as they came
_DATE = re.compile(r"[\x20-\x7e]{1,64}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """The validators of a page that was served whole, byte for byte, with its final address and when that was."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: datetime

    @classmethod
    def of(cls, page: Page) -> Validators | None:
        """Return the validators to keep with a page; None where it has none that is fit to be sent back."""
        etag = page.header("etag")
        if etag is not None and (len(etag) > LONGEST or not _ETAG.fullmatch(etag)):
            etag = None
        modified = page.header("last-modified")
        if modified is not None and not _DATE.fullmatch(modified):
            modified = None
        if etag is None and modified is None:
            return None
        return cls(url=page.url, etag=etag, last_modified=modified, fetched_at=page.fetched_at)

    def headers(self, now: datetime, oldest: float) -> dict[str, str]:
        """Return the headers of a conditional request; none where the page is older than so many seconds.

        A server that says "unchanged" for ever is thus asked for the whole page from time to time, and so is
        one whose page seems to have been fetched in the future.
        """
        if not timedelta(0) <= now - self.fetched_at <= timedelta(seconds=oldest):
            return {}
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}
