"""Lines of a story that are none of its text: dates and times, the initials of a desk, what a system left over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsarchive import dates
from newsarchive.arabic import fold
from newsarchive.parser.leads import SENTENCE_ENDS, has_dated_part
from newsarchive.parser.outskirts import TAG_WORDS
from newsarchive.parser.texts import FOUR_DIGITS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsarchive.parser.paragraphs import Piece

MAX_MARK = 30  # characters of a mark, but for a shortcode
_ANNOUNCES = re.compile(":\\Z|\u0628\u0631\u064a\u062f|\u0639\u0646\u0648\u0627\u0646|mail")  # بريد, عنوان
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
WORD = re.compile("[^\\W_\u0640]")  # more than the tatweels of a line drawn with them
_INITIALS = re.compile(r"(?:[^\W\d_][./ ]{1,2}){1,3}[^\W\d_]\.?")  # of whom a desk's editors are, under a line: ي.ط
_DRAWN = " =_*-\u0640"  # what lines are drawn with, a tatweel among it
_SIGNED = f"{_DRAWN}/"  # what such initials stand behind
_SHORTCODE = re.compile(r"\[(\w+)\b[^\]]*\].*\[/\1\]")  # [embed]...[/embed], what a system did not replace
# // انتهى //, and when that was, as agencies send it: 13:27 ت م, 0904 جمت
_END = re.compile(
    "[\\s/.-]*\u0627\u0646\u062a\u0647[\u0649\u064a][\\s/.-]*|\\d{1,2}:?\\d\\d\\s*(?:\u062a\\s?\u0645|\u062c\u0645\u062a|GMT)"
)
# قراءات: 412, مشاهدات 1,203
_COUNTER = re.compile(
    "(?:\u0642\u0631\u0627\u0621\u0627\u062a|\u0645\u0634\u0627\u0647\u062f\u0627\u062a|\u0632\u064a\u0627\u0631\u0627\u062a)\\s*:?\\s*[\\d,.]+"
)
_TIME = re.compile(r"(\d{1,2}):(\d\d)")  # alone, over a part of a live report
_ISSUE = "\u0627\u0644\u0639\u062f\u062f "  # العدد, before the number of an issue
_PUBLISHED_IN = ("Published in ", "First published ")
_LABEL_TAGS = ("b", "strong", "span", "label")
_MAX_STAMP, _MAX_LONG_STAMP = 50, 120  # characters; the latter with a time of day, an author and counters


def is_mark(pieces: Sequence[Piece], place: int) -> bool:
    """Say whether a line is the mark of a system or a desk: a shortcode, an end, an hour, a counter, initials."""
    text = pieces[place].text
    if (text[0] == "[" and _SHORTCODE.fullmatch(text)) or _END.fullmatch(text) or _COUNTER.fullmatch(text):
        return True
    if _MAIL.fullmatch(text):
        return place > 1 and place == len(pieces) - 1 and _stands_alone(pieces[place - 1], pieces[place])
    if _TIME.fullmatch(text):
        return _tells_hours(pieces) and not (place and pieces[place - 1].text.endswith(":"))
    if len(text) > MAX_MARK or place != len(pieces) - 1 or place == 0 or not _INITIALS.fullmatch(text.strip(_SIGNED)):
        return False
    return text[0] in _SIGNED or not WORD.search(pieces[-2].text)


def _stands_alone(before: Piece, piece: Piece) -> bool:
    """Say whether a paragraph is one by itself, and the one before it ends as sentences do."""
    apart = piece.kind == "text" and piece.element is not before.element
    return apart and before.text.endswith(SENTENCE_ENDS) and not _ANNOUNCES.search(before.text)


def _tells_hours(pieces: Sequence[Piece]) -> bool:
    """Say whether lines like 13:05 are times of the day, and no results."""
    found = [time for piece in pieces if (time := _TIME.fullmatch(piece.text))]
    return all(int(time[1]) < 24 and int(time[2]) < 60 for time in found)


def facts_below(pieces: Sequence[Piece]) -> int:
    """Return where a list of facts begins that ends a story: its day under a label, and its keywords under another.

    For example <li><strong>تاريخ</strong> 12.05.2014</li><li><strong>كلمات مفتاحية</strong> ...</li>.
    """
    place = len(pieces)
    labels: list[str] = []
    while place and pieces[place - 1].kind == "item" and (label := _label_of(pieces[place - 1])):
        place -= 1
        labels.append(label)
    dated = any(may_be_date(piece) and dates.resolve(piece.text, reference=None) for piece in pieces[place:])
    return place if dated and not TAG_WORDS.isdisjoint(labels) else len(pieces)


def _label_of(item: Piece) -> str:
    """Return the words, folded, that an item begins with and that are set apart by their element."""
    element = item.element
    if not len(element) or element[0].tag not in _LABEL_TAGS or (element.text or "").strip():
        return ""
    return fold(element[0].text or "").strip(": ")


def is_stamp(piece: Piece) -> bool:
    """Say whether a line at the ends of a story is a date or a time, with little else."""
    text = piece.text
    return (
        len(text) <= _MAX_LONG_STAMP
        and piece.kind == "text"
        and FOUR_DIGITS.search(text) is not None
        and (
            has_dated_part(piece)
            # With more than a date it tells the number of an issue and the like, and is no sentence.
            or (
                not text.endswith(SENTENCE_ENDS)
                and (len(text) <= _MAX_STAMP or dates.find(text, reference=None) is not None)
            )
        )
    )


def may_be_date(piece: Piece) -> bool:
    """Say, at little cost, whether a line may be a date and nothing else."""
    return len(piece.text) <= _MAX_STAMP and FOUR_DIGITS.search(piece.text) is not None


def is_time(piece: Piece, times: Collection[str]) -> bool:
    """Say whether a line is a date and little else than what time elements hold, an item of a list nothing else."""
    told = sum(len(text) for text in times if text in piece.text)
    if piece.kind == "item":
        return told >= len(piece.text) and FOUR_DIGITS.search(piece.text) is not None
    return 2 * told > len(piece.text) and is_stamp(piece)


def is_date(piece: Piece) -> bool:
    """Say whether a line is a date and nothing else, or the issue and day in which a story was published."""
    text = piece.text
    told = _ISSUE in text or text.startswith(_PUBLISHED_IN)
    return is_stamp(piece) and (told or dates.resolve(text, reference=None) is not None)
