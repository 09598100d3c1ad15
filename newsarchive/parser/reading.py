"""Document -> Reading: the article on a page, put together from its fields, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsarchive.models import Article, Link, Reading
from newsarchive.parser import fields
from newsarchive.parser.addresses import Addresses
from newsarchive.parser.images import read_images
from newsarchive.parser.refusal import Signs, address_of, refuse
from newsarchive.parser.related import read_related
from newsarchive.parser.rules import Ruled
from newsarchive.parser.tags import tag_links
from newsarchive.parser.view import look_at

if TYPE_CHECKING:
    from datetime import datetime

    from lxml import etree

    from newsarchive.parser.document import Document
    from newsarchive.parser.view import View
    from newsarchive.sites import Site

# Declaration, comments and what else may stand before the root of a feed.
_FEED = re.compile(rb"\s*(?:<[?!][^>]*>\s*){0,9}<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PAYWALL = "the page says that its text is not free: the body may be the beginning only"
_LITTLE, _NOTICE = 450, 2  # characters of a page that is no more than a notice, and its paragraphs
_MIN_HEADLINE_WORDS = 3  # fewer are the name of a section


def read_page(document: Document, *, url: str, fetched_at: datetime | None, site: Site | None) -> Reading:
    """Return the article on a page, or what the page is if it is none."""
    view = look_at(document, url=url, fetched_at=fetched_at, ruled=Ruled(site, document.root))
    notes = [note for note in (document.note, _PAYWALL if view.claims.free is False else None) if note]
    refusal = _refusal(view)
    article = None if refusal else _article(view)
    if article is not None and not article.body:
        article, refusal = None, "empty"
    return Reading(
        article=article,
        refusal=refusal,
        encoding=document.encoding.encoding,
        encoding_reason=document.encoding.reason,
        note="; ".join(notes) or None,
    )


def _refusal(view: View) -> str | None:
    if _FEED.match(view.document.source):
        return "section"  # a list of stories
    pieces = view.story.pieces
    path, keys = address_of(view.address)
    headline_words = view.headline.key.split()
    signs = Signs(
        path=path,
        keys=keys,
        story=sum([len(piece.text) for piece in pieces]),
        paragraphs=len(pieces),
        items=len([piece for piece in pieces if piece.kind == "item"]),
        listing=view.story.listing,
        cards=view.container.teasers if view.container else 0,
        page=sum([len(text) for _, text, _ in view.found.texts]),
        shows_headline=view.headline.element is not None and len(headline_words) >= _MIN_HEADLINE_WORDS,
        has_date=True,
    )
    headings = [heading.text or "" for heading in view.found.headings[:3]]
    if signs.page < _LITTLE and 0 < len(pieces) <= _NOTICE and not signs.shows_headline:
        headings.append(pieces[0].text)
    refusal = refuse(signs, view.found, view.claims, headings)
    # A date speaks for an article: what is refused with one need not be looked through for it.
    if refusal or view.claims.published or view.slots.times or view.slots.dates or view.slots.dates_below:
        return refusal
    return refuse(replace(signs, has_date=False), view.found, view.claims, headings)


def _article(view: View) -> Article:
    language = fields.language(view)
    said = fields.attribution(view, arabic=language in fields.ARABIC_SCRIPT)
    published_at, modified_at = fields.moments(view, language=language)
    addresses = Addresses(view.url, view.address, view.found.base)
    pictures = view.ruled.elements("images") or view.slots.pictures
    links = tag_links(view.slots)
    view.tell("headline", view.headline.rule, view.headline.source)
    return Article(
        url=view.url,
        headline=view.headline.text or None,
        subtitle=fields.subtitle(view),
        labels=fields.labels(view),
        source=said.source.text if said.source else None,
        credits=said.credits,
        authors=said.authors,
        published_at=published_at,
        modified_at=modified_at,
        section=fields.section(view),
        tags=fields.tags(view, links),
        body=fields.body(view, said),
        related=_related(view, addresses, links),
        images=read_images(pictures, view.claims, view.found.metas, addresses=addresses, authors=said.authors),
        outlet=fields.outlet(view),
        language=language,
        site=view.ruled.site.name if view.ruled.site else None,
        provenance=view.provenance,
    )


def _related(view: View, addresses: Addresses, tags: list[etree._Element]) -> tuple[Link, ...]:
    if view.container is None or not view.story.pieces:
        return ()
    return read_related(
        view.found,
        view.container,
        addresses=addresses,
        url=view.url,
        inserted=view.story.inserted,
        tags=tags,
        boxes=view.ruled.elements("related") or view.slots.related,
        last=view.story.pieces[-1].element,
    )
