"""What a crawl says while it runs: a line on a terminal that is drawn over, a log file for later."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, TextIO

import click

from newsarchive.cli.output import clean
from newsarchive.records import timestamp

if TYPE_CHECKING:
    from types import TracebackType

    from newsarchive.models import CrawledSite, Recorded, Visit

_REDRAW_EVERY = 0.2  # seconds


class Progress:
    """Reports visits as they are kept; use as a context manager.

    On a terminal one line with rates, elsewhere a line for each article that is new, changed or gone, unless quiet.
    """

    def __init__(self, *, quiet: bool, log_file: str | None, log_json: bool) -> None:
        self._quiet = quiet
        self._log_file = log_file
        self._log_json = log_json
        self._log: TextIO | None = None
        self._outcomes: Counter[str] = Counter()
        self._hosts: set[str] = set()
        self._begun = self._drawn = time.monotonic()

    def __enter__(self) -> Self:
        if self._log_file is not None:
            self._log = open(self._log_file, "a", encoding="utf-8", buffering=1)  # noqa: PTH123
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._log is not None:
            self._log.close()
        if self._draws:
            click.echo("\r\x1b[K", nl=False, err=True)

    def visited(self, site: CrawledSite, visit: Visit, recorded: Recorded, outcome: str) -> None:
        """Report one visit, which is kept by now."""
        self._outcomes[outcome] += 1
        self._hosts.add(site.host)
        if self._log is not None:
            self._log.write(self._log_line(visit, recorded, outcome))
        if self._quiet:
            return
        if self._draws:
            self._draw()
        elif outcome in {"stored", "changed", "gone"}:
            headline = recorded.saved.headline if recorded.saved else visit.gone
            click.echo(f"{outcome:<10} {clean(visit.entry.url)}  {clean(headline or '')}".rstrip())
            sys.stdout.flush()

    @property
    def _draws(self) -> bool:
        return not self._quiet and sys.stderr.isatty()

    def _draw(self) -> None:
        now = time.monotonic()
        if now - self._drawn < _REDRAW_EVERY:
            return
        self._drawn = now
        visits = self._outcomes.total()
        counts = " ".join(f"{outcome} {count}" for outcome, count in self._outcomes.most_common())
        line = f"{visits / max(now - self._begun, 1e-9):.1f}/s  hosts {len(self._hosts)}  {counts}"
        click.echo(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}", nl=False, err=True)

    def _log_line(self, visit: Visit, recorded: Recorded, outcome: str) -> str:
        at = timestamp(datetime.now(UTC))
        reason = visit.error or visit.gone
        if self._log_json:
            article = recorded.saved.article_id if recorded.saved else None
            values = {"at": at, "outcome": outcome, "url": visit.entry.url, "id": article, "reason": reason}
            return json.dumps(values | {"new": recorded.new}, ensure_ascii=True) + "\n"
        return f"{at} {outcome} {clean(visit.entry.url)} {clean(reason or '')}".rstrip() + "\n"
