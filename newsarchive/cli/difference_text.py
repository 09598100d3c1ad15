"""How differences are drawn for people: removed and added words coloured or marked, long unchanged runs cut short."""

from __future__ import annotations

import os
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Literal

import click

from newsarchive.cli.output import drawn
from newsarchive.differences import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_WORD = re.compile(r"\S+")
_KEPT_WORDS = 5  # at each end of a run that both versions have

_COLOURS: dict[str, Callable[[str], str]] = {
    "same": str,
    "removed": partial(click.style, fg="red", strikethrough=True),
    "added": partial(click.style, fg="green"),
}
_MARKS: dict[str, Callable[[str], str]] = {
    "same": str,
    "removed": "[-{}-]".format,
    "added": "{{+{}+}}".format,
}


def difference_text(pieces: Iterable[Piece]) -> str:
    """Return pieces as one line for a terminal."""
    styles = _COLOURS if _has_colours() else _MARKS
    joined = list(join_changes(pieces))
    last = len(joined) - 1
    return drawn(
        (_paragraphs_marked(cut(piece.text, head=number > 0, tail=number < last)), styles["same"])
        if piece.kind == "same"
        else (_paragraphs_marked(piece.text), styles[piece.kind])
        for number, piece in enumerate(joined)
    )


def join_changes(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with changes that only space parts as one, so that a changed phrase is read as a phrase."""
    removed = added = space = ""
    for piece in pieces:
        if piece.kind == "same" and (piece.text.strip() or not (removed or added)):
            yield from _change(removed, added)
            yield Piece(kind="same", text=space + piece.text)
            removed = added = space = ""
        elif piece.kind == "same":
            space += piece.text
        else:
            removed, added, space = removed + space, added + space, ""
            if piece.kind == "removed":
                removed += piece.text
            else:
                added += piece.text
    yield from _change(removed, added)
    if space:
        yield Piece(kind="same", text=space)


def cut(text: str, *, head: bool, tail: bool) -> str:
    """Return an unchanged run with the words at its head and tail only, if it is longer than that."""
    words = list(_WORD.finditer(text))
    if len(words) <= _KEPT_WORDS * (head + tail) + 1:
        return text
    first = text[: words[_KEPT_WORDS - 1].end()] + " " if head else ""
    last = " " + text[words[-_KEPT_WORDS].start() :] if tail else ""
    return f"{first}…{last}" if head or tail else text


def _change(removed: str, added: str) -> Iterator[Piece]:
    """What was removed and added; beside words, space alone is no change worth a mark."""
    is_spacing = not (removed + added).strip()
    sides: tuple[tuple[Literal["removed", "added"], str], ...] = (("removed", removed), ("added", added))
    for kind, text in sides:
        if text:
            yield Piece(kind=kind if text.strip() or is_spacing else "same", text=text)


def _paragraphs_marked(text: str) -> str:
    return text.replace("\n\n", " ¶ ")


def _has_colours() -> bool:
    """Tell whether colours reach a person: https://no-color.org, and terminals that know none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
