"""Article <-> record: the plain dictionary that JSON, exports and imports share; times as text. Pure; reads no files.

The keys are public (docs/design.md, Vocabulary). A record of `to_record` given to `from_record` is the same article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, cast

from newsarchive.models import Article, Credit, Image, Link, Moment, Paragraph, Precision

_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
# Characters of an ISO 8601 value without its offset -> what it is precise to.
_PRECISION_OF_LENGTH: dict[int, Precision] = {7: "month", 10: "day", 13: "hour", 16: "minute", 19: "second"}
_TIME_AT = len("2017-04-26T")


def timestamp(moment: datetime) -> str:
    """Return an aware time as the archive writes it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def time_of(text: str | None) -> datetime | None:
    """Return the time that the archive wrote so, None for none."""
    return datetime.fromisoformat(text) if text else None


def to_record(article: Article) -> dict[str, Any]:
    """Return the article as a dictionary of JSON types, every key present, missing values None or []."""
    published, modified = article.published_at, article.modified_at
    return {
        "url": article.url,
        "outlet": article.outlet,
        "headline": article.headline,
        "subtitle": article.subtitle,
        "labels": list(article.labels),
        "source": article.source,
        "credits": [credit.name for credit in article.credits],
        "agencies": _distinct(credit.agency for credit in article.credits if credit.agency),
        "authors": list(article.authors),
        "published_at": published.value if published else None,
        "published_text": published.text if published else None,
        "modified_at": modified.value if modified else None,
        "modified_text": modified.text if modified else None,
        "section": article.section,
        "tags": list(article.tags),
        "language": article.language,
        "body": [paragraph.text for paragraph in article.body],
        "body_kinds": [paragraph.kind for paragraph in article.body],
        "related": [_link(link) for link in article.related if link.kind != "tag"],
        "tag_links": [_link(link) for link in article.related if link.kind == "tag"],
        "images": [{"url": image.url, "caption": image.caption, "credit": image.credit} for image in article.images],
        "site": article.site,
        "provenance": {name: {"rule": found.rule, "place": found.place} for name, found in article.provenance.items()},
    }


def from_record(record: Mapping[str, Any]) -> Article:
    """Return the article that a record describes; `url` and `body` are required.

    Raises ValueError, naming the key, for a record that cannot be one.
    """
    url = record.get("url")
    if not isinstance(url, str) or not url:
        raise ValueError("url: an address is required")
    return Article(
        url=url,
        outlet=_text(record, "outlet"),
        headline=_text(record, "headline"),
        subtitle=_text(record, "subtitle"),
        labels=_texts(record, "labels"),
        source=_text(record, "source"),
        credits=_credits(record),
        authors=_texts(record, "authors"),
        published_at=_moment(record, "published"),
        modified_at=_moment(record, "modified"),
        section=_text(record, "section"),
        tags=_texts(record, "tags"),
        language=_text(record, "language"),
        body=_body(record),
        related=tuple(
            Link(url=link["url"], text=link.get("text") or "", kind=link.get("kind", "related"))
            for link in (*_mappings(record, "related"), *_mappings(record, "tag_links"))
        ),
        images=tuple(
            Image(url=image["url"], caption=image.get("caption"), credit=image.get("credit"))
            for image in _mappings(record, "images")
        ),
        site=_text(record, "site"),
    )


def moment(value: str, text: str | None = None) -> Moment:
    """Return the moment that an ISO 8601 value of any of the five precisions states; raises ValueError."""
    clock = value[_TIME_AT:]
    zone = max(clock.find(sign) for sign in "+-Z")
    bare = value if zone < 0 else value[: _TIME_AT + zone]
    if (bare_length := len(bare.partition(".")[0])) not in _PRECISION_OF_LENGTH:
        raise ValueError(f"{value!r} is not an ISO 8601 time")
    return Moment(value=value, precision=_PRECISION_OF_LENGTH[bare_length], text=text or value)


def storable(text: str) -> str:
    """Return the text with U+FFFD for what a database text cannot hold: NUL and lone surrogates."""
    if "\0" not in text:
        with suppress(UnicodeEncodeError):
            text.encode()  # a fifth of the time of looking for what it cannot encode
            return text
    return _NOT_STORABLE.sub("\ufffd", text)


def _body(record: Mapping[str, Any]) -> tuple[Paragraph, ...]:
    """Paragraphs of a record; a blank line inside one parts it, since the archive joins them with blank lines."""
    body = record.get("body")
    if isinstance(body, str):
        body = [body]
    if not isinstance(body, Sequence) or not all(isinstance(text, str) for text in body):
        raise ValueError("body: a list of paragraphs is required")
    kinds = record.get("body_kinds") or ["text"] * len(body)
    if len(kinds) != len(body):
        raise ValueError(f"body_kinds: {len(kinds)} kinds for {len(body)} paragraphs")
    return tuple(
        Paragraph(text=part, kind=kind)
        for text, kind in zip(body, kinds, strict=True)
        for part in storable(text).split("\n\n")
        if part.strip()
    )


def _link(link: Link) -> dict[str, str]:
    return {"url": link.url, "text": link.text, "kind": link.kind}


def _credits(record: Mapping[str, Any]) -> tuple[Credit, ...]:
    """Credits of a record are names; where as many agencies stand beside them, the two belong together."""
    names, agencies = _texts(record, "credits"), _texts(record, "agencies")
    if len(names) != len(agencies):
        return tuple(Credit(name=name) for name in names)
    return tuple(Credit(name=name, agency=agency) for name, agency in zip(names, agencies, strict=True))


def _moment(record: Mapping[str, Any], name: str) -> Moment | None:
    value = _text(record, f"{name}_at")
    if value is None:
        return None
    try:
        return moment(value, _text(record, f"{name}_text"))
    except ValueError as e:
        raise ValueError(f"{name}_at: {e}") from e


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key}: text expected, not {type(value).__name__}")
    return storable(value) if value else None


def _texts(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = record.get(key)
    if not values:
        return ()
    if isinstance(values, str) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{key}: a list of texts expected")
    return tuple(storable(value) for value in values if value)


def _mappings(record: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    values = record.get(key)
    if not values:
        return ()
    if not all(isinstance(value, Mapping) and isinstance(value.get("url"), str) for value in values):
        raise ValueError(f"{key}: a list of objects with a url expected")
    return cast("Sequence[Mapping[str, Any]]", values)


def _distinct(names: Any) -> list[str]:
    return list(dict.fromkeys(names))
