"""Whom the page credits, and the bylines in its text: finds the lines and slots that say so.

What a line means is read by the LineReader; who is the author of all that are named is decided in `authors`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from newsarchive.arabic import fold
from newsarchive.data import credit_words
from newsarchive.parser.authors import JOINT, choose_authors, drop_biographies, shown_elsewhere
from newsarchive.parser.bylines import is_signature, names_person
from newsarchive.parser.lexicon import is_place, known_words
from newsarchive.parser.lines import DRAWN, writer_words
from newsarchive.parser.phrases import line_kinds
from newsarchive.parser.said import Attribution, Said
from newsarchive.parser.texts import FOUR_DIGITS, first_run, runs_of, slot_text, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from newsarchive.models import Credit
    from newsarchive.parser.lines import LineReader
    from newsarchive.parser.paragraphs import Piece
    from newsarchive.parser.slots import Line, Slots
    from newsarchive.parser.story import Story
    from newsarchive.parser.structured import Claims, Metas

_EDGE = 2  # paragraphs at the start and end of a story that may be credit lines
_MAX_SLOTS = 6
# What a byline before the prose is: a word and a name, up to a colon, a dash or a tatweel as one.
_BEFORE_PROSE = re.compile("((\\w+)[^\\w:\u2010-\u2015-]+[^:\u2010-\u2015-]{4,40}?)\\s*(?:[:\u2010-\u2015-]|\\s\u0640)")
_ON = "\u0639\u0644\u0649"  # على, which folds to the name علي: كتب الوزير على صفحته: ...
_WORD = re.compile(r"[^\W\d_]+")
_POINTS = ("\u2022", "\u25aa", "\u25cf", "-", "*")  # bullets and what stands for them
_MIN_SIGNATORY = 18  # characters; a desk's initials and names are shorter
_MIN_SIGNED = 3  # paragraphs, the names among them
_MAX_SOURCE_WORD = 20  # characters
_MAX_DATED, _MAX_DATED_BYLINE = 60, 120  # characters of a line that is a date with little else, or with a byline
_BEHIND_DATE = re.compile(r"\s[/|]\s")


def read_attribution(
    story: Story, slots: Slots, claims: Claims, metas: Metas, headline: Said, reader: LineReader
) -> Attribution:
    """Return who is named as author and as source of a story."""
    found = Attribution(list(story.pieces))
    bylines = [*_take_lines(found, story.above, reader), *_read_stamps(found, slots, reader)]
    for element in [each for each in slots.sources if each not in slots.tag_boxes][:_MAX_SLOTS]:
        text = slot_text(element)
        if not text or text.startswith("#"):
            continue
        line = _with_colon(text, element)
        names = reader.source_slot(line)
        if names is None:
            continue
        if names or reader.names_outlet(text):
            said = Said(text.strip(" |"), "source slot", element)
            if found.source is None or (names and not found.credits and _names_source(line)):
                found.source = said  # rather than the outlet's own line
            found.add_credits(names, said)
        elif names_person(text):
            bylines.append(Said(text, "source slot", element))  # المصدر: أحمد علي - دبي
    bylines += _read_edges(found, reader)
    choose_authors(found, chain(bylines, shown_elsewhere(found, slots, headline, reader)), claims, metas, reader)
    drop_biographies(found)
    _drop_authors(found)
    return found


def _drop_authors(found: Attribution) -> None:
    """Take a person who stands in the slot of the source as well out of the credits."""
    found.credits = tuple(each for each in found.credits if each.agency or each.name not in found.authors)
    line = found.source.text if found.source else ""
    if line in found.authors or (_names_source(line) and line.partition(":")[2].strip() in found.authors):
        found.source = None


def _take_lines(found: Attribution, above: Sequence[Piece], reader: LineReader) -> list[Said]:
    """Take credit lines and bylines that stand alone at the edges out of the story; return the bylines."""
    bylines: list[Said] = []
    pieces = found.paragraphs
    last = pieces[max(_EDGE, len(pieces) - _EDGE) :]
    points = all(piece.kind == "item" or piece.text.startswith(_POINTS) for piece in pieces[:_EDGE])
    under_points = [piece for piece in pieces[_EDGE : 2 * _EDGE] if points and _opens_as_byline(piece)]
    first = islice((piece for piece in pieces if piece.kind != "heading"), _EDGE)
    for piece in dict.fromkeys([*above[-_EDGE:], *pieces[:_EDGE], *first, *under_points, *last]):
        text = _with_blanks(piece) if piece in above else piece.text
        if not reader.may_tell(text):
            continue
        names = reader.credit_line(text)
        if names is not None:
            if piece in last[:-1] and reader.is_own_name(text) and _goes_on(last[-1], reader):
                continue  # who signs a statement, over what of the outlet does
            said = Said(_undated(piece, text, names, reader).strip(DRAWN).rstrip(" :"), "credit line", piece.element)
            found.source = found.source or said
            found.add_credits(names, said)
            if names_person(text):
                bylines.append(said)
        elif reader.byline_alone(text) and not _is_heading_inside(piece, pieces):
            bylines.append(Said(text, "byline paragraph", piece.element))
        elif reader.arabic and _may_sign(piece, pieces) and is_signature(text):
            bylines.append(Said(text, "signature", piece.element))
        else:
            continue
        if piece in pieces:
            pieces.remove(piece)
    return bylines


def _opens_as_byline(piece: Piece) -> bool:
    """Say whether a paragraph begins with a word for the writer and ends with a colon: «حوار- أحمد علي:»."""
    first = _WORD.match(piece.text)
    return first is not None and first[0] in writer_words() and piece.text.endswith(":")


def _goes_on(piece: Piece, reader: LineReader) -> bool:
    """Say whether a line under the outlet's name is long enough to sign with it, and tells of no source or author."""
    text = piece.text
    if len(text) < _MIN_SIGNATORY or text.isascii():
        return False
    return reader.credit_line(text) is None and not reader.byline_alone(text) and not is_signature(text)


def _with_colon(text: str, slot: etree._Element) -> str:
    """Return the text of a slot with a colon behind a label that is an element of its own: المصدر <a>سهل نت</a>."""
    label = first_run(slot) if len(slot) else ""
    name = text[len(label) :]
    apart = fold(label) in _source_words() and text.startswith(f"{label} ") and not line_kinds(name)
    return f"{label}:{name}" if apart else text


def _is_heading_inside(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Say whether a place and a person are rather the heading of a part of the story: «فرنسا: ماري لوبان»."""
    place, colon, _ = piece.text.partition(":")
    return piece.kind == "heading" and bool(colon) and piece in pieces[1:] and is_place(place)


def _undated(piece: Piece, text: str, names: tuple[Credit, ...], reader: LineReader) -> str:
    """Return a credit line without the date that stands in an element of its own beside it, or behind a bar."""
    if not FOUR_DIGITS.search(text):
        return text
    parts = dict.fromkeys(part.strip() for run in (text, *runs_of(piece.element)) for part in run.split("|"))
    lines = [part for part in parts if not FOUR_DIGITS.search(part) and reader.credit_line(part) == names]
    return max(lines, key=len, default=text)


def _may_sign(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Say whether a paragraph is the first or the last, and none of a list of names."""
    if piece.kind != "text" or len(pieces) < _MIN_SIGNED or piece not in (pieces[0], pieces[-1]):
        return False
    beside = pieces[1] if piece is pieces[0] else pieces[-2]
    return not beside.text.endswith(":") and not is_signature(beside.text)


def _with_blanks(piece: Piece) -> str:
    """Return a line that is no prose with blanks between its elements, as styles show them: name and date."""
    text = slot_text(piece.element) if len(piece.element) else None
    return text if text and squeeze(text) == squeeze(piece.text) else piece.text


def _read_stamps(found: Attribution, slots: Slots, reader: LineReader) -> list[Said]:
    """Read the lines above the story that a date is part of, which are no paragraphs; return the bylines.

    For example «بكين 26 أبريل 2017 (شينخوا)» and «الأربعاء 26 نيسان 2017 - كتب: أحمد علي».
    """
    bylines: list[Said] = []
    for line, following in zip_longest(slots.lines, slots.lines[1:]):
        for text in _stamps(line, following, reader):
            said = Said(text, "dated line", line.element)
            names = reader.credit_line(text)
            if names or (names is not None and reader.names_outlet(text) and not FOUR_DIGITS.search(text)):
                found.source = found.source or said
                found.add_credits(names, said)
                break
            if reader.byline_alone(text):
                bylines.append(said)
                break
    return bylines


def _stamps(line: Line, following: Line | None, reader: LineReader) -> Iterator[str]:
    """Yield what of a line is worth reading for names: what has a date or a source, first what stands behind a date.

    For example of «الجمعة 13 نوفمبر 2009 الساعة 08 مساءً / سهل نت - عمران - أحمد علي».
    """
    text = line.text
    if _names_source(text):
        is_label = following is not None and text.endswith(":") and following.element.getparent() is line.element
        yield f"{text} {following.text}" if is_label and following else text  # المصدر: <b>سهل نت</b>
    elif FOUR_DIGITS.search(text):
        joint = _BEHIND_DATE.search(text) if len(text) <= _MAX_DATED_BYLINE else None
        if joint and FOUR_DIGITS.search(text, 0, joint.start()) and _is_date(text[: joint.start()]):
            yield text[joint.end() :]
        if len(text) <= _MAX_DATED and not _is_date(text):
            yield text
    elif following is not None and _is_over_day(line, following) and reader.arabic and reader.names_outlet(text):
        yield text  # سهل نت - خاص


def _is_over_day(line: Line, following: Line) -> bool:
    """Say whether a short line with a joint stands in one element with the day right after it."""
    if len(line.text) > _MAX_DATED or not JOINT.search(line.text) or not FOUR_DIGITS.search(following.text):
        return False
    around = following.element.getparent()
    return around is not None and around is line.element.getparent()


def _names_source(line: str) -> bool:
    """Say whether a line begins with a word for the source and a colon: «المصدر: الميادين + وكالات»."""
    word, colon, _ = line.partition(":")
    return bool(colon) and len(word) <= _MAX_SOURCE_WORD and fold(word).strip() in _source_words()


@cache
def _source_words() -> frozenset[str]:
    return frozenset(map(fold, credit_words()["source"]))


def _is_date(line: str) -> bool:
    """Say, at little cost, whether a line has no word but those of dates, as most lines with digits."""
    return _date_words().issuperset(_WORD.findall(fold(line)))


@cache
def _date_words() -> frozenset[str]:
    words = known_words()
    phrases = (*words.dates, *words.dates_after_number, *map(fold, credit_words()["date_openers"]))
    return frozenset(word for phrase in phrases for word in phrase.split())


def _read_edges(found: Attribution, reader: LineReader) -> list[Said]:
    """Read the dateline of the first paragraph and the credit at the end of the last; both stay in the text.

    Return the bylines before the prose: «كتب أحمد علي: ...», «دبي (رويترز) - من أحمد علي - ...».
    """
    bylines: list[Said] = []
    prose = [piece for piece in found.paragraphs if piece.kind != "heading"]
    for piece in prose[:2]:
        opening = reader.dateline(piece.text)
        if opening:
            found.add_credits(opening[0], Said(piece.text[: opening[1]].strip(), "dateline", piece.element))
        named = _BEFORE_PROSE.match(piece.text, opening[1] if opening else 0)
        if named and named[2] in writer_words() and _ON not in named[1].split() and reader.byline_alone(named[1]):
            bylines.append(Said(named[1], "byline before the prose", piece.element))
        if opening:
            break
    for piece in prose[-1:]:
        if ending := reader.ending(piece.text):
            found.add_credits(ending[0], Said(piece.text[ending[1] :].strip(), "credit at the end", piece.element))
    return bylines
