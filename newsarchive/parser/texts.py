"""The text of elements: raw, in one line, run by run."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

MAX_SLOT = 200  # characters of a line that names an author, a date or a section

# Elements whose text runs on in the element around them.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def raw_text(element: etree._Element) -> str:
    """Return all text in an element as it stands."""
    return "".join(cast("Iterator[str]", element.itertext()))


def collapse(text: str) -> str:
    """Return a text without white space at its ends, each run of it inside as one blank."""
    if text.isprintable() and "  " not in text:  # the blank is the only white space that counts as printable
        return text.strip()
    return " ".join(text.split())


def text_of(element: etree._Element) -> str:
    """Return all text in an element, white space collapsed."""
    return collapse(raw_text(element) if len(element) else element.text or "")


def runs(element: etree._Element) -> Iterator[str]:
    """Yield the runs of text in an element that its tags part, white space collapsed."""
    for run in cast("Iterator[str]", element.itertext()):
        if text := collapse(run):
            yield text


def slot_text(element: etree._Element) -> str | None:
    """Return the runs of a slot with blanks between, None where there is nothing or too much for one."""
    runs_of_text = " ".join(cast("Iterator[str]", element.itertext())) if len(element) else element.text or ""
    text = collapse(runs_of_text)
    return text if 0 < len(text) <= MAX_SLOT else None


def text_up_to(element: etree._Element, most: int) -> str | None:
    """Return the text of an element, None as soon as it proves longer than `most` characters."""
    found: list[str] = []
    left = most
    for run in cast("Iterator[str]", element.itertext()):
        if run.isspace():
            continue
        text = collapse(run) if len(run) < 8 * most else run.strip()
        found.append(text)
        left -= len(text)
        if left < 0:
            return None
    return " ".join(found)
