"""One page at a time: an address or a page at hand becomes what the archive keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsarchive.configuration import default_path
from newsarchive.confined import Confined, Exceeded
from newsarchive.errors import FetchError, ParseError
from newsarchive.fetcher import fetch_archived, is_gone
from newsarchive.models import Reading
from newsarchive.sites import site_for

if TYPE_CHECKING:
    from pathlib import Path

    from newsarchive.archive import Archive
    from newsarchive.fetcher import Fetcher
    from newsarchive.models import Page, Saved


def fetch(url: str, *, fetcher: Fetcher, archive: Archive, web_archive: str | None = None) -> Saved:
    """Fetch an address, read it and keep it; raises FetchError where there is no page to keep.

    Where the page is gone, the copy of the Wayback Machine at `web_archive`, if one is given, is kept instead.
    """
    try:
        page = fetcher.fetch(url)
    except FetchError as e:
        if web_archive is None or not is_gone(e):
            raise
        page = fetch_archived(fetcher, url, base=web_archive)
    return keep(page, archive=archive)


def keep(page: Page, *, archive: Archive) -> Saved:
    """Read a page and keep it; bytes that cannot be read as a page are kept with the reason."""
    from newsarchive.parser import PARSER_VERSION

    return archive.save(page, read(page), parser_version=PARSER_VERSION)


def read(page: Page) -> Reading:
    """Read a page by the rule for its site; what cannot be read comes back as a refusal with the reason.

    A large page is read in a child process that may be stopped. Raises RuleError for a rule that is wrong.
    """
    from newsarchive.parser import CONFINE_ABOVE

    if len(page.content) <= CONFINE_ABOVE:
        return read_here(page)
    try:
        with Confined(read_here) as reader:
            return reader(page)
    except Exceeded as e:
        return refused(e)


def read_here(page: Page) -> Reading:
    """Read a page in this process, whatever it takes: for callers that are confined themselves."""
    from newsarchive import parser

    try:
        return parser.read(
            page.content,
            url=page.url,
            fetched_at=page.fetched_at,
            content_type=page.header("content-type"),
            site=site_for(page.url, folder=rules_folder()),
        )
    except ParseError as e:
        return refused(e)


def refused(error: ParseError | Exceeded) -> Reading:
    """The reading of a page that could not be read."""
    reason = f"could not be read: {error.reason}"
    return Reading(article=None, refusal=reason, encoding=None, encoding_reason=None)


def rules_folder() -> Path | None:
    """Return the folder of the user's own site rules, None where there is none."""
    folder = default_path().parent / "sites"
    return folder if folder.is_dir() else None
