"""What passes between the stages: Page, Article and their parts. Data only: no reading, no writing.

Missing is `None` or `()`, never `""` and never a guess. Text stands as the page published it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

CaptureSource = Literal["network", "file", "import"]
ParagraphKind = Literal["text", "heading", "item", "quote"]
LinkKind = Literal["related", "inline", "tag", "copy"]
EntryKind = Literal["article", "feed", "sitemap", "page"]
Precision = Literal["month", "day", "hour", "minute", "second"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hop:
    """One redirect on the way to a page: the address asked, its status, the Location it named."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What was served: `content` is the body byte for byte, its content coding undone.

    `conditions` tells how it was had: the server's address, the User-Agent sent, a proxy, a certificate not checked.
    """

    requested_url: str
    url: str
    content: bytes
    fetched_at: datetime
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[Hop, ...] = ()
    capture_source: CaptureSource = "network"
    conditions: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first header of that name, in any case of letters."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A point in time exactly as precise as the text that states it.

    `value` is ISO 8601 cut to `precision` (`2018-06`, `2017-04-26`, `2017-04-26T10:15`), with an offset
    only where the text states a zone or the outlet's zone is known; `text` is what was printed.
    """

    value: str
    precision: Precision
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One paragraph of a body, as published, and what it is there for."""

    text: str
    kind: ParagraphKind = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """Whom the page credits: the name as printed and, where it is known, its canonical agency."""

    name: str
    agency: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link that the page itself offers with the article; `url` is absolute and canonical."""

    url: str
    text: str
    kind: LinkKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture of the article, with its caption and credit as printed."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """Where a value comes from: the rule that found it and the place in the page."""

    rule: str
    place: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What a page says. Names follow schema.org NewsArticle; docs/design.md holds the vocabulary."""

    url: str
    headline: str | None = None
    subtitle: str | None = None
    labels: tuple[str, ...] = ()
    source: str | None = None
    credits: tuple[Credit, ...] = ()
    authors: tuple[str, ...] = ()
    published_at: Moment | None = None
    modified_at: Moment | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    body: tuple[Paragraph, ...] = ()
    related: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    outlet: str | None = None
    language: str | None = None
    site: str | None = None
    provenance: Mapping[str, Provenance] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What came of reading a page: an article, or the reason why it is none.

    `encoding` is the WHATWG name of the charset that was decided for, `encoding_reason` why: None where the bytes
    could not be read at all. `note` says what a
    user of the record must know, for example that another parser had to take over.
    """

    article: Article | None
    refusal: str | None = None
    encoding: str | None
    encoding_reason: str | None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchHit:
    """One article found: `snippet` is a piece of the untouched text, `marks` the matched words in it.

    `marks` are half-open character ranges of `snippet`; `score` grows with relevance and compares only within one
    search; `matches_all` is False for a hit that holds only some of the wanted words.
    """

    id: int
    url: str
    headline: str | None
    outlet: str | None
    source: str | None
    published_at: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    score: float
    matches_all: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredArticle:
    """An article as the archive holds it, with its number and the times it was captured (UTC, ISO 8601)."""

    id: int
    article: Article
    first_captured_at: str
    last_captured_at: str
    versions: int
    captures: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What came of saving a page; said only after the transaction is committed.

    `outcome` is `stored` (a new article), `changed` (a new version), `unchanged`, or `refused` (not an article: the
    page is kept as a capture, with the reason).
    """

    outcome: Literal["stored", "changed", "unchanged", "refused"]
    url: str
    capture_id: int | None
    article_id: int | None = None
    headline: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawledSite:
    """A site that the crawl visits; times are UTC, ISO 8601."""

    id: int
    host: str
    url: str
    outlet: str | None
    added_at: str
    paused_at: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An address in the crawl's queue: an article, or a listing (feed, sitemap, page) that names articles.

    Smaller `priority` goes first. `next_try_at` is None for what is not to be visited again. `attempts` counts
    failures in a row, `visits` answers that were read. A listing with `since` (a date) is read backwards: it gives
    addresses from then on, and leads to older pages; without, only what is new. `etag`, `last_modified`, `whole_url`
    and `whole_at` (from where and when the page was last served whole) are for conditional requests. Times are UTC,
    ISO 8601.
    """

    url: str
    kind: EntryKind
    site_id: int
    priority: int = 5
    depth: int = 0
    found_in: str | None = None
    since: str | None = None
    next_try_at: str | None = None
    attempts: int = 0
    visits: int = 0
    last_error: str | None = None
    last_new_at: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    whole_url: str | None = None
    whole_at: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HostState:
    """When a host may be asked again; times are aware, in UTC.

    `next_at` keeps the gap between requests, `paused_until` is what the host asked for, or what its failures led to,
    with the reason; `failures` counts addresses that failed in a row.
    """

    host: str
    next_at: datetime | None = None
    paused_until: datetime | None = None
    reason: str | None = None
    failures: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RobotsState:
    """What an origin's robots.txt said when it was last asked for.

    `text` is None where everything is forbidden since no answer could be had, `""` where there is no such file.
    `answered_at` is when `text` was served; later than that, `asked_at` met only errors.
    """

    origin: str
    asked_at: datetime
    answered_at: datetime | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """What recording a visit did: what was saved, if anything, and how many addresses were new to the queue."""

    saved: Saved | None
    new: int
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """What a visit to an entry of the queue gave, to be recorded in one transaction.

    `entry` is the entry as it stands afterwards. An article that was read has `page` and `reading`; one that is there
    no more `gone`, the reason. `found` are entries for addresses that the page offered; where the queue knows all of
    them, `entry_without_news` stands in for `entry`.
    """

    entry: Entry
    entry_without_news: Entry | None = None
    page: Page | None = None
    reading: Reading | None = None
    gone: str | None = None
    found: tuple[Entry, ...] = ()
    error: str | None = None
