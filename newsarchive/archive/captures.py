"""Captures and raw bytes: what was served, when, and the bytes themselves. Knows nothing of articles' text."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING

from newsarchive.errors import ArchiveError
from newsarchive.records import timestamp

if TYPE_CHECKING:
    import sqlite3

    from zstandard import ZstdCompressor

    from newsarchive.models import Page, Reading

# Levels above 9 gain under 1 % on news pages and cost several times the CPU.
_ZSTD_LEVEL = 9


def add(
    connection: sqlite3.Connection, page: Page, reading: Reading, *, article_id: int | None, parser_version: str
) -> int:
    """Store a page and its bytes, shown to be of this article if any, and return the capture's number."""
    cursor = connection.execute(
        """
        INSERT INTO captures (
            article_id, requested_url, url, redirects, status, headers, conditions, fetched_at, capture_source,
            digest, encoding, encoding_reason, parser_version, refusal, note
        ) VALUES (
            :article_id, :requested_url, :url, :redirects, :status, :headers, :conditions, :fetched_at, :capture_source,
            :digest, :encoding, :encoding_reason, :parser_version, :refusal, :note
        )
        """,
        {
            "article_id": article_id,
            "requested_url": page.requested_url,
            "url": page.url,
            "redirects": _json([[hop.url, hop.status, hop.location] for hop in page.redirects]),
            "status": page.status,
            "headers": _json([list(header) for header in page.headers]),
            "conditions": json.dumps(dict(page.conditions), ensure_ascii=False) if page.conditions else None,
            "fetched_at": timestamp(page.fetched_at),
            "capture_source": page.capture_source,
            "digest": add_raw(connection, page.content),
            "encoding": reading.encoding,
            "encoding_reason": reading.encoding_reason,
            "parser_version": parser_version,
            "refusal": reading.refusal,
            "note": reading.note,
        },
    )
    return _number(cursor)


def add_imported(connection: sqlite3.Connection, article_id: int, url: str, fetched_at: str) -> int:
    """Store that a record came in without a page, and return the capture's number."""
    cursor = connection.execute(
        """
        INSERT INTO captures (article_id, requested_url, url, fetched_at, capture_source)
        VALUES (:article_id, :url, :url, :at, 'import')
        """,
        {"article_id": article_id, "url": url, "at": fetched_at},
    )
    return _number(cursor)


def add_raw(connection: sqlite3.Connection, content: bytes) -> str:
    """Store bytes once, under their sha256, and return it."""
    digest = hashlib.sha256(content).hexdigest()
    if connection.execute("SELECT 1 FROM raw WHERE digest = :digest", {"digest": digest}).fetchone() is None:
        connection.execute(
            "INSERT INTO raw (digest, size, codec, content) VALUES (:digest, :size, 'zstd', :content)",
            {"digest": digest, "size": len(content), "content": packed(content)},
        )
    return digest


def packed(content: bytes) -> bytes:
    """Return bytes as they are stored."""
    return _compressor().compress(content)


@cache
def _compressor() -> ZstdCompressor:
    from zstandard import ZstdCompressor

    return ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True, write_content_size=True)


def raw(connection: sqlite3.Connection, digest: str) -> bytes:
    """Return stored bytes, checked against their digest; raises ArchiveError."""
    row = connection.execute(
        "SELECT size, codec, content FROM raw WHERE digest = :digest", {"digest": digest}
    ).fetchone()
    if row is None:
        raise ArchiveError(digest, "no bytes are stored under this digest")
    if row["codec"] != "zstd":
        raise ArchiveError(digest, f"stored with the codec {row['codec']!r}, which this version cannot read")
    content = _decompress(digest, row["content"], row["size"])
    if hashlib.sha256(content).hexdigest() != digest:
        raise ArchiveError(digest, "the stored bytes are damaged: they do not have this digest")
    return content


def last_digest(connection: sqlite3.Connection, article_id: int) -> str | None:
    """Return the digest of the newest capture of an article that has bytes."""
    row = connection.execute(
        "SELECT digest FROM captures WHERE article_id = :article AND digest IS NOT NULL ORDER BY id DESC LIMIT 1",
        {"article": article_id},
    ).fetchone()
    return row["digest"] if row else None


def _decompress(digest: str, content: bytes, size: int) -> bytes:
    from zstandard import ZstdDecompressor, ZstdError, frame_content_size

    try:
        if frame_content_size(content) != size:  # which it would be trusted to set memory aside for
            raise ArchiveError(digest, "the stored bytes are damaged: they are not of their size")
        return ZstdDecompressor().decompress(content)
    except ZstdError as e:
        raise ArchiveError(digest, f"the stored bytes are damaged: {e}") from e


def _json(values: list[list[object]] | list[list[str]]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _number(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None  # an INSERT that succeeded has one  # noqa: S101
    return cursor.lastrowid
