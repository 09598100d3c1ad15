"""From a page, a visit or a record to rows: the order in which the parts are stored, within a caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsarchive.archive import articles, captures
from newsarchive.models import Saved
from newsarchive.records import from_record

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from newsarchive.models import Article, Page, Reading


def save_page(db: sqlite3.Connection, page: Page, reading: Reading, parser_version: str) -> Saved:
    capture_id = captures.add(db, page, reading, parser_version=parser_version)
    if reading.article is not None:
        return _save_article(db, reading.article, capture_id, captures.timestamp(page.fetched_at))
    captures.assign(db, capture_id, articles.number_of(db, page.url))
    return Saved(outcome="refused", url=page.url, capture_id=capture_id, reason=reading.refusal)


def save_visited(db: sqlite3.Connection, page: Page, reading: Reading, parser_version: str) -> Saved:
    """Save a page of the crawl; one that says what is known already is noted and not kept again."""
    at = captures.timestamp(page.fetched_at)
    if reading.article is not None:
        before = articles.known(db, reading.article)
        if before.is_same and before.article_id is not None:
            articles.touch(db, before.article_id, at, reading.article.outlet)
            return Saved(outcome="unchanged", url=reading.article.url, capture_id=None, article_id=before.article_id)
    return save_page(db, page, reading, parser_version)


def _save_article(db: sqlite3.Connection, article: Article, capture_id: int, at: str) -> Saved:
    before = articles.known(db, article)
    number = articles.save(db, article, before, capture_id=capture_id, captured_at=at)
    captures.assign(db, capture_id, number)
    return Saved(
        outcome=before.outcome,
        url=article.url,
        capture_id=capture_id,
        article_id=number,
        headline=article.headline,
    )


def save_record(db: sqlite3.Connection, number: int, record: Mapping[str, Any], at: str) -> str:
    """Store one record; one whose text is there already costs a comparison and writes nothing."""
    try:
        article = from_record(record)
    except ValueError as e:
        raise ValueError(f"record {number}: {e}") from e
    before = articles.known(db, article)
    if not before.is_same:
        capture_id = captures.add_imported(db, article.url, at)
        captures.assign(db, capture_id, articles.save(db, article, before, capture_id=capture_id, captured_at=at))
    return before.outcome
