"""Labels: words before or after a headline that say what kind of piece it is («عاجل», «رأي»). Text only, no tree."""

from __future__ import annotations

import re
from typing import Final

from newsarchive.data import table

# A mark must part them from the headline.
LABELS: Final = tuple(table("pages.toml")["names"]["labels"])
_ANY_LABEL = "|".join(sorted(LABELS, key=len, reverse=True))
# Ellipsis, full stops, colon, bars, dashes, slash, Arabic comma, exclamation mark.
_LABEL_FIRST = re.compile(
    rf"\s*[\[(]?\s*({_ANY_LABEL})\s*[\])]?\s*"
    r"(?:\.{2,}|[:\u2026|\uff5c\u2013\u2014!\u060c/-]|(?<=[\])])\s)+[\s.]*"
)
_LABEL_LAST = re.compile(
    rf"\s*(?:[\[(]\s*({_ANY_LABEL})\s*[\])]|(?:\.{{2,}}|[:\u2026|\u2013\u2014/-])\s*({_ANY_LABEL}))\s*$"
)


def label_of(text: str) -> str | None:
    """Return a kicker that is a label: رأي over a headline."""
    return text if text in LABELS else None


def split_labels(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a headline without its labels, and these."""
    labels: list[str] = []
    while (first := _LABEL_FIRST.match(text)) and first.end() < len(text):
        labels.append(first[1])
        text = text[first.end() :]
    while (last := _LABEL_LAST.search(text)) and last.start() > 0:
        labels.append(last[1] or last[2])
        text = text[: last.start()]
    return text.strip(), tuple(dict.fromkeys(labels))
