"""Reads a page: bytes in, an article or the reason why there is none out. No network, no disk, no archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsarchive.encoding import decide
from newsarchive.models import Article, Reading
from newsarchive.parser import rules
from newsarchive.parser.document import read_document
from newsarchive.parser.reading import read_page
from newsarchive.parser.rules import SelectorFinding

if TYPE_CHECKING:
    from datetime import datetime

    from newsarchive.sites import Site

__all__ = ["CONFINE_ABOVE", "PARSER_VERSION", "SelectorFinding", "check_rule", "parse", "read", "rule_findings"]

# Written with every article; a new one where the same page may give another record.
PARSER_VERSION = "6"

# Bytes of a page that `confined` should read: the worst page of this size that we could make took 4 s and 270 MiB.
CONFINE_ABOVE = 1_000_000


def parse(
    html: bytes,
    *,
    url: str,
    fetched_at: datetime | None = None,
    content_type: str | None = None,
    site: Site | None = None,
) -> Article | None:
    """Return the article on a page, None where the page is not one.

    `content_type` is the header as served; relative times stay unread without `fetched_at`. Raises ParseError alone,
    and RuleError where `site` was not checked and holds what is no XPath expression.
    """
    return read(html, url=url, fetched_at=fetched_at, content_type=content_type, site=site).article


def read(
    html: bytes,
    *,
    url: str,
    fetched_at: datetime | None = None,
    content_type: str | None = None,
    site: Site | None = None,
) -> Reading:
    """Return what came of reading a page: the article or the refusal, the encoding and why.

    Raises as `parse` does.
    """
    document = read_document(html, url=url, content_type=content_type)
    if document is None:
        return _empty(html, content_type)
    return read_page(document, url=url, fetched_at=fetched_at, site=site)


def check_rule(site: Site) -> None:
    """Raise RuleError with file and key for a selector of a site rule that is no XPath expression."""
    rules.check(site)


def rule_findings(html: bytes, *, url: str, site: Site, content_type: str | None = None) -> list[SelectorFinding]:
    """Return what each selector of a site rule finds on a page; one with no matches is wrong or out of date."""
    document = read_document(html, url=url, content_type=content_type)
    return [] if document is None else rules.findings(site, document.root)


def _empty(html: bytes, content_type: str | None) -> Reading:
    decision = decide(html, content_type=content_type)
    return Reading(article=None, refusal="empty", encoding=decision.encoding, encoding_reason=decision.reason)
