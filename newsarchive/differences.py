"""Two versions of an article -> what differs, word by word. Pure.

A difference is substantive where words changed, and cosmetic where only spelling, marks, punctuation or spacing did:
what folding takes away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from newsarchive.arabic import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsarchive.models import Article

_WORDS_AND_SPACES = re.compile(r"\s+|\S+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A run of text that both versions have, or that was removed or added."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """How one field differs: its texts, and if more than their folding tells them apart."""

    field: Literal["headline", "lead", "body", "date", "source"]
    substantive: bool
    older: str
    newer: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The runs of both texts; joined without the removed ones they are the newer text. Takes long for long ones."""
        return tuple(pieces(self.older, self.newer))


def differences(older: Article, newer: Article) -> list[Difference]:
    """Return how the newer version differs from the older: headline, lead, rest of the body, date, source apart."""
    before, after = _fields(older), _fields(newer)
    return [
        Difference(
            field=field,
            substantive=_words(before[field]) != _words(after[field]),
            older=before[field],
            newer=after[field],
        )
        for field in before
        if before[field] != after[field]
    ]


def pieces(older: str, newer: str) -> Iterator[Piece]:
    """Yield what stays, what was removed and what was added, in the order of the text."""
    a, b = _WORDS_AND_SPACES.findall(older), _WORDS_AND_SPACES.findall(newer)
    for kind, a_from, a_to, b_from, b_to in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(kind="same", text="".join(a[a_from:a_to]))
            continue
        if a_to > a_from:
            yield Piece(kind="removed", text="".join(a[a_from:a_to]))
        if b_to > b_from:
            yield Piece(kind="added", text="".join(b[b_from:b_to]))


def _fields(article: Article) -> dict[Literal["headline", "lead", "body", "date", "source"], str]:
    texts = [paragraph.text for paragraph in article.body]
    return {
        "headline": "\n".join(part for part in (article.headline, article.subtitle) if part),
        "lead": texts[0] if texts else "",
        "body": "\n\n".join(texts[1:]),
        "date": article.published_at.value if article.published_at else "",
        "source": article.source or "",
    }


def _words(text: str) -> Sequence[str]:
    return [token.folded for token in tokens(text)] or [fold(text)]
