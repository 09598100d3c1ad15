"""From a page, a visit or a record to rows: the order in which the parts are stored, within a caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsarchive.archive import articles, captures
from newsarchive.models import Saved
from newsarchive.records import from_record, timestamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from newsarchive.archive.articles import Known
    from newsarchive.models import Article, Page, Reading


def save_page(db: sqlite3.Connection, page: Page, reading: Reading, parser_version: str) -> Saved:
    if reading.article is not None:
        return _save_article(db, page, reading, reading.article, articles.known(db, reading.article), parser_version)
    number = articles.number_of(db, page.url)
    capture_id = captures.add(db, page, reading, article_id=number, parser_version=parser_version)
    return Saved(outcome="refused", url=page.url, capture_id=capture_id, reason=reading.refusal)


def save_visited(db: sqlite3.Connection, page: Page, reading: Reading, parser_version: str) -> Saved:
    """Save a page of the crawl; one that says what is known already is noted and not kept again."""
    if reading.article is None:
        return save_page(db, page, reading, parser_version)
    before = articles.known(db, reading.article)
    if not before.is_same or before.article_id is None:
        return _save_article(db, page, reading, reading.article, before, parser_version)
    articles.touch(db, before.article_id, timestamp(page.fetched_at), reading.article.outlet)
    return Saved(outcome="unchanged", url=reading.article.url, capture_id=None, article_id=before.article_id)


def _save_article(
    db: sqlite3.Connection, page: Page, reading: Reading, article: Article, before: Known, parser_version: str
) -> Saved:
    at = timestamp(page.fetched_at)
    number = articles.numbered(db, article, before, captured_at=at)
    capture_id = captures.add(db, page, reading, article_id=number, parser_version=parser_version)
    articles.save(db, article, before, article_id=number, capture_id=capture_id, captured_at=at)
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
        article_id = articles.numbered(db, article, before, captured_at=at)
        capture_id = captures.add_imported(db, article_id, article.url, at)
        articles.save(db, article, before, article_id=article_id, capture_id=capture_id, captured_at=at)
    return before.outcome
