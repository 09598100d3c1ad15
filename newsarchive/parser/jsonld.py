"""JSON-LD blocks as pages have them: lists, graphs, several documents in one block, broken JSON. No meaning of keys."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_NODES = 3_000  # of one page's JSON-LD; what lies beyond is not looked at
MAX_DEPTH = 12
_MAX_SALVAGED = 300_000  # characters of a broken block
# What hangs below these is another article or a part of one.
_OTHERS = frozenset(
    [
        "itemListElement",
        "mentions",
        "citation",
        "relatedLink",
        "hasPart",
        "isPartOf",
        "isBasedOn",
        "liveBlogUpdate",
        "comment",
        "review",
        "significantLink",
        "video",
        "audio",
        "image",
        "publisher",
        "subjectOf",
        "about",
        "associatedMedia",
    ]
)
_BRANCHES = (dict, list)
_DECODER = json.JSONDecoder(strict=False)
_WRAPPERS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?://\s*)?(?:-->|(?:/\*\s*)?\]\]>(?:\s*\*/)?)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


def load_json(script: str) -> list[Any]:
    """Return the documents of a JSON-LD block, repaired where it is broken; what cannot be read is left out."""
    text = script.strip()
    try:
        return [_DECODER.decode(text)]
    except RecursionError:
        return []
    except ValueError:
        pass
    text = _TRAILING_COMMA.sub("", _WRAPPERS.sub("", text)).strip().rstrip(";")
    documents = _load_sequence(text)
    return documents or _salvage(text[:_MAX_SALVAGED])


def _load_sequence(text: str) -> list[Any]:
    """Return the JSON documents that stand in `text` one after the other."""
    documents: list[Any] = []
    position = 0
    while position < len(text):
        try:
            document, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        documents.append(document)
        while position < len(text) and text[position] in " \r\n\t,;":
            position += 1
    return documents


_SALVAGED = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|articleBody)"\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"'
)
_SALVAGED_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]*?"name"\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"')
_SALVAGED_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w*(?:Article|BlogPosting))"')


def _salvage(text: str) -> list[Any]:
    """Return the plain members of a broken article block, which no JSON reader accepts."""
    kind = _SALVAGED_TYPE.search(text)
    if not kind:
        return []
    node: dict[str, Any] = {"@type": kind[1]}
    for key, value in _SALVAGED.findall(text):
        node.setdefault(key, value.replace("\\/", "/").replace('\\"', '"').replace("\\n", "\n"))
    author = _SALVAGED_AUTHOR.search(text)
    if author:
        node["author"] = {"@type": "Person", "name": author[1]}
    return [node]


def nodes_of(document: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a document that may speak of the page itself, outermost first."""
    waiting: deque[tuple[Any, int]] = deque([(document, 0)])
    seen = 0
    while waiting and seen < MAX_NODES:
        value, depth = waiting.popleft()
        seen += 1
        if isinstance(value, dict):
            if value.get("@type"):
                yield value
            below = [item for key, item in value.items() if isinstance(item, _BRANCHES) and key not in _OTHERS]
        elif isinstance(value, list):
            below = [item for item in value if isinstance(item, _BRANCHES)]
        else:
            continue
        if depth < MAX_DEPTH:
            waiting.extend([(item, depth + 1) for item in below])
