"""Whether a site still gives what it used to: its figures against its own history. Pure: no clock, no archive.

A site has gone wrong when one of these holds; each says so with a cause. Fewer than FEW (5) articles or refused pages
never raise an alarm.

not visited   all its listings have been due for more than a day: the crawl does not run, or never gets to it
unreachable   every listing (feed, sitemap, page) fails, three times in a row or with nothing read for three days; or
              its host is to be left alone for another hour and longer, and nothing was read for three days; or there
              is no listing left, a day after the site was added
empty         a day after it was added, no article came of it and no address waits to be read
silent        nothing new in a day where a usual day has 10 or more; nothing new in a week where a usual week has 5 or
              more, or less than a fifth of 20 or more. Usual is the median of the earlier days (at least 7) or weeks
              (at least 2). The day on which the site was added does not count, nor do articles that were more than a
              week old when they came: reading backwards makes no habit
refused       of the pages read in the last week so many more are no articles than in the four weeks before
fields        so many more of the newest articles than of those before lack a headline, body, date …
length        three quarters of the newest bodies are shorter than a third of the median before, or longer than its
              threefold: a paywall, a teaser, or the whole page taken for the story

"So many more" is: FEW or more, a share that is higher by 40 points, and less than one chance in 10,000 that it came
about under the former share. The last two compare up to 20 newest articles (at least FEW) with up to 100 before them
(at least 10). Lengths are told from quartiles, since a night of one-line flashes is no fault.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from math import exp, lgamma, log
from statistics import median, quantiles
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

Cause = Literal[
    "robots", "blocked", "paywall", "no links", "encoding", "network", "not an article", "not visited", "changed pages"
]
State = Literal["sound", "wrong", "new", "paused"]

IN_A_ROW = 3  # failures that are no accident
NEWEST, BEFORE = 20, 100  # articles that are compared
DAYS = 35  # of history that silence is told from

_FEW = 5
_ENOUGH_BEFORE = 10
_DAY = timedelta(days=1)
_QUIET = timedelta(days=3)
_JUMP = 0.4
_CHANCE = 1e-4
_WITHOUT_HISTORY = 0.5  # share of refused pages that nobody need wonder at on a new site

_AT = re.compile(r"\Aat \S+: ")
_NOT_BEFORE = re.compile(r"; not asked before [\d: -]+UTC\Z")
_NO_PAGE = re.compile(
    r"HTTP 4(?:04|10)|offers no addresses|is no page|not an article|could not be read|not readable|bytes are not text"
    r"|\A(?:home|section|search|tag|error|empty)\Z|soft 404|redirected to the front page"
)
_CAUSES: tuple[tuple[re.Pattern[str], Cause], ...] = (
    (re.compile(r"robots\.txt"), "robots"),
    (re.compile(r"HTTP 40[12]|\blogin\b|paywall"), "paywall"),
    (re.compile(r"HTTP (?:403|406|429|451)|\bchallenge\b|\bconsent\b"), "blocked"),
    (re.compile(r"charset|\bencoding\b"), "encoding"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaint:
    """Why something of a site could not be read, and how often: an error, or what a page was instead of an article."""

    reason: str
    count: int
    of_listing: bool

    @property
    def cause(self) -> Cause:
        return cause_of(self.reason, of_listing=self.of_listing)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """Articles of a site: the lengths of their bodies in characters, and how many lack each field."""

    lengths: tuple[int, ...] = ()
    missing: Mapping[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.lengths)

    @property
    def body_length(self) -> float | None:
        return median(self.lengths) if self.lengths else None

    def share(self, name: str) -> float:
        """The share of articles that lack a field."""
        return self.missing.get(name, 0) / self.size if self.size else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What the archive knows of a site; times are aware.

    `daily` has the new articles of each of the last days (spans of 24 hours), newest first; `stored` and `refused` have
    what pages turned out to be in the last week, and in the four weeks before. `failing` listings had an error the last
    time, `stubborn` ones three times in a row; `waiting` addresses were never asked for. `due_at` is the latest time at
    which a listing was to be visited.
    """

    host: str
    outlet: str | None = None
    added_at: datetime
    paused_at: datetime | None = None
    last_success_at: datetime | None = None
    due_at: datetime | None = None
    left_alone_until: datetime | None = None
    left_alone_since: str | None = None
    listings: int = 0
    failing: int = 0
    stubborn: int = 0
    waiting: int = 0
    daily: tuple[int, ...] = ()
    stored: tuple[int, int] = (0, 0)
    refused: tuple[int, int] = (0, 0)
    complaints: tuple[Complaint, ...] = ()
    newest: Sample = Sample()
    before: Sample = Sample()


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong with a site, in a line for people, and its cause."""

    cause: Cause
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """The judgement of a site; `new` says that there is too little history to tell what is usual."""

    state: State
    problems: tuple[Problem, ...] = ()
    usual_day: float | None = None
    usual_week: float | None = None
    figures: Figures

    @property
    def is_wrong(self) -> bool:
        return self.state == "wrong"

    def __str__(self) -> str:
        return f"{self.figures.host}: {'; '.join(problem.text for problem in self.problems) or self.state}"


def judge(figures: Figures, *, now: datetime) -> Finding:
    """Judge a site by its own history; the rules stand at the top of this module."""
    known = figures.daily[: max((now - figures.added_at).days - 1, 0)]
    day, week = _usual(known, 1, at_least=7), _usual(known, 7, at_least=2)
    problems: tuple[Problem, ...] = ()
    state: State = "paused"
    if figures.paused_at is None:
        problems = tuple(_problems(figures, day, week, now))
        state = "wrong" if problems else "new" if day is None else "sound"
    return Finding(state=state, problems=problems, usual_day=day, usual_week=week, figures=figures)


def cause_of(reason: str, *, of_listing: bool) -> Cause:
    """Return what kind of trouble an error or a refusal is; what is nothing else lies between us and the server."""
    for pattern, cause in _CAUSES:
        if pattern.search(reason):
            return cause
    if _NO_PAGE.search(reason):
        return "no links" if of_listing else "not an article"
    return "network"


def plain_reason(reason: str) -> str:
    """Return an error without the address and the time in it, so that equal ones can be counted together."""
    return _NOT_BEFORE.sub("", _AT.sub("", reason))


def _usual(daily: Sequence[int], days: int, *, at_least: int) -> float | None:
    """The median of the earlier spans of so many days; the newest span is what is judged."""
    spans = [sum(daily[start : start + days]) for start in range(days, len(daily) - days + 1, days)]
    return median(spans) if len(spans) >= at_least else None


def _problems(figures: Figures, day: float | None, week: float | None, now: datetime) -> Iterator[Problem]:
    is_left_alone = figures.left_alone_until is not None and figures.left_alone_until > now
    if figures.due_at is not None and now - figures.due_at > _DAY and not is_left_alone:
        text = f"not visited since {figures.due_at:%Y-%m-%d %H:%M} UTC, when it was due: `newsarchive crawl` must run"
        yield Problem(cause="not visited", text=text)
        return
    nothing_came = _unreachable(figures, now) or _empty(figures, now) or _silent(figures, day, week)
    if nothing_came is not None:
        yield nothing_came
    yield from _refused(figures)
    yield from _fields(figures.newest, figures.before)
    yield from _lengths(figures.newest, figures.before)


def _unreachable(figures: Figures, now: datetime) -> Problem | None:
    is_quiet = now - (figures.last_success_at or figures.added_at) > _QUIET
    until = figures.left_alone_until
    if is_quiet and until is not None and until - now > timedelta(hours=1):
        reason = figures.left_alone_since or "its host failed"
        text = f"its host is left alone until {until:%Y-%m-%d %H:%M} UTC: {reason}"
        return Problem(cause=cause_of(reason, of_listing=True), text=text)
    if not figures.listings:
        if now - figures.added_at <= _DAY:
            return None
        return Problem(cause="no links", text="there is no feed, sitemap or page left that is looked at for articles")
    if figures.failing < figures.listings or not (is_quiet or figures.stubborn == figures.listings):
        return None
    cause, told = _why(figures, of_listing=True)
    return Problem(cause=cause, text=f"none of its feeds, sitemaps and pages can be read: {told}")


def _empty(figures: Figures, now: datetime) -> Problem | None:
    if figures.newest.size or figures.waiting or now - figures.added_at <= _DAY:
        return None
    cause, told = _why(figures)
    return Problem(cause=cause, text=f"no article since it was added: {told}")


def _silent(figures: Figures, day: float | None, week: float | None) -> Problem | None:
    new_day, new_week = figures.daily[0] if figures.daily else 0, sum(figures.daily[:7])
    if day is not None and day >= 2 * _FEW and not new_day:
        came = f"nothing new in a day, {day:,.0f} are usual"
    elif week is not None and week >= _FEW and not new_week:
        came = f"nothing new in a week, {week:,.0f} are usual"
    elif week is not None and week >= 4 * _FEW and new_week < week / 5:
        came = f"{new_week:,} new in a week, {week:,.0f} are usual"
    else:
        return None
    cause, told = _why(figures)
    return Problem(cause=cause, text=f"{came}: {told}")


def _why(figures: Figures, *, of_listing: bool = False) -> tuple[Cause, str]:
    """The commonest cause of what failed, with its commonest reason; where little failed, nothing was offered."""
    complaints = [complaint for complaint in figures.complaints if complaint.of_listing or not of_listing]
    if not figures.failing and sum(complaint.count for complaint in complaints) < _FEW:
        return "no links", "its listings are read, but offer no new address"
    counts: Counter[Cause] = Counter()
    for complaint in complaints:
        counts[complaint.cause] += complaint.count
    cause, count = counts.most_common(1)[0]
    reason = max((found for found in complaints if found.cause == cause), key=lambda found: found.count).reason
    return cause, f"{reason} ({count:,} times)" if count > 1 else reason


def _refused(figures: Figures) -> Iterator[Problem]:
    (stored, stored_before), (refused, refused_before) = figures.stored, figures.refused
    all_before = stored_before + refused_before
    if all_before < _ENOUGH_BEFORE:
        all_before, refused_before = _ENOUGH_BEFORE, round(_WITHOUT_HISTORY * _ENOUGH_BEFORE)
    if _rose(refused, stored + refused, refused_before, all_before):
        cause, told = _why(figures)
        yield Problem(cause=cause, text=f"{refused:,} of {stored + refused:,} pages in a week are no articles: {told}")


def _fields(newest: Sample, before: Sample) -> Iterator[Problem]:
    for name in newest.missing:
        now_missing, former = newest.missing[name], before.missing.get(name, 0)
        if before.size >= _ENOUGH_BEFORE and _rose(now_missing, newest.size, former, before.size):
            text = (
                f"no {name} in {now_missing} of the newest {newest.size} articles; before, {before.share(name):.0%} "
                "had none"
            )
            yield Problem(cause="encoding" if name == "legible text" else "changed pages", text=text)


def _lengths(newest: Sample, before: Sample) -> Iterator[Problem]:
    if newest.size < _FEW or before.size < _ENOUGH_BEFORE:
        return
    low, middle, high = quantiles(newest.lengths, n=4, method="inclusive")
    usual = median(before.lengths)
    if high < usual / 3 or low > 3 * usual > 0:
        what = "short" if high < usual else "long"
        text = (
            f"bodies are too {what}: {middle:,.0f} characters in the newest {newest.size} articles, {usual:,.0f} before"
        )
        yield Problem(cause="changed pages", text=text)


def _rose(bad: int, size: int, former_bad: int, former_size: int) -> bool:
    """Tell whether a share has risen by more than chance explains; the former share is taken with a little doubt."""
    if bad < _FEW or bad / size - former_bad / former_size < _JUMP:
        return False
    return _chance(bad, size, (former_bad + 1) / (former_size + 2)) < _CHANCE


def _chance(bad: int, size: int, share: float) -> float:
    """The probability of so many or more out of a size (the binomial distribution, by logarithms)."""
    return sum(
        exp(lgamma(size + 1) - lgamma(k + 1) - lgamma(size - k + 1) + k * log(share) + (size - k) * log(1 - share))
        for k in range(bad, size + 1)
    )
