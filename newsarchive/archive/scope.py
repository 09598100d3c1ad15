"""Which articles a search is about, besides its words: in SQL, over the tables articles and versions.

Names are compared folded and word by word: `outlet:سانا` finds «وكالة سانا».
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsarchive.arabic import fold
from newsarchive.urls import host

if TYPE_CHECKING:
    import sqlite3

    from newsarchive.search import Filter, Query

_NEWEST = "articles.version_id = versions.id"
_AS_OF = """versions.id = (
    SELECT earlier.id FROM versions AS earlier
    WHERE earlier.article_id = articles.id AND substr(earlier.captured_at, 1, length(:as_of)) <= :as_of
    ORDER BY earlier.captured_at DESC, earlier.id DESC LIMIT 1)"""
# A date that states only the month stands for the month's first day.
PUBLISHED = (
    "CASE WHEN length(versions.published_at) = 7 THEN versions.published_at || '-01' ELSE versions.published_at END"
)

_CONDITIONS = {
    "site": "(articles.host = {value} OR articles.host LIKE '%.' || {value})",
    "outlet": "names(articles.outlet, {value})",
    "section": "names(versions.section, {value})",
    "author": "EXISTS (SELECT 1 FROM authors WHERE version_id = versions.id AND names(name, {value}))",
    "tag": "EXISTS (SELECT 1 FROM tags WHERE version_id = versions.id AND names(name, {value}))",
    "credit": "(names(versions.source, {value}) OR EXISTS ("
    "SELECT 1 FROM credits WHERE version_id = versions.id AND (names(name, {value}) OR names(agency, {value}))))",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Conditions on a joined row of articles and versions, with their parameters."""

    conditions: tuple[str, ...]
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Return the conditions as one."""
        return " AND ".join(self.conditions)

    @property
    def is_newest(self) -> bool:
        """Tell whether every article is in scope, in its newest version."""
        return self.conditions == (_NEWEST,)


def scope(query: Query, *, as_of: str | None = None) -> Scope:
    """Return the scope of a query; `as_of` chooses the versions that stood at the end of that day, month or year."""
    conditions = [_NEWEST if as_of is None else _AS_OF]
    parameters = {} if as_of is None else {"as_of": as_of}
    for number, item in enumerate(query.filters):
        parameters[f"filter{number}"] = _value(item)
        condition = _CONDITIONS[item.key].format(value=f":filter{number}")
        conditions.append(f"NOT coalesce({condition}, 0)" if item.is_negated else condition)
    if query.after is not None:
        conditions.append(f"{PUBLISHED} >= :after")
        parameters["after"] = query.after
    if query.before is not None:
        conditions.append(f"{PUBLISHED} < :before")
        parameters["before"] = query.before
    return Scope(conditions=tuple(conditions), parameters=parameters)


def prepare(connection: sqlite3.Connection) -> None:
    """Give a connection the function that the conditions use."""
    connection.create_function("names", 2, _names, deterministic=True)


def _names(name: str | None, wanted: str) -> bool:
    """Tell whether a name as published holds the folded words that are wanted."""
    return name is not None and f" {wanted} " in f" {fold(name)} "


def _value(item: Filter) -> str:
    if item.key != "site":
        return fold(item.value)
    address = item.value if "://" in item.value else f"https://{item.value}"
    return (host(address) or item.value).removeprefix("www.")
