"""Search: what the index proposes is put in order by the texts themselves, filtered, counted.

Two stages: FTS5's bm25 over stems chooses some hundred candidates, ranking.py orders them by their texts. Articles
with every word come first; where there are few, articles with any of the words follow.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from newsarchive.archive import index
from newsarchive.archive.scope import PUBLISHED, prepare, scope
from newsarchive.models import SearchHit
from newsarchive.search import STEM, Matcher, instant, lacking, parse, plan, rarity, scores, snippet

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from newsarchive.search import Match

Sort = Literal["relevance", "date"]
Facet = Literal["outlet", "credit", "section", "month"]

FEW = 10  # hits with all words below which hits with any of them follow
_BLOCK = 75  # candidates that are put in order by their texts, then as many again: 300 at once gain nothing
_GROWTH = 8
_MOST_ROWS = 10_000  # that the index ranks for hits with any word: the commonest words are left out of that
_PAGE = 25

_JOINED = "versions JOIN articles ON articles.id = versions.article_id"
_BY_RELEVANCE = "bm25(search_index, 1, 5)"
_BY_DATE = f"{PUBLISHED} DESC NULLS LAST, versions.id DESC"
_FACETS = {
    "outlet": f"SELECT articles.outlet AS value, versions.id FROM {_JOINED}",  # noqa: S608  # no input
    "section": "SELECT section AS value, id FROM versions",
    "month": "SELECT substr(published_at, 1, 7) AS value, id FROM versions",
    "credit": "SELECT DISTINCT coalesce(agency, name) AS value, version_id AS id FROM credits",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many articles hold all the words; where these are few, how many hold any of them, else None."""

    all: int
    any: int | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: sqlite3.Row
    text: str
    match: Match


class Search:
    """A question to an archive, ready to be answered: its hits, their number, their facets.

    The options are those of search.parse and search.plan; `as_of`, a date, asks the versions that stood then.
    Raises QueryError.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        text: str,
        *,
        now: datetime,
        exact: bool = False,
        aliases: bool = True,
        as_of: str | None = None,
        **further: Any,
    ) -> None:
        prepare(connection)
        self._connection = connection
        self._analyzer = index.analyzer(connection)
        query = parse(text, now=now, **further)
        self._plan = plan(query, self._analyzer, exact=exact, aliases=aliases)
        self._scope = scope(query, as_of=instant(as_of, now=now) if as_of else None)
        self._matcher = Matcher(self._plan, self._analyzer)

    @cached_property
    def _holding(self) -> list[int]:
        """How many texts hold each clause; of a single clause that makes no difference."""
        several = len(self._plan.wanted) > 1
        return [self._count(self._plan.one_of(number)) if several else 0 for number in range(len(self._plan.wanted))]

    @property
    def also_searched(self) -> tuple[str, ...]:
        """The other names that were looked for."""
        return self._plan.also_searched

    def hits(self, *, limit: int = 20, offset: int = 0, sort: Sort = "relevance") -> list[SearchHit]:
        """Return the best articles: those with all the words and, where these are few, those with any of them."""
        if not self._plan.wanted:
            return self._listed(limit, offset)
        least = offset + limit
        first = self._best(self._plan.all_of(), least, sort, is_all=True)
        found = [self._hit(candidate, score, is_all=True) for candidate, score in first[offset:least]]
        if len(first) >= FEW or len(self._plan.wanted) == 1:
            return found
        known = {candidate.row["id"] for candidate, _ in first}
        rest = self._best(self._plan.any_of(self._rarest()), least + len(first), sort, is_all=False)
        further = [found for found in rest if found[0].row["id"] not in known]
        start, stop = max(0, offset - len(first)), max(0, least - len(first))
        return found + [self._hit(candidate, score, is_all=False) for candidate, score in further[start:stop]]

    def count(self) -> Counts:
        """Return how many articles there are."""
        holding_all = len(self._all_ids())
        few = holding_all < FEW and len(self._plan.wanted) > 1
        return Counts(all=holding_all, any=len(self._any_ids()) if few else None)

    def facet(self, by: Facet) -> tuple[bool, list[tuple[str | None, int]]]:
        """Return how many articles there are of each outlet, credited agency, section or month, the most first.

        They are those with all the words; where there are none, those with any of them, and False stands first.
        """
        ids = self._all_ids()
        counted = ids or self._any_ids()
        rows = self._connection.execute(
            f"""
            SELECT value, count(*) AS articles FROM ({_FACETS[by]})
            WHERE id IN (SELECT value FROM json_each(:ids)) GROUP BY value ORDER BY articles DESC, value
            """,  # noqa: S608  # the statements above
            {"ids": json.dumps(counted)},
        )
        return bool(ids), [(row["value"], row["articles"]) for row in rows]

    def _best(self, expression: str, least: int, sort: Sort, *, is_all: bool) -> list[tuple[_Candidate, float]]:
        """Return the candidates of an expression in order, with their scores.

        They are put in order block by block, so that a later page of hits continues an earlier one.
        """
        blocks = -(-least // _BLOCK)
        candidates = self._candidates(expression, blocks * _BLOCK, sort, is_all=is_all)
        documents = self._connection.execute("SELECT coalesce(max(id), 0) FROM versions").fetchone()[0]
        rarities = [rarity(documents, holding) for holding in self._holding]
        ordered: list[tuple[_Candidate, float]] = []
        for start in range(0, len(candidates), _BLOCK):
            block = candidates[start : start + _BLOCK]
            scored = list(zip(block, scores([candidate.match for candidate in block], rarities), strict=True))
            if sort == "relevance":
                scored.sort(key=lambda found: (-found[1], -found[0].row["id"]))
            ordered.extend(scored)
        return ordered

    def _candidates(self, expression: str, least: int, sort: Sort, *, is_all: bool) -> list[_Candidate]:
        """Return what the index proposes, best or newest first, as far as it is in scope and its text holds it."""
        found: list[_Candidate] = []
        seen, size = 0, 2 * least  # some are superseded
        while True:
            ids = self._proposed(expression, sort, size)
            for rows in self._texts(ids[seen:]):
                found.extend(filter(None, (self._candidate(row, is_all=is_all) for row in rows)))
                if len(found) >= least:
                    return found[:least]
            if len(ids) < size:
                return found
            seen, size = len(ids), size * _GROWTH

    def _proposed(self, expression: str, sort: Sort, size: int) -> list[int]:
        """Return the versions that the index proposes, at most `size`; a block of them or fewer in any order."""
        if sort == "date":
            return self._matching(expression, size, order=_BY_DATE)
        # Of what has no filter the few that are superseded go later: to join them all takes longer than to rank.
        scoped = not self._scope.is_newest
        few = self._matching(expression, _BLOCK + 1, scoped=scoped)  # to rank is to read the words' lists twice
        return few if len(few) <= _BLOCK else self._matching(expression, size, order=_BY_RELEVANCE, scoped=scoped)

    def _matching(self, expression: str, size: int = -1, *, order: str = "", scoped: bool = True) -> list[int]:
        """Return the versions of an expression, those in scope alone where it is `scoped`."""
        joined = f"""
            CROSS JOIN versions ON versions.id = search_index.rowid
            CROSS JOIN articles ON articles.id = versions.article_id
            WHERE {self._scope.where} AND"""
        statement = f"""
            SELECT search_index.rowid FROM search_index {joined if scoped else "WHERE"} search_index MATCH :expression
            {f"ORDER BY {order}" if order else ""} LIMIT :size"""  # noqa: S608  # no input
        parameters = {"expression": expression, "size": size, **self._scope.parameters}
        return [row[0] for row in self._connection.execute(statement, parameters)]

    def _texts(self, ids: Sequence[int]) -> Iterator[list[sqlite3.Row]]:
        """Yield pages of the versions of these numbers that are in scope, in this order."""
        for start in range(0, len(ids), _PAGE):
            page = ids[start : start + _PAGE]
            rows = self._connection.execute(
                f"""
                SELECT versions.id, articles.id AS article_id, articles.url, articles.outlet, versions.headline,
                    versions.subtitle, versions.body, versions.source, versions.published_at
                FROM {_JOINED}
                WHERE versions.id IN (SELECT value FROM json_each(:ids)) AND {self._scope.where}
                """,  # noqa: S608  # no input
                {"ids": json.dumps(page), **self._scope.parameters},
            )
            by_id = {row["id"]: row for row in rows}
            yield [by_id[number] for number in page if number in by_id]

    def _candidate(self, row: sqlite3.Row, *, is_all: bool) -> _Candidate | None:
        """Return a version with what it has of the plan; None where its text does not hold what the index promised."""
        missing = self._lacking(row)
        if missing is None or (missing and is_all):
            return None
        text = index.text_of(row)
        match = self._matcher.match(row["headline"] or "", text)
        for number in missing:
            match.occurrences[number] = [0.0, 0.0, 0.0]
        if missing and not any(of_clause[STEM] for of_clause in match.occurrences):
            return None
        return _Candidate(row, text, match)

    def _lacking(self, row: sqlite3.Row) -> set[int] | None:
        """Return which clauses a version lacks as they were written; None: it has what is excluded."""
        if not self._plan.is_literal:
            return set()
        return lacking(self._plan, self._analyzer, row["headline"] or "", index.text_of(row))

    def _rarest(self) -> list[int]:
        """Return the clauses that are ranked for hits with any: the rare ones, of rows that take no time to rank."""
        chosen: list[int] = []
        rows = 0
        for number in sorted(range(len(self._holding)), key=self._holding.__getitem__):
            rows += self._holding[number]
            if chosen and rows > _MOST_ROWS:
                break
            chosen.append(number)
        return chosen

    def _all_ids(self) -> list[int]:
        if self._plan.wanted:
            return self._ids(self._plan.all_of(), is_all=True)
        return [row["id"] for row in self._listed_rows(-1, 0)]

    def _any_ids(self) -> list[int]:
        return self._ids(self._plan.any_of(range(len(self._plan.wanted))), is_all=False)

    def _ids(self, expression: str, *, is_all: bool) -> list[int]:
        """Return all versions of an expression; each is read where the index alone cannot decide."""
        ids = self._matching(expression)
        if not self._plan.is_literal:
            return ids
        rows = chain.from_iterable(self._texts(ids))
        if is_all:
            return [row["id"] for row in rows if self._lacking(row) == set()]
        return [row["id"] for row in rows if self._candidate(row, is_all=False)]

    def _count(self, expression: str) -> int:
        statement = "SELECT count(*) FROM search_index WHERE search_index MATCH :expression"
        return int(self._connection.execute(statement, {"expression": expression}).fetchone()[0])

    def _listed(self, limit: int, offset: int) -> list[SearchHit]:
        """Return what is in scope, newest first, where no words are asked for."""
        ids = [row["id"] for row in self._listed_rows(limit, offset)]
        found = (self._candidate(row, is_all=True) for rows in self._texts(ids) for row in rows)
        return [self._hit(candidate, 0.0, is_all=True) for candidate in found if candidate]

    def _listed_rows(self, limit: int, offset: int) -> list[sqlite3.Row]:
        excluded = self._plan.none_of()
        but = "AND versions.id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH :excluded)"
        return self._connection.execute(
            f"""
            SELECT versions.id FROM {_JOINED} WHERE {self._scope.where} {but if excluded else ""}
            ORDER BY {_BY_DATE} LIMIT :limit OFFSET :offset
            """,  # noqa: S608  # no input
            {"limit": limit, "offset": offset, "excluded": excluded, **self._scope.parameters},
        ).fetchall()

    def _hit(self, candidate: _Candidate, score: float, *, is_all: bool) -> SearchHit:
        row, shown = candidate.row, snippet(candidate.text, self._matcher)
        return SearchHit(
            id=row["article_id"],
            url=row["url"],
            headline=row["headline"],
            outlet=row["outlet"],
            source=row["source"],
            published_at=row["published_at"],
            snippet=shown.text,
            marks=shown.marks,
            score=round(score, 4),
            matches_all=is_all,
        )
