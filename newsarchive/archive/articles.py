"""Articles and their versions: an Article into rows and back, when a text counts as changed. All within a caller's
transaction; knows nothing of bytes or files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from newsarchive.arabic import fold
from newsarchive.archive import index, moments
from newsarchive.models import Article, Credit, Image, Link, Paragraph, Provenance, StoredArticle
from newsarchive.urls import canonical, host

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

# The parts of a version that are lists, each a table (version_id, position, …) with these columns.
LISTS = {
    "credits": ("name", "agency"),
    "authors": ("name",),
    "tags": ("name",),
    "links": ("url", "text", "kind"),
    "images": ("url", "caption", "credit"),
}
_VERSION_COLUMNS = (
    "article_id", "capture_id", "captured_at", "text_digest", "headline", "subtitle", "labels", "source", "section",
    "published_at", "published_offset", "published_precision", "published_text",
    "modified_at", "modified_offset", "modified_precision", "modified_text",
    "language", "body", "body_kinds", "site", "provenance",
)  # fmt: skip
_INSERT_VERSION = (
    f"INSERT INTO versions ({', '.join(_VERSION_COLUMNS)}) "  # noqa: S608  # the names above, no input
    f"VALUES ({', '.join(f':{name}' for name in _VERSION_COLUMNS)})"
)
_INSERT_LIST = {
    table: f"INSERT INTO {table} (version_id, position, {', '.join(columns)}) "  # noqa: S608
    f"VALUES (?, ?, {', '.join('?' * len(columns))})"
    for table, columns in LISTS.items()
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the archive already holds of an article: its number, if any, and whether its text is the same."""

    identity: str
    digest: str
    article_id: int | None = None
    is_same: bool = False

    @property
    def outcome(self) -> Literal["stored", "changed", "unchanged"]:
        if self.article_id is None:
            return "stored"
        return "unchanged" if self.is_same else "changed"


def known(connection: sqlite3.Connection, article: Article) -> Known:
    """Compare an article with what is stored under its address."""
    identity, digest = canonical(article.url), text_digest(article)
    row = connection.execute(
        """
        SELECT articles.id, versions.text_digest
        FROM articles JOIN versions ON versions.id = articles.version_id
        WHERE articles.identity = :identity
        """,
        {"identity": identity},
    ).fetchone()
    if row is None:
        return Known(identity=identity, digest=digest)
    return Known(identity=identity, digest=digest, article_id=row["id"], is_same=row["text_digest"] == digest)


def numbered(connection: sqlite3.Connection, article: Article, before: Known, *, captured_at: str) -> int:
    """Return an article's number, which a new one is given here; `save` gives it its text."""
    return before.article_id or _insert_article(connection, article, before.identity, captured_at)


def save(
    connection: sqlite3.Connection,
    article: Article,
    before: Known,
    *,
    article_id: int,
    capture_id: int,
    captured_at: str,
) -> None:
    """Store an article as its address's newest state; a new version is made only where the folded text changed."""
    if not before.is_same:
        version_id = _insert_version(connection, article, article_id, capture_id, captured_at, before.digest)
        connection.execute(
            "UPDATE articles SET version_id = :version WHERE id = :id",
            {"version": version_id, "id": article_id},
        )
        body = "\n\n".join(paragraph.text for paragraph in article.body)
        index.add(connection, version_id, article.headline, index.searched(article.subtitle, body))
    if before.article_id is not None:
        touch(connection, article_id, captured_at, article.outlet)


def mark_gone(connection: sqlite3.Connection, url: str, *, at: str, reason: str) -> bool:
    """Note that an article is there no more, once; its last good copy stays. Tell whether that is new."""
    updated = connection.execute(
        "UPDATE articles SET gone_at = :at, gone_reason = :reason WHERE identity = :identity AND gone_at IS NULL",
        {"at": at, "reason": reason, "identity": canonical(url)},
    )
    return updated.rowcount > 0


def text_digest(article: Article) -> str:
    """Return the digest that decides whether a text changed: headline, subtitle, source and body, folded."""
    parts = (
        article.headline,
        article.subtitle,
        article.source,
        *(paragraph.text for paragraph in article.body),
    )
    return hashlib.sha256("\n".join(fold(part or "") for part in parts).encode()).hexdigest()


def touch(connection: sqlite3.Connection, article_id: int, captured_at: str, outlet: str | None) -> None:
    """Note that the article was there. A clock set back must not make it younger than it was."""
    connection.execute(
        """
        UPDATE articles
        SET last_captured_at = max(last_captured_at, :at), outlet = coalesce(:outlet, outlet),
            gone_at = NULL, gone_reason = NULL
        WHERE id = :id
        """,
        {"at": captured_at, "outlet": outlet, "id": article_id},
    )


def _insert_article(connection: sqlite3.Connection, article: Article, identity: str, captured_at: str) -> int:
    cursor = connection.execute(
        """
        INSERT INTO articles (identity, url, host, outlet, first_captured_at, last_captured_at)
        VALUES (:identity, :url, :host, :outlet, :at, :at)
        """,
        {
            "identity": identity,
            "url": article.url,
            "host": host(article.url) or "",
            "outlet": article.outlet,
            "at": captured_at,
        },
    )
    return int(cursor.lastrowid or 0)


def _insert_version(
    connection: sqlite3.Connection,
    article: Article,
    article_id: int,
    capture_id: int,
    captured_at: str,
    digest: str,
) -> int:
    cursor = connection.execute(
        _INSERT_VERSION,
        {
            "article_id": article_id,
            "capture_id": capture_id,
            "captured_at": captured_at,
            "text_digest": digest,
            "headline": article.headline,
            "subtitle": article.subtitle,
            "labels": _json(article.labels),
            "source": article.source,
            "section": article.section,
            **moments.to_columns("published", article.published_at),
            **moments.to_columns("modified", article.modified_at),
            "language": article.language,
            "body": "\n\n".join(paragraph.text for paragraph in article.body),
            "body_kinds": _kinds(article.body),
            "site": article.site,
            "provenance": _json({name: [found.rule, found.place] for name, found in article.provenance.items()}),
        },
    )
    version_id = int(cursor.lastrowid or 0)
    _insert_lists(connection, version_id, article)
    return version_id


def _insert_lists(connection: sqlite3.Connection, version_id: int, article: Article) -> None:
    rows: dict[str, Iterable[Sequence[str | None]]] = {
        "credits": [(credit.name, credit.agency) for credit in article.credits],
        "authors": [(name,) for name in article.authors],
        "tags": [(name,) for name in article.tags],
        "links": [(link.url, link.text, link.kind) for link in article.related],
        "images": [(image.url, image.caption, image.credit) for image in article.images],
    }
    for table, values in rows.items():
        if values:
            connection.executemany(
                _INSERT_LIST[table], [(version_id, position, *row) for position, row in enumerate(values, 1)]
            )


def _kinds(body: Sequence[Paragraph]) -> str | None:
    """The kinds of the paragraphs; NULL where all are plain text, as on most pages."""
    kinds = [paragraph.kind for paragraph in body]
    return _json(kinds) if any(kind != "text" for kind in kinds) else None


def _json(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def load(connection: sqlite3.Connection, version: sqlite3.Row) -> Article:
    """Return the article that a row of versions, joined with its article's url and outlet, stands for."""
    lists = {table: _list(connection, table, version["id"]) for table in LISTS}
    return Article(
        url=version["url"],
        outlet=version["outlet"],
        headline=version["headline"],
        subtitle=version["subtitle"],
        labels=tuple(json.loads(version["labels"] or "[]")),
        source=version["source"],
        section=version["section"],
        published_at=moments.from_row(version, "published"),
        modified_at=moments.from_row(version, "modified"),
        language=version["language"],
        body=_body(version),
        site=version["site"],
        credits=tuple(Credit(**row) for row in lists["credits"]),
        authors=tuple(row["name"] for row in lists["authors"]),
        tags=tuple(row["name"] for row in lists["tags"]),
        related=tuple(Link(**row) for row in lists["links"]),
        images=tuple(Image(**row) for row in lists["images"]),
        provenance={
            name: Provenance(rule=rule, place=place)
            for name, (rule, place) in json.loads(version["provenance"] or "{}").items()
        },
    )


def stored(connection: sqlite3.Connection, article_id: int) -> StoredArticle | None:
    """Return an article in its newest version, with the archive's own facts about it."""
    row = connection.execute(
        """
        SELECT versions.*, articles.url, articles.outlet, articles.first_captured_at, articles.last_captured_at,
            (SELECT count(*) FROM versions AS every WHERE every.article_id = articles.id) AS version_count,
            (SELECT count(*) FROM captures WHERE captures.article_id = articles.id) AS capture_count
        FROM articles JOIN versions ON versions.id = articles.version_id
        WHERE articles.id = :id
        """,
        {"id": article_id},
    ).fetchone()
    if row is None:
        return None
    return StoredArticle(
        id=article_id,
        article=load(connection, row),
        first_captured_at=row["first_captured_at"],
        last_captured_at=row["last_captured_at"],
        versions=row["version_count"],
        captures=row["capture_count"],
    )


def numbers(connection: sqlite3.Connection, *, limit: int, offset: int) -> list[int]:
    """Return the numbers of the articles, last captured first."""
    rows = connection.execute(
        "SELECT id FROM articles ORDER BY last_captured_at DESC, id DESC LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return [row["id"] for row in rows]


def holds(connection: sqlite3.Connection, article_id: int) -> bool:
    """Tell whether there is an article of this number, with its text."""
    row = connection.execute(
        "SELECT 1 FROM articles JOIN versions ON versions.id = articles.version_id WHERE articles.id = :id",
        {"id": article_id},
    ).fetchone()
    return row is not None


def number_of(connection: sqlite3.Connection, url: str) -> int | None:
    """Return the number of the article that an address is one of."""
    row = connection.execute(
        "SELECT id FROM articles WHERE identity = :identity", {"identity": canonical(url)}
    ).fetchone()
    return row["id"] if row else None


def number_captured_at(connection: sqlite3.Connection, url: str) -> int | None:
    """Return the number of the article that an address led to when it was last asked for."""
    row = connection.execute(
        """
        SELECT article_id FROM captures
        WHERE requested_url = :url AND article_id IS NOT NULL ORDER BY id DESC LIMIT 1
        """,
        {"url": url},
    ).fetchone()
    return row["article_id"] if row else None


def _list(connection: sqlite3.Connection, table: str, version_id: int) -> list[dict[str, Any]]:
    rows = connection.execute(
        f"SELECT {', '.join(LISTS[table])} FROM {table} WHERE version_id = :id ORDER BY position",  # noqa: S608
        {"id": version_id},
    )
    return [dict(row) for row in rows]


def _body(version: sqlite3.Row) -> tuple[Paragraph, ...]:
    texts = version["body"].split("\n\n") if version["body"] else []
    kinds = json.loads(version["body_kinds"]) if version["body_kinds"] else ["text"] * len(texts)
    return tuple(Paragraph(text=text, kind=kind) for text, kind in zip(texts, kinds, strict=True))
