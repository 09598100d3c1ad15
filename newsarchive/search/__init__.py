"""Search, but for the index: query text -> Query -> Plan; texts -> order, snippets. Pure; the SQL is in archive/.

query text --parse--> Query --plan--> Plan --(index)--> texts --checking, ranking--> hits --snippets--> shown
"""

from __future__ import annotations

from newsarchive.search.checking import lacking
from newsarchive.search.plan import Plan, Unit, plan
from newsarchive.search.query import FILTERS, Filter, Query, instant, parse
from newsarchive.search.ranking import STEM, Match, Matcher, rarity, scores
from newsarchive.search.snippets import Snippet, snippet

__all__ = [
    "FILTERS",
    "STEM",
    "Filter",
    "Match",
    "Matcher",
    "Plan",
    "Query",
    "Snippet",
    "Unit",
    "instant",
    "lacking",
    "parse",
    "plan",
    "rarity",
    "scores",
    "snippet",
]
