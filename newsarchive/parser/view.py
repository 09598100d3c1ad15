"""What is known of a page before its fields are read: survey, claims, headline, story and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from newsarchive import urls
from newsarchive.data import outlet_for
from newsarchive.models import Provenance
from newsarchive.parser.container import Container, choose_container
from newsarchive.parser.headline import Headline, read_headline
from newsarchive.parser.labels import split_labels
from newsarchive.parser.rules import RULE, Ruled
from newsarchive.parser.slots import PICTURES, Slots, find_slots
from newsarchive.parser.story import Story, read_story
from newsarchive.parser.structured import Claims, read_claims
from newsarchive.parser.survey import Survey, survey
from newsarchive.parser.texts import HEADINGS, text_of

if TYPE_CHECKING:
    from datetime import datetime

    from lxml import etree

    from newsarchive.data import Outlet
    from newsarchive.parser.document import Document


_MIN_WORDS = 3  # of a headline; fewer are the name of a section


@dataclass
class View:
    """A page as the readers of its fields see it, and what they tell of where their values come from."""

    document: Document
    url: str
    address: urls.Address | None
    fetched_at: datetime | None
    ruled: Ruled
    found: Survey
    claims: Claims
    outlet: Outlet | None
    site_names: tuple[str, ...]  # of the outlet, as data, metadata and address give them
    names: tuple[str, ...]  # with what stands beside the headline in the title, which may be a section as well
    headline: Headline
    container: Container | None = None
    story: Story = field(default_factory=Story)
    provenance: dict[str, Provenance] = field(default_factory=dict)

    @cached_property
    def slots(self) -> Slots:
        """What stands around the story: looked for when first asked for, as most of what is no article never is."""
        if self.container is None:
            return Slots()
        return find_slots(self.container, self.headline.element, self.story.start)

    def tell(self, name: str, rule: str | None, element: etree._Element | None) -> None:
        """Record where the value of a field comes from."""
        if rule:
            self.provenance[name] = Provenance(rule=rule, place=self.document.place(element))


def look_at(document: Document, *, url: str, fetched_at: datetime | None, ruled: Ruled) -> View:
    """Find headline and story on a page, and what stands around them."""
    ruled.remove_unwanted()
    found = survey(document.root)
    claims = read_claims(found.json_ld)
    address = urls.split(url)
    host = address.host if address else None
    outlet = outlet_for(host) if host else None
    names = site_names = _site_names(found, claims, outlet, host)
    headline = _ruled_headline(ruled) or read_headline(found, claims, names)
    if headline.site_name:
        names = tuple(dict.fromkeys([*names, headline.site_name]))
    view = View(document, url, address, fetched_at, ruled, found, claims, outlet, site_names, names, headline)
    _find_story(view)
    return view


def _find_story(view: View) -> None:
    headline = view.headline.element
    view.container = choose_container(
        view.found.texts,
        claimed_body=view.claims.body,
        headline=headline,
        told=view.ruled.elements("body"),
    )
    if view.container is not None:
        view.story = read_story(
            view.container,
            headline=headline,
            heading=view.headline.key,
            description=view.found.metas.first("og:description", "description"),
        )
        if _is_weak(view.headline):
            _head_story(view, view.container.element)


def _is_weak(headline: Headline) -> bool:
    """Say whether there is no headline, or only a title that may as well be the name of the site."""
    return headline.text is None or (headline.rule == "title" and len(headline.text.split()) <= _MIN_WORDS)


def _head_story(view: View, container: etree._Element) -> None:
    """Take for headline the heading that stands over or at the beginning of the story."""
    first = view.story.pieces[0] if view.story.pieces else None
    inside = first is not None and first.kind == "heading"
    element = first.element if first is not None and inside else _before(container)
    if element is None or element.tag not in HEADINGS or len((text := text_of(element)).split()) <= _MIN_WORDS:
        return
    headline, labels = split_labels(text)
    view.headline = Headline(headline, labels, "heading over the story", element, element)
    if inside:
        view.story = replace(view.story, pieces=view.story.pieces[1:])


def _before(container: etree._Element) -> etree._Element | None:
    """Return what stands before the story, but for pictures."""
    before = container.getprevious()
    while before is not None and before.tag in PICTURES:
        before = before.getprevious()
    return before


def _ruled_headline(ruled: Ruled) -> Headline | None:
    told = ruled.first("headline")
    if told is None:
        return None
    text, labels = split_labels(told.text)
    return Headline(text, labels, RULE, told.element, told.element)


def _site_names(found: Survey, claims: Claims, outlet: Outlet | None, host: str | None) -> tuple[str, ...]:
    """Return how the outlet may be called on its own page."""
    names = list(outlet.all_names) if outlet else []
    stated = (found.metas.first("og:site_name", "application-name", "apple-mobile-web-app-title"), claims.publisher)
    names.extend(name for name in stated if name)
    if host:
        labels = host.removeprefix("www.").split(".")
        names.extend([".".join(labels), labels[-2] if len(labels) > 1 else labels[0]])
    return tuple(dict.fromkeys(names))
