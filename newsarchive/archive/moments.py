"""Moment <-> columns: the time in UTC, with the offset, the precision and the text that the page stated beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from newsarchive.models import Moment, Precision

if TYPE_CHECKING:
    import sqlite3

_TIMESPEC = {"hour": "hours", "minute": "minutes", "second": "seconds"}


def to_columns(name: str, moment: Moment | None) -> dict[str, str | None]:
    """Return the four columns `<name>_at`, `_offset`, `_precision` and `_text` of a moment.

    One without an offset stands in `_at` as it was stated: which instant it means is not known.
    """
    value, offset = (None, None) if moment is None else _in_utc(moment)
    return {
        f"{name}_at": value,
        f"{name}_offset": offset,
        f"{name}_precision": moment.precision if moment else None,
        f"{name}_text": moment.text if moment else None,
    }


def from_row(row: sqlite3.Row, name: str) -> Moment | None:
    """Return the moment that a row of versions holds, as the page stated it."""
    value, offset = row[f"{name}_at"], row[f"{name}_offset"]
    if value is None:
        return None
    precision = cast("Precision", row[f"{name}_precision"])
    if offset is not None:
        zone = datetime.strptime(offset, "%z").tzinfo
        value = datetime.fromisoformat(value).astimezone(zone).isoformat(timespec=_TIMESPEC[precision])
    return Moment(value=value, precision=precision, text=row[f"{name}_text"])


def _in_utc(moment: Moment) -> tuple[str, str | None]:
    if moment.precision not in _TIMESPEC:
        return moment.value, None
    stated = datetime.fromisoformat(moment.value)
    offset = stated.utcoffset()
    if offset is None:
        return moment.value, None
    timespec = "seconds" if moment.precision == "second" else "minutes"
    utc = stated.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=timespec)
    return f"{utc}Z", stated.isoformat()[-len("+03:00") :]
