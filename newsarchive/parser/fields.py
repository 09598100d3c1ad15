"""The fields of an article, one function each, from a view of its page. Each tells where its value comes from.

Order of belief: site rule, structured data, the visible page; the modules called here say where they depart from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsarchive import dates
from newsarchive.models import Paragraph
from newsarchive.parser.attribution import read_attribution
from newsarchive.parser.clock import Clock, FoundMoment, clock_of
from newsarchive.parser.days import issue_day
from newsarchive.parser.labels import label_of
from newsarchive.parser.language import language_of
from newsarchive.parser.lines import LineReader
from newsarchive.parser.moments import read_modified, read_published
from newsarchive.parser.rules import RULE
from newsarchive.parser.said import Attribution, Said
from newsarchive.parser.sections import read_section
from newsarchive.parser.structured import clean
from newsarchive.parser.tags import read_tags
from newsarchive.parser.texts import slot_text
from newsarchive.parser.titles import key_of

if TYPE_CHECKING:
    from lxml import etree

    from newsarchive.models import Moment
    from newsarchive.parser.view import View

ARABIC_SCRIPT = frozenset(["ar", "fa", "ur", "ckb"])
# A body that metadata states is taken where the page itself shows less than this part of it.
_TOO_LITTLE, _MIN_CLAIMED = 0.3, 500
_PARAGRAPH_END = re.compile(r"\n+|\r+|</p>|<br\s*/?>", re.IGNORECASE)
_MARKS = " :|-\u2013\u2014\u00bb\u203a"  # around the name of a site in its title: dashes, angle quotes
_LANGUAGE_ATTRIBUTES = ("lang", "{http://www.w3.org/XML/1998/namespace}lang")


def language(view: View) -> str | None:
    """Return the language that the story is written in."""
    stated = _stated_language(view)
    text = " ".join(piece.text for piece in view.story.pieces[:6]) or view.claims.body or ""
    found, rule = language_of(text, stated)
    view.tell("language", rule if found else None, None)
    return found


def _stated_language(view: View) -> str | None:
    attributes = map(view.document.root.get, _LANGUAGE_ATTRIBUTES)
    return next(filter(None, attributes), None) or view.found.metas.first("og:locale", "language")


def attribution(view: View, *, arabic: bool) -> Attribution:
    """Return authors, credit line and credits, and the paragraphs that are none of these."""
    reader = LineReader(view.names, arabic)
    headline = Said(view.headline.text or "", "byline in the headline", view.headline.source)
    found = read_attribution(view.story, view.slots, view.claims, view.found.metas, headline, reader)
    found.credits = reader.others(found.credits)
    _apply_rule(view, found, reader)
    told = (("source", found.source), ("credits", found.credits and found.credited), ("authors", found.authored))
    for name, said in told:
        if said:
            view.tell(name, said.rule, said.element)
    return found


def _apply_rule(view: View, found: Attribution, reader: LineReader) -> None:
    """Put what the site rule finds in the place of what was read."""
    if told := view.ruled.first("source"):
        found.source = said = Said(told.text, RULE, told.element)
        found.add_credits(reader.source_slot(told.text) or (), said)
    if told := view.ruled.first("authors"):
        read = [author for name in view.ruled.texts("authors") for author in reader.byline(name).authors]
        found.authors, found.authored = tuple(dict.fromkeys(read)), Said(told.text, RULE, told.element)


def moments(view: View, *, language: str | None) -> tuple[Moment | None, Moment | None]:
    """Return when the story was published and when it was last changed; `language` is that of the story."""
    site = view.ruled.site
    zone = (site.timezone if site else None) or (view.outlet.timezone if view.outlet else None)
    generator = view.found.metas.first("generator")
    clock = clock_of(view.fetched_at, zone, language, _stated_language(view) or "", generator)
    published = (
        _ruled_moment(view, clock, "published")
        or read_published(view.claims, view.found, view.slots, clock, view.url, view.story.stamps, view.story.above)
        or _in_dateline(view, clock)
        or issue_day(view.found.root, view.container.element if view.container else None, clock, view.url)
    )
    modified = _ruled_moment(view, clock, "modified") or read_modified(view.claims, view.found, view.slots, clock)
    for name, moment in (("published_at", published), ("modified_at", modified)):
        if moment:
            view.tell(name, moment.rule, moment.element)
    return published.moment if published else None, modified.moment if modified else None


def _in_dateline(view: View, clock: Clock) -> FoundMoment | None:
    """Return the day in the dateline that the story begins with: طرابلس 12 مايو 2021 (وال) -"""
    reader = LineReader(view.names, arabic=True)
    for piece in view.story.pieces[:1]:
        opening = reader.dateline(piece.text)
        line = piece.text[: opening[1]] if opening else ""
        # «اليوم - الدمام» may be the outlet's name.
        if line and dates.find(line, reference=None) and (moment := clock.find(line)):
            return FoundMoment(moment, "dateline", piece.element)
    return None


def _ruled_moment(view: View, clock: Clock, name: str) -> FoundMoment | None:
    told = view.ruled.first(name)
    moment = (clock.resolve(told.text) or clock.find(told.text)) if told else None
    return FoundMoment(moment, RULE, told.element) if moment and told else None


def subtitle(view: View) -> str | None:
    """Return the second line of the headline."""
    if told := view.ruled.first("subtitle"):
        view.tell("subtitle", RULE, told.element)
        return told.text
    headline = view.headline.key
    for element in view.slots.subtitles:
        text = slot_text(element)
        if text and key_of(text) != headline:
            view.tell("subtitle", "subtitle slot", element)
            return text
    stated = view.claims.alternative_headline
    if stated and key_of(stated) != headline:
        view.tell("subtitle", "json-ld alternativeHeadline", view.claims.element)
        return stated
    return None


def labels(view: View) -> tuple[str, ...]:
    """Return the labels of the headline, and a kicker that is one."""
    heading = view.headline.element
    inside = [] if heading is None else [child for child in heading if child.get("class")]
    kickers = (label_of(text) for element in (*inside, *view.slots.kickers) if (text := slot_text(element)))
    return tuple(dict.fromkeys([*view.headline.labels, *filter(None, kickers)]))


def section(view: View) -> str | None:
    """Return the section that the story stands in."""
    if told := view.ruled.first("section"):
        view.tell("section", RULE, told.element)
        return told.text
    found = read_section(
        view.claims,
        view.found,
        view.slots,
        headline=view.headline.text,
        heading=view.headline.element,
        site_names=view.site_names,
    )
    if found is None:
        return None
    view.tell("section", found.rule, found.element)
    return found.name


def tags(view: View, links: list[etree._Element]) -> tuple[str, ...]:
    """Return the tags of the story; `links` are those of the page's tags."""
    if told := view.ruled.first("tags"):
        view.tell("tags", RULE, told.element)
        return tuple(dict.fromkeys(view.ruled.texts("tags")))
    text = " ".join([view.headline.text or "", *(piece.text for piece in view.story.pieces)])
    boxes = view.slots.tag_boxes
    found = read_tags(view.claims, view.found.metas, links, boxes, headline=view.headline.key, text=text)
    view.tell("tags", found.rule, found.element)
    return found.names


def body(view: View, found: Attribution) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the story: those the page shows, or far more that metadata states."""
    paragraphs = tuple(Paragraph(text=piece.text, kind=piece.kind) for piece in found.paragraphs)
    claimed = view.claims.body or ""
    shown = sum(len(paragraph.text) for paragraph in paragraphs)
    if len(claimed) > _MIN_CLAIMED and shown < _TOO_LITTLE * len(claimed):
        view.tell("body", "json-ld articleBody", view.claims.element)
        lines = (clean(line) for line in _PARAGRAPH_END.split(claimed))
        return tuple(Paragraph(text=line) for line in lines if line)
    if view.container is not None:
        view.tell("body", "running text", view.container.element)
    return paragraphs


def outlet(view: View) -> str | None:
    """Return who publishes the page."""
    if view.outlet is not None:
        view.tell("outlet", "outlets.toml", None)
        return view.outlet.name
    place = view.found.metas.place("og:site_name")
    for name, rule, element in (
        (place[0] if place else None, "meta og:site_name", place[1] if place else None),
        (view.claims.publisher, "json-ld publisher", view.claims.element),
        (view.headline.site_name, "title beside the headline", view.found.title_element),
    ):
        if name and (bare := name.strip(_MARKS)):
            view.tell("outlet", rule, element)
            return bare
    return None
