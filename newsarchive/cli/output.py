"""How results are written: for people as text that no page can make misbehave, for programs as JSON, CSV or TSV.

Text from pages reaches a terminal or pipe without control characters, its direction isolated; JSON keeps every
character and escapes the ones that could act.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = Mapping[str, Any]

# C0 and C1 controls; then embeddings, overrides and isolates (LRE RLE PDF LRO RLO, LRI RLI FSI PDI).
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# In JSON: DEL, C1, line separators and all bidi controls with ALM, LRM, RLM. json.dumps escapes C0 itself.
_ESCAPED_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_FSI, _PDI = "\u2068", "\u2069"  # first strong isolate, pop directional isolate
# What a spreadsheet takes for a formula: = + - @ TAB CR LF and the full-width = + - @.
_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True, kw_only=True)
class Output:
    """The output that a user asked for: `form` is text, json, nl, csv, tsv or table."""

    form: str = "text"
    headers: bool = True
    table_format: str = "simple"
    columns: tuple[str, ...] = ()
    ascii: bool = False
    excel: bool = False

    def write(self, rows: Iterable[Row], as_text: Callable[[Row], str]) -> None:
        """Write rows as they come, so that what is stored is said at once; `as_text` draws one for people."""
        if self.form == "json":
            self._write_array(self._choose(row) for row in rows)
            return
        for chunk in self._chunks(rows, as_text):
            _say(chunk)

    def write_one(self, row: Row, text: str) -> None:
        """Write a single thing: a JSON object and not an array, or its text."""
        if self.form == "json":
            _say(self.json(self._choose(row), indent=2) + "\n")
        else:
            self.write([row], lambda _: text)

    def _write_array(self, rows: Iterable[Row]) -> None:
        """A JSON array, element by element; closed also when it is interrupted."""
        separator = "["
        try:
            for row in rows:
                _say(f"{separator}{self.json(row)}")
                separator = ",\n "
        finally:
            _say("[]\n" if separator == "[" else "]\n")

    def _chunks(self, rows: Iterable[Row], as_text: Callable[[Row], str]) -> Iterator[str]:
        if self.form == "text":
            return (f"{as_text(row)}\n" for row in rows)
        chosen = (self._choose(row) for row in rows)
        if self.form == "nl":
            return (f"{self.json(row)}\n" for row in chosen)
        if self.form == "table":
            return iter([self._table(list(chosen))])
        return self._separated(chosen)

    def json(self, value: Any, *, indent: int | None = None) -> str:
        """Return a value as JSON in which no character can act on a terminal."""
        text = json.dumps(value, ensure_ascii=self.ascii, indent=indent)
        return _ESCAPED_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

    def _separated(self, rows: Iterable[Row]) -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, dialect="excel-tab" if self.form == "tsv" else "excel", lineterminator="\n")
        for number, row in enumerate(rows):
            if number == 0 and self.headers:
                writer.writerow(row)
            writer.writerow([_cell(value) for value in row.values()])
            yield ("\ufeff" if self.excel and number == 0 else "") + buffer.getvalue()  # a BOM tells Excel: UTF-8
            buffer.seek(0)
            buffer.truncate()

    def _table(self, rows: Sequence[Row]) -> str:
        from tabulate import tabulate

        if not rows:
            return ""
        cells = [[clean(_plain(value)) for value in row.values()] for row in rows]
        headers = list(rows[0]) if self.headers else ()
        return tabulate(cells, headers=headers, tablefmt=self.table_format, disable_numparse=True) + "\n"

    def _choose(self, row: Row) -> Row:
        if not self.columns:
            return row
        missing = [column for column in self.columns if column not in row]
        if missing:
            raise click.UsageError(f"no column {missing[0]!r}; there are {', '.join(row)}")
        return {column: row[column] for column in self.columns}


def clean(text: str) -> str:
    """Return text of a page as it may reach a terminal: one line, no controls, its direction isolated."""
    harmless = _harmless(text).strip()
    return harmless if harmless.isascii() else f"{_FSI}{harmless}{_PDI}"


def marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Return text of a page for a terminal, with these half-open ranges of it in bold."""
    pieces, end = [], 0
    for start, stop in marks:
        pieces += [_harmless(text[end:start]), click.style(_harmless(text[start:stop]), bold=True)]
        end = stop
    return f"{_FSI}{''.join(pieces)}{_harmless(text[end:])}{_PDI}"


def drawn(pieces: Iterable[tuple[str, Callable[[str], str]]]) -> str:
    """Return one text of a page for a terminal, each piece of it drawn by a function of ours."""
    return f"{_FSI}{''.join(draw(_harmless(text)) for text, draw in pieces)}{_PDI}"


def _harmless(text: str) -> str:
    return _BIDI.sub("", _CONTROLS.sub(" ", text))


def _say(text: str) -> None:
    """Write to standard output; where the reader has seen enough (`| head`), end quietly."""
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nothing more can be written, also not what Python itself flushes at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cell(value: Any) -> str:
    text = _plain(value)
    return f"'{text}" if _FORMULA.match(text) and isinstance(value, str) else text
