"""Who wrote the story and whom the page credits: finds the lines and slots that say so, and weighs one against another.

What a line means is read by the LineReader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from newsarchive.arabic import fold
from newsarchive.data import credit_words
from newsarchive.parser import roles
from newsarchive.parser.bylines import names_person
from newsarchive.parser.lexicon import known_words
from newsarchive.parser.lines import writer_words
from newsarchive.parser.texts import MAX_SLOT, slot_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from newsarchive.models import Credit
    from newsarchive.parser.lines import LineReader
    from newsarchive.parser.paragraphs import Piece
    from newsarchive.parser.slots import Line, Slots
    from newsarchive.parser.story import Story
    from newsarchive.parser.structured import Claims, Metas

_EDGE = 2  # paragraphs at the start and end of a story that may be credit lines
_MAX_SLOTS = 6
_MAX_BIOGRAPHY = 5  # paragraphs
_MAX_LINE = 60  # characters of a byline that only its place tells
# is, was, writes, covers; ist, est, es, \u00e8, \u00e9: what follows a name that a biography begins with
_IS = re.compile(r",? (?:is|was|has|writes|covers|reports|ist|est|es|\u00e8|\u00e9|er|\u00e4r)\b")
_AUTHOR_METAS = (
    "author", "article:author", "og:article:author", "byl", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "cxenseparse:author", "og:author",
)  # fmt: skip
_OPENING = re.compile(r"\W*(\w+)\W*")  # كتب/ أحمد علي
# What a byline before the prose is: a word and a name, up to a colon, a dash or a tatweel as one.
_BEFORE_PROSE = re.compile("((\\w+)[^\\w:\u2010-\u2015-]+[^:\u2010-\u2015-]{4,40}?)\\s*(?:[:\u2010-\u2015-]|\\s\u0640)")
_ON = "\u0639\u0644\u0649"  # على, which folds to the name علي: كتب الوزير على صفحته: ...
_WORD = re.compile(r"[^\W\d_]+")
_MAX_STAMP = 60  # characters of a line that is a date with little else
_STAMP = re.compile(r"(?:\d\D*){4}")
_NO_NAMES = ("http:", "https:", "/", "@", "www.")


@dataclass(frozen=True, slots=True)
class Said:
    """Something said of authorship: the text, the rule that found it, the place."""

    text: str
    rule: str
    element: etree._Element | None


@dataclass(slots=True)
class Attribution:
    """Credit line, credits and authors, each with what told it; the paragraphs that are the story's own."""

    paragraphs: list[Piece]
    source: Said | None = None
    credits: tuple[Credit, ...] = ()
    credited: Said | None = None
    authors: tuple[str, ...] = ()
    authored: Said | None = None

    def add_credits(self, names: Iterable[Credit], said: Said) -> None:
        """Add whom a line credits."""
        agencies = {credit.agency for credit in self.credits if credit.agency}
        new = [credit for credit in names if credit not in self.credits and credit.agency not in agencies]
        if new:
            self.credits += tuple(dict.fromkeys(new))
            self.credited = self.credited or said


def read_attribution(story: Story, slots: Slots, claims: Claims, metas: Metas, reader: LineReader) -> Attribution:
    """Return who is named as author and as source of a story."""
    found = Attribution(list(story.pieces))
    bylines = [*_take_lines(found, story.above, reader), *_read_stamps(found, slots, reader)]
    for element in slots.sources[:_MAX_SLOTS]:
        text = slot_text(element)
        names = reader.source_slot(text) if text else None
        if text and names:
            said = Said(text, "source slot", element)
            found.source = found.source or said
            found.add_credits(names, said)
    bylines += _read_edges(found, reader)
    _choose_authors(found, chain(bylines, _author_slots(slots), _marked_lines(slots, reader)), claims, metas, reader)
    _drop_biographies(found)
    return found


def _take_lines(found: Attribution, above: Sequence[Piece], reader: LineReader) -> list[Said]:
    """Take credit lines and bylines that stand alone at the edges out of the story; return the bylines."""
    bylines: list[Said] = []
    pieces = found.paragraphs
    for piece in [*above[-_EDGE:], *pieces[:_EDGE], *pieces[max(_EDGE, len(pieces) - _EDGE) :]]:
        names = reader.credit_line(piece.text)
        if names is not None:
            said = Said(piece.text, "credit line", piece.element)
            found.source = found.source or said
            found.add_credits(names, said)
            if names_person(piece.text):
                bylines.append(said)
        elif reader.byline_alone(piece.text):
            bylines.append(Said(piece.text, "byline paragraph", piece.element))
        else:
            continue
        if piece in pieces:
            pieces.remove(piece)
    return bylines


def _read_stamps(found: Attribution, slots: Slots, reader: LineReader) -> list[Said]:
    """Read the lines above the story that a date is part of, which are no paragraphs; return the bylines.

    For example «بكين 26 أبريل 2017 (شينخوا)» and «الأربعاء 26 نيسان 2017 - كتب: أحمد علي».
    """
    bylines: list[Said] = []
    for line in slots.lines:
        if len(line.text) > _MAX_STAMP or not _STAMP.search(line.text) or _is_date(line.text):
            continue
        said = Said(line.text, "dated line", line.element)
        if names := reader.credit_line(line.text):
            found.source = found.source or said
            found.add_credits(names, said)
        elif reader.byline_alone(line.text):
            bylines.append(said)
    return bylines


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


# --- authors --------------------------------------------------------------------------------------


def _choose_authors(
    found: Attribution, shown: Iterable[Said], claims: Claims, metas: Metas, reader: LineReader
) -> None:
    """Believe what the page shows on an Arabic page, where metadata often names the poster; else JSON-LD first."""
    in_metadata = Said("", "json-ld author", claims.element)
    stated = _stated(found, in_metadata, claims, reader)
    if stated and not reader.arabic:
        found.authors, found.authored = stated, in_metadata
        return
    any_shown = False
    for said in shown:
        any_shown = True
        byline = reader.byline(said.text)
        found.add_credits(byline.credits, said)
        if byline.authors:
            found.authors, found.authored = byline.authors, said
            break
    if stated and (not found.authors or _agree(stated, found.authors)):
        found.authors, found.authored = stated, in_metadata
    if not found.authors and not (reader.arabic and any_shown):
        _take_stated(found, metas, reader)


def _stated(found: Attribution, said: Said, claims: Claims, reader: LineReader) -> tuple[str, ...]:
    """Return the authors that JSON-LD states; agencies among them are credited.

    Outlets and newsrooms are no authors, as far as they are known, which is for the Arab world: on a page in another
    script the organisation that is stated as author stays one.
    """
    names: list[str] = []
    for author in claims.authors:
        byline = reader.byline(author.name)
        found.add_credits(byline.credits, said)
        if byline.authors and not author.organization:
            names.extend(byline.authors)
        elif not reader.arabic and not (author.organization and byline.credits):
            names.append(author.name)
    return tuple(dict.fromkeys(names))


def _agree(stated: Sequence[str], visible: Sequence[str]) -> bool:
    return any(name in text or text in name for name in stated for text in visible)


def _take_stated(found: Attribution, metas: Metas, reader: LineReader) -> None:
    """Take the author that a meta element names."""
    for name in _AUTHOR_METAS:
        place = metas.place(name)
        if place and place[0] and not place[0].startswith(_NO_NAMES):
            byline = reader.byline(place[0])
            if byline.authors:
                found.authors, found.authored = byline.authors, Said(place[0], f"meta {name}", place[1])
                return


def _author_slots(slots: Slots) -> Iterator[Said]:
    """Yield what stands in the slots of authors: what is inmost first, then the line around it."""
    for outer in _outermost(slots.authors)[:_MAX_SLOTS]:
        within = [element for element in slots.authors if outer in element.iterancestors()]
        inmost = [each for each in within if not any(each in other.iterancestors() for other in within)]
        texts = dict.fromkeys(text for element in inmost if (text := slot_text(element)))
        names = "\u060c ".join(texts)  # Arabic comma
        if names:
            yield Said(names, "author slot", inmost[0])
        line = slot_text(outer)
        if line and line != names:
            yield Said(line, "author slot", outer)


def _outermost(elements: Iterable[etree._Element]) -> list[etree._Element]:
    outermost: list[etree._Element] = []
    for element in elements:
        if not any(each in element.iterancestors() for each in outermost):
            outermost.append(element)
    return outermost


def _marked_lines(slots: Slots, reader: LineReader) -> Iterator[Said]:
    """Yield the lines above the story that begin as bylines do; the name may stand in an element of its own."""
    for place, line in enumerate(slots.lines):
        opening = _OPENING.match(line.text)
        if opening is None or (first := opening[1]) not in writer_words():
            continue
        text = line.text
        if opening.end() == len(text) and place + 1 < len(slots.lines):
            text = f"{first} {slots.lines[place + 1].text}"
        if _tells_of_story(line) or reader.byline_alone(text):
            yield Said(text, "byline", line.element)


def _tells_of_story(line: Line) -> bool:
    """Say whether a short line stands where author and date are told."""
    return len(line.text) <= _MAX_LINE and bool(roles.roles(line.element) & (roles.META | roles.AUTHOR))


def _drop_biographies(found: Attribution) -> None:
    """Take what tells who the authors are off the end of the story."""
    pieces = found.paragraphs
    for place in range(max(2, len(pieces) - _MAX_BIOGRAPHY), len(pieces)):
        text = pieces[place].text
        name = next((name for name in found.authors if " " in name and text.startswith(name)), None)
        if name and len(text) <= 2 * MAX_SLOT and _IS.match(text, len(name)):
            del pieces[place:]
            return
