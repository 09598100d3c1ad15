"""Where the story stands: the one element that holds its running text. Chooses; reads nothing out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from newsarchive.parser import roles
from newsarchive.parser.cards import Tree, Weights, teasers_among, without_imprint
from newsarchive.parser.texts import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml import etree

    from newsarchive.parser.survey import Text

_SHARE_TO_DESCEND = 0.8
_SHARE_OF_WHOLE = 0.4  # an element with this much of the text is furniture neither by name nor by tag
_SHARE_OF_MARKED = 0.45
_SHARE_OF_HEADLINE = 0.25
_SHARE_BESIDE_ARTICLES = 0.1
_MIN_TRUSTED = 0.15
_MIN_CLAIMED_BODY = 400  # characters; a shorter articleBody is a summary
_PROBE = 40  # characters of a text that are looked for in the claimed body
_FURNITURE_TAGS = frozenset(["aside", "nav", "footer", "header", "form", "figure", "figcaption", "dialog", "noscript"])
_MIN_PARTS, _SHARE_OF_PARTS = 3, 0.7  # so many parts, with so much of the story, are no furniture for their name
_MIN_KEPT = 80  # weight of a story beside which there may be teasers
_PARTS_OF_TEXT = ("p", "ul", "ol", "dl", "blockquote")  # with most of a story's text, and yet not the whole of it
_SAID_OF_LAYOUT = (roles.AD, roles.MEDIA, roles.PROMO, roles.SIDE, roles.SHARE, roles.NAVIGATION, roles.HIDDEN)
_NEVER_STORY = roles.COMMENT | roles.WALL
_NEVER_STORY_TAGS = ("footer", "nav")


@dataclass(frozen=True, slots=True)
class Container:
    """The element of the story, the weight of text in each element of the page, and what of it can be the story."""

    element: etree._Element
    weights: Weights
    trusted: Weights
    named: int  # roles that the container's own names speak of: they tell nothing of what is in it
    whole: float  # weight of the container's own text
    teasers: int = 0  # texts elsewhere that are teasers of other stories

    def share(self, element: etree._Element) -> float:
        """Return how much of the container's text stands in an element."""
        return self.weights.get(element, 0.0) / self.whole


def choose_container(
    texts: Sequence[Text],
    *,
    claimed_body: str | None,
    headline: etree._Element | None,
    told: Sequence[etree._Element] = (),
) -> Container | None:
    """Return the innermost element that holds the story, None where there is no running text.

    `told` is what a site rule says to be the story's element.
    """
    texts = without_imprint(texts)
    if not texts:
        return None
    tree = _tree_above(texts)
    weights = _sum_up(texts, tree)
    above_headline = set() if headline is None else {headline, *headline.iterancestors()}
    own, trusted = _trusted(texts, tree, weights, above_headline)
    if not own and not told:
        return None
    element, teasers = told[0] if told else None, 0
    if element is None:
        element = _descend(_confirmed(texts, tree, claimed_body) or trusted, above_headline)
        others = teasers_among(own, tree, trusted, above_headline) if _is_split(element, trusted) else set()
        if others and (kept := _without(others, own, texts, above_headline)):
            trusted, teasers = _sum_up(kept, tree), len(others)
            element = _descend(trusted, above_headline)
        element = _in_article(element, headline, trusted, above_headline)
    named = roles.roles(element) | _named_throughout(element, weights)
    for above in element.iterancestors():
        if above.tag not in ("body", "html"):
            named |= roles.roles(above)
    return Container(element, weights, trusted, named, weights.get(element) or 1.0, teasers)


def _trusted(
    texts: Sequence[Text], tree: Tree, weights: Weights, above_headline: set[etree._Element]
) -> tuple[Sequence[Text], Weights]:
    """Return the texts that may be the story's with their sums: those outside furniture, else some of those in it."""
    furniture = _furniture(tree, weights, above_headline)
    own = [text for text in texts if text.block not in furniture]
    trusted = weights if len(own) == len(texts) else _sum_up(own, tree)
    if trusted and max(trusted.values()) >= _MIN_TRUSTED * max(weights.values()):
        return own, trusted
    # All text stands in furniture, and some of it may be the story; a consent box is none.
    own = [text for text in texts if not _is_never_story(text.block, above_headline)]
    if not own:  # a menu that was never closed holds the rest of the page
        inside = [text for text in texts if not _is_never_story(text.block, above_headline, tags=())]
        own = inside if sum([text.weight for text in inside]) >= _MIN_CLAIMED_BODY else []
    return own, _sum_up(own, tree)


def _tree_above(texts: Iterable[Text]) -> Tree:
    """Return the blocks of texts and all elements above them with their parents, each before its parent."""
    parents: Tree = {}
    for block, _, _ in texts:
        element: etree._Element | None = block
        chain = []
        while element is not None and element not in parents:
            chain.append(element)
            element = element.getparent()
        for inner in reversed(chain):
            parents[inner] = element
            element = inner
    return dict(reversed(parents.items()))


def _sum_up(texts: Iterable[Text], tree: Tree) -> Weights:
    """Return for each element the weight of the texts in it."""
    total: Weights = {}
    for block, _, weight in texts:
        total[block] = total.get(block, 0.0) + weight
    for element, parent in tree.items():
        if parent is not None and element in total:
            total[parent] = total.get(parent, 0.0) + total[element]
    return total


def _furniture(tree: Tree, weights: Weights, above_headline: set[etree._Element]) -> set[etree._Element]:
    """Return the elements in those parts of the page that bear the tag or name of something else than a story."""
    whole = max(weights.values())
    found: set[etree._Element] = set()
    for element, parent in reversed(tree.items()):
        if parent is not None and (parent in found or _is_furniture(element, weights[element] / whole, above_headline)):
            found.add(element)
    return found


def _is_furniture(element: etree._Element, share: float, above_headline: set[etree._Element]) -> bool:
    if element in above_headline:
        return False
    named = roles.roles(element)
    if named & roles.BODY:
        return False
    if share < _SHARE_OF_WHOLE:
        return element.tag in _FURNITURE_TAGS or bool(named & roles.FURNITURE)
    return bool(above_headline) and (element.tag in _NEVER_STORY_TAGS or bool(named & _NEVER_STORY))


def _is_never_story(
    element: etree._Element, above_headline: set[etree._Element], tags: Sequence[str] = _NEVER_STORY_TAGS
) -> bool:
    """Say whether an element stands in comments, a box of consent, a footer or a menu, not with the headline."""
    above = (each for each in (element, *element.iterancestors()) if each not in above_headline)
    return any(
        each.tag in tags or roles.roles(each) & _NEVER_STORY for each in above if each.tag not in ("body", "html")
    )


def _confirmed(texts: Sequence[Text], tree: Tree, claimed_body: str | None) -> Weights | None:
    """Return the weights of those texts alone that stand in the body which metadata claims, None if too few do."""
    if claimed_body is None or len(claimed_body) < _MIN_CLAIMED_BODY:
        return None
    known = squeeze(claimed_body)
    confirmed = _sum_up((text for text in texts if squeeze(text.text[:_PROBE]) in known), tree)
    return confirmed if confirmed and max(confirmed.values()) > 0.5 * len(claimed_body) else None


def _in_article(
    element: etree._Element,
    headline: etree._Element | None,
    total: Weights,
    above_headline: set[etree._Element],
) -> etree._Element:
    """Return the element of a story, or that in the article of the headline where the former is of other articles."""
    own = None if headline is None else next(headline.iterancestors("article"), None)
    if own is None or element in above_headline or own in element.iterancestors():
        return element
    if len(list(islice(element.iter("article"), 2))) > 1:
        least = _SHARE_BESIDE_ARTICLES
    elif element.tag == "article" or next(element.iterancestors("article"), None) is not None:
        least = _SHARE_OF_HEADLINE
    else:
        return element
    return element if total.get(own, 0.0) < least * total.get(element, 0.0) else _descend(total, above_headline, own)


def _descend(
    total: Weights, above_headline: set[etree._Element], element: etree._Element | None = None
) -> etree._Element:
    """Return the element in another, the page, to which nearly all text of every element above it belongs."""
    if element is None:
        element = next(iter(total)).getroottree().getroot()
    while True:
        closed = _PARTS_OF_TEXT if _is_marked(element) else ("p",)
        inner = [child for child in element if child in total and child.tag not in closed]
        best = max(inner, key=lambda child: total[child], default=None)
        if best is None:
            return element
        if total[best] < _SHARE_TO_DESCEND * total[element]:
            best = _marked(element, total)
            if best is None:
                best = _under_headline(inner, element, total, above_headline)
            if best is None:
                return element
        element = best


def _is_split(element: etree._Element, total: Weights) -> bool:
    """Say whether the text of an element stands in parts of it that may be something else than paragraphs."""
    return sum(1 for child in element if child in total and child.tag not in _PARTS_OF_TEXT) > 1


def _without(
    teasers: set[etree._Element], own: Sequence[Text], texts: Sequence[Text], above_headline: set[etree._Element]
) -> list[Text]:
    """Return the texts that are no teasers, those in furniture as well where else too little is left of a story."""
    kept = [text for text in own if text.block not in teasers]
    if sum([text.weight for text in kept]) < _MIN_KEPT:
        kept = [text for text in texts if text.block not in teasers and not _is_never_story(text.block, above_headline)]
    return kept if sum([text.weight for text in kept]) >= _MIN_KEPT else []


def _marked(element: etree._Element, total: Weights) -> etree._Element | None:
    """Return the part of a split element that is marked as the story's text, if one is and holds much of it."""
    least = _SHARE_OF_MARKED * total[element]
    large = [each for each, weight in total.items() if weight >= least and each is not element]
    for candidate in sorted(large, key=total.__getitem__, reverse=True):
        if _is_marked(candidate) and element in candidate.iterancestors():
            return candidate
    return None


def _is_marked(element: etree._Element) -> bool:
    return element.get("itemprop") == "articleBody" or bool(roles.roles(element) & roles.BODY)


def _under_headline(
    inner: Sequence[etree._Element], element: etree._Element, total: Weights, above_headline: set[etree._Element]
) -> etree._Element | None:
    """Return, of several stories on one page, the one with the page's headline."""
    own = next((child for child in inner if child in above_headline), None)
    if own is None or own.tag == "header":
        return None
    if own.tag == "article" and any(is_alike(child, own) for child in inner):
        return own if total[own] >= _MIN_KEPT else None  # further stories are loaded under the first one
    if total[own] < _SHARE_OF_HEADLINE * total[element]:
        return None
    others = any(_is_article(child, above_headline) for child in inner if child is not own)
    return own if others else None


def is_alike(element: etree._Element, own: etree._Element) -> bool:
    """Say whether an element is another one of the same tag and class, as the frames of several stories are."""
    name = own.get("class")
    return element is not own and element.tag == own.tag and name is not None and element.get("class") == name


def _named_throughout(element: etree._Element, weights: Weights) -> int:
    """Return the roles that most of an element's parts bear: they tell nothing, as "section--ads" on each of them."""
    children = [(child.get("class"), child) for child in element if child in weights]
    named = [(roles.roles_of_name(name), weights[child]) for name, child in children if name]
    if len(named) < _MIN_PARTS:
        return 0
    throughout = 0
    for role in _SAID_OF_LAYOUT:
        held = [weight for each, weight in named if each & role]
        if len(held) >= _MIN_PARTS and sum(held) > _SHARE_OF_PARTS * weights[element]:
            throughout |= role
    return throughout


def _is_article(element: etree._Element, above_headline: set[etree._Element]) -> bool:
    """Say whether an element is another story: marked so, or headed as the page's own is; a subheading is no sign."""
    if element.tag == "article" or next(element.iter("article"), None) is not None:
        return True
    own = [each.get("class") for each in above_headline if each.tag == "h1"]
    return any(not own or heading.get("class") in own for heading in element.iter("h1"))
