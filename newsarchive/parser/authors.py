"""Who wrote the story: weighs what metadata states against what the page shows.

Bylines in the text are found in `attribution`; what a line means is read by the LineReader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from newsarchive.parser import roles
from newsarchive.parser.bylines import distinct_names, is_full_name, is_office_line, is_signature
from newsarchive.parser.leads import SENTENCE_ENDS
from newsarchive.parser.lines import writer_words
from newsarchive.parser.people import is_account
from newsarchive.parser.said import Said
from newsarchive.parser.texts import FOUR_DIGITS, MAX_SLOT, slot_text, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from newsarchive.parser.bylines import Byline
    from newsarchive.parser.lines import LineReader
    from newsarchive.parser.paragraphs import Piece
    from newsarchive.parser.said import Attribution
    from newsarchive.parser.slots import Line, Slots
    from newsarchive.parser.structured import Claims, Metas

_MAX_SLOTS = 6
_MIN_OWN = 5  # letters of an outlet's name that are no given name's
_MAX_BIOGRAPHY = 5  # paragraphs
_MAX_OFFICE = 50  # characters behind a name
_MAX_LINE = 60  # characters of a byline that only its place tells
# is, was, writes, covers; ist, est, es, \u00e8, \u00e9: what follows a name that a biography begins with
_IS = re.compile(r",? (?:is|was|has|writes|covers|reports|ist|est|es|\u00e8|\u00e9|er|\u00e4r)\b")
_TITLE = re.compile(r"\A[* ]*(?:(?:Dr|Prof|Professor|Sir|Dame)\.? )?")  # before the name in a biography
_THE_WRITER = "The writer"
_AUTHOR_METAS = (
    "author", "article:author", "article:author_name", "article:author:name", "og:article:author", "byl",
    "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "cxenseparse:author", "og:author",
    "mrf:authors", "citation_author", "shareaholic:article_author_name", "dable:author", "vr:author", "authors",
)  # fmt: skip
_OPENING = re.compile(r"\W*(\w+)\W*")  # كتب/ أحمد علي
# (By Jane Doe), at the end of the last paragraph, at most with a word or two behind it.
_AFTER_PROSE = re.compile(r"\(((?:Reporting by|Written by|By) [^()]{4,80})\)(?:\s*\S+){0,2}\s*\Z")
_TAIL = 120  # characters
_LAST_WORDS = re.compile("\\s(\u0628\u0642\u0644\u0645\\s?[:/]\\s?([^:/]{4,50}))\\Z")  # بقلم: أحمد علي
_SET_OFF = re.compile("\\s*[,\u060c|\u2022\u00b7\n]|\\s+[-\u2013\u2014]\\s")  # a comma, a bar, a bullet, a dash
# Hyphen, dashes, Arabic comma, tatweel: what joins the parts of a credit line.
JOINT = re.compile("[-\u2013\u2014/+|\u060c]|\\s\u0640\\s")
_NEAR = 2  # lines between a name and its date
_NO_NAMES = ("/", "@", "www.")

_Told: TypeAlias = tuple[tuple[str, ...], Said]  # authors, and what named them
_NOBODY = ((), None)


def choose_authors(found: Attribution, shown: Iterable[Said], claims: Claims, metas: Metas, reader: LineReader) -> None:
    """Believe what the page shows on an Arabic page, where metadata often names the poster; else JSON-LD first.

    On a page in another script organisations that JSON-LD states give way to whoever is plainly a person.
    """
    in_metadata = Said("", "json-ld author", claims.element)
    outlet = _keys(claims.publisher or "", reader.outlet)
    persons, others = _stated(found, in_metadata, claims, reader, outlet)
    if reader.arabic:
        _choose_on_arabic_page(found, shown, (persons, in_metadata), metas, reader)
    elif persons:
        found.authors, found.authored = persons, in_metadata
    else:
        told = chain(_in_bylines(found, shown, reader), _in_metas(metas, reader))
        found.authors, found.authored = _plainest(told, (others, in_metadata), outlet)


def _choose_on_arabic_page(
    found: Attribution, shown: Iterable[Said], stated: _Told, metas: Metas, reader: LineReader
) -> None:
    """Believe the first line that names anybody, an account's name (محمد.ع) only for want of another.

    Where a line is shown and names nobody, a meta element is not asked.
    """
    any_shown = False
    for said in shown:
        any_shown = True
        byline = reader.byline(said.text)
        is_last_resort = all("." in name and " " not in name for name in byline.authors)
        if found.authors and is_last_resort:
            continue
        found.add_credits(byline.credits, said)
        alone = said.rule == "author slot" and byline.credits and not byline.authors  # أ ش أ
        if found.source is None and (alone or JOINT.search(said.text)):
            found.source = _credit_line(said, byline, reader)
        if byline.authors:
            found.authors, found.authored = byline.authors, said
        if not is_last_resort:
            break
    if stated[0] and (not found.authors or _agree(stated[0], found.authors)):
        found.authors, found.authored = stated
    if not found.authors and not any_shown:
        found.authors, found.authored = next(_in_metas(metas, reader), _NOBODY)


def _credit_line(said: Said, byline: Byline, reader: LineReader) -> Said | None:
    """Return a byline that is a credit line as well: «وكالات - أبوظبي», and with the outlet «عنب بلدي - أحمد علي»."""
    printed = (said.element is not None and slot_text(said.element)) or said.text
    if FOUR_DIGITS.search(printed):
        printed = said.text
    line = reader.credit_line(printed)
    named = line is not None or (byline.authors and len(printed) <= _MAX_LINE and not FOUR_DIGITS.search(printed))
    if (line and byline.credits) or (named and reader.names_outlet(printed)):
        return Said(printed, said.rule, said.element)
    return None


def _plainest(told: Iterable[_Told], others: _Told, outlet: frozenset[str]) -> _Told | tuple[tuple[str, ...], None]:
    """Return the first that are plainly persons, else the organisations that JSON-LD states, else the first."""
    doubtful = None
    for names, said in told:
        if all(is_full_name(name) and _key(name) not in outlet for name in names):
            return names, said
        doubtful = doubtful or (names, said)
    return others if others[0] else doubtful or _NOBODY


def _in_bylines(found: Attribution, shown: Iterable[Said], reader: LineReader) -> Iterator[_Told]:
    """Yield whom the page shows as authors; the first line that names any also credits."""
    named = False
    for said in shown:
        byline = reader.byline(said.text)
        if not named:
            found.add_credits(byline.credits, said)
        if byline.authors:
            named = True
            yield byline.authors, said


def _stated(
    found: Attribution, said: Said, claims: Claims, reader: LineReader, outlet: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the persons that JSON-LD states as authors, and who else stands for want of them; agencies are credited.

    Outlets, newsrooms and agencies are no authors on a page in Arabic script. On another, where few of them are
    known, they are the rest; an agency also stands beside a person.
    """
    names: list[str] = []
    others: list[str] = []
    any_person = False
    for author in claims.authors:
        byline = reader.byline(author.name)
        found.add_credits(byline.credits, said)
        own = _is_own(_key(author.name), outlet)
        if byline.authors and not author.organization and (reader.arabic or not own):
            names.extend(byline.authors)
            any_person = True
        elif reader.arabic:
            continue
        elif byline.credits:
            names.append(author.name)
            others.append(author.name)
        elif not is_account(author.name) or _key(author.name) in outlet:
            others.append(author.name)
    return distinct_names(names) if any_person else (), distinct_names(others)


def _is_own(name: str, outlet: frozenset[str]) -> bool:
    """Say whether a name is the outlet's or one of its accounts: Sahl, Sahl Team."""
    return name in outlet or any(len(own) >= _MIN_OWN and name.startswith(own) for own in outlet)


@lru_cache(maxsize=64)
def _keys(publisher: str, outlet: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_key, (publisher, *outlet)))


def _key(name: str) -> str:
    return squeeze(name).casefold()


def _agree(stated: Sequence[str], visible: Sequence[str]) -> bool:
    return any(name in text or text in name for name in stated for text in visible)


def _in_metas(metas: Metas, reader: LineReader) -> Iterator[_Told]:
    """Yield the authors that meta elements of one name state."""
    for name in _AUTHOR_METAS:
        place = metas.place(name)
        if place is None:
            continue
        texts = [text for text in metas.all(name) if "://" not in text and not text.startswith(_NO_NAMES)]
        if authors := distinct_names(author for text in texts for author in reader.byline(text).authors):
            yield authors, Said(texts[0], f"meta {name}", place[1])


def shown_elsewhere(found: Attribution, slots: Slots, headline: Said, reader: LineReader) -> Iterator[Said]:
    """Yield the bylines that stand in slots, above the story, in brackets at its end, and behind its headline."""
    return chain(
        _author_slots(slots), _marked_lines(slots, reader), _bracketed_end(found), _behind_headline(headline, reader)
    )


def _author_slots(slots: Slots) -> Iterator[Said]:
    """Yield what stands in the slots of authors: what is inmost first, then the line around it."""
    for outer in _outermost(slots.authors)[:_MAX_SLOTS]:
        within = [element for element in slots.authors if outer in element.iterancestors()]
        inmost = [each for each in within if not any(each in other.iterancestors() for other in within)]
        texts = dict.fromkeys(text for element in inmost if (text := slot_text(element)))
        names = "\u060c ".join(texts)  # Arabic comma
        if names:
            around = {element.getparent() for element in inmost} if len(texts) > 1 else {inmost[0]}
            yield Said(names, "author slot", around.pop() if len(around) == 1 else outer)
        line = slot_text(outer)
        if line and line != names:
            yield Said(line, "author slot", outer)


def _is_office_of(name: str, line: Piece) -> bool:
    """Say whether a line is an author's name and, set off from it, what the author is: Jane Doe, Highlands reporter."""
    text = line.text
    office = text[len(name) :]
    if line.kind == "heading" or " " not in name or not text.startswith(name) or len(office) > _MAX_OFFICE:
        return False
    # Of two elements without a blank between them: Jane DoeHighlands reporter
    apart = not office or office[0].isupper() or _SET_OFF.match(office) is not None
    return apart and not office.endswith(SENTENCE_ENDS)


def _outermost(elements: Iterable[etree._Element]) -> list[etree._Element]:
    outermost: list[etree._Element] = []
    for element in elements:
        if not any(each in element.iterancestors() for each in outermost):
            outermost.append(element)
    return outermost


def _marked_lines(slots: Slots, reader: LineReader) -> Iterator[Said]:
    """Yield the lines above the story that begin as bylines do; the name may stand in an element of its own."""
    dated = [place for place, line in enumerate(slots.lines) if FOUR_DIGITS.search(line.text)] if reader.arabic else []
    filed = {*slots.sections, *slots.kickers, *slots.tag_boxes, *slots.tag_links}
    for place, line in enumerate(slots.lines):
        opening = _OPENING.match(line.text)
        if opening is None or (first := opening[1]) not in writer_words():
            if (
                reader.arabic
                and place not in dated
                and line.element not in filed
                and _is_name_over_story(slots.lines, place, dated, reader)
            ):
                yield Said(line.text, "line over the story", line.element)
            continue
        text = line.text
        if opening.end() == len(text) and place + 1 < len(slots.lines):
            text = f"{first} {slots.lines[place + 1].text}"
        if _tells_of_story(line) or reader.byline_alone(text):
            yield Said(text, "byline", line.element)


def _is_name_over_story(lines: Sequence[Line], place: int, dated: Sequence[int], reader: LineReader) -> bool:
    """Say whether a line where the story is told of, or beside its date, is a name, or a name with a town."""
    line = lines[place]
    if len(line.text) > _MAX_LINE:
        return False
    beside = [lines[each].element for each in dated if abs(each - place) <= _NEAR]
    parents = (line.element, line.element.getparent()) if beside else ()
    is_dated = any(each in parents or each.getparent() in parents for each in beside)
    if JOINT.search(line.text):
        around = line.element.getparent()
        told = _tells_of_story(line) or (around is not None and bool(roles.roles(around) & roles.META))
        return (is_dated or told) and reader.byline_alone(line.text)
    return is_dated and is_signature(line.text)


def _bracketed_end(found: Attribution) -> Iterator[Said]:
    """Yield the byline in brackets that the last paragraph ends with, which stays in the text."""
    prose = [piece for piece in found.paragraphs if piece.kind != "heading"]
    if prose and (named := _AFTER_PROSE.search(prose[-1].text[-_TAIL:])):
        yield Said(named[1], "byline at the end", prose[-1].element)


def _behind_headline(headline: Said, reader: LineReader) -> Iterator[Said]:
    """Yield the byline that a headline ends with: «القطار الذي لم يعد .. بقلم: أحمد علي»."""
    last = _LAST_WORDS.search(headline.text) if reader.arabic else None
    if last and is_signature(last[2]):
        yield Said(last[1], headline.rule, headline.element)


def _tells_of_story(line: Line) -> bool:
    """Say whether a short line stands where author and date are told."""
    return len(line.text) <= _MAX_LINE and bool(roles.roles(line.element) & (roles.META | roles.AUTHOR))


def drop_biographies(found: Attribution) -> None:
    """Take what tells who the authors are off the story: their offices over it, their lives under it."""
    pieces = found.paragraphs
    if len(pieces) > 1 and any(_is_office_of(name, pieces[0]) for name in found.authors):
        del pieces[0]
    last = pieces[-1] if found.authors and len(pieces) > 2 else None
    if last and last.kind == "text" and is_office_line(last.text):  # كاتب مغربي
        pieces.remove(last)
    for place in range(max(2, len(pieces) - _MAX_BIOGRAPHY), len(pieces)):
        text = _TITLE.sub("", pieces[place].text)
        named = found.authors if place < len(pieces) - 1 else (*found.authors, _THE_WRITER)
        name = next((name for name in named if " " in name and text.startswith(name)), None)
        if name and len(text) <= 2 * MAX_SLOT and _IS.match(text, len(name)):
            del pieces[place:]
            return
