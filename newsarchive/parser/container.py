"""Where the story stands: the one element that holds its running text. Chooses; reads nothing out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsarchive.parser import roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lxml import etree

    from newsarchive.parser.survey import Text

Weights = dict["etree._Element", float]

_SHARE_TO_DESCEND = 0.8
_SHARE_OF_WHOLE = 0.4  # an element with this much of the text is furniture neither by name nor by tag
_SHARE_OF_MARKED = 0.45
_SHARE_OF_HEADLINE = 0.25
_MIN_TRUSTED = 0.15
_MIN_CLAIMED_BODY = 400  # characters; a shorter articleBody is a summary
_PROBE = 40  # characters of a text that are looked for in the claimed body
_FURNITURE_TAGS = frozenset(["aside", "nav", "footer", "header", "form", "figure", "figcaption", "dialog", "noscript"])
_NEVER_STORY = roles.COMMENT | roles.WALL


@dataclass(frozen=True, slots=True)
class Container:
    """The element of the story, the weight of text in each element of the page, and what of it can be the story."""

    element: etree._Element
    weights: Weights
    trusted: Weights
    named: int  # roles that the container's own names speak of: they tell nothing of what is in it

    def share(self, element: etree._Element) -> float:
        """Return how much of the container's text stands in an element."""
        return self.weights.get(element, 0.0) / (self.weights.get(self.element) or 1.0)


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
    if not texts:
        return None
    chains: dict[etree._Element, list[etree._Element]] = {}
    weights = _sum_up(texts, chains)
    above_headline = set() if headline is None else {headline, *headline.iterancestors()}
    furniture: dict[etree._Element, bool] = {}
    whole = max(weights.values())
    trusted = _sum_up(
        texts, chains, lambda text: not _in_furniture(text.block, weights, whole, above_headline, furniture)
    )
    if not trusted or max(trusted.values()) < _MIN_TRUSTED * whole:
        trusted = weights
    element = told[0] if told else _descend(_confirmed(texts, chains, claimed_body) or trusted, above_headline)
    named = roles.roles(element)
    for above in element.iterancestors():
        if above.tag not in ("body", "html"):
            named |= roles.roles(above)
    return Container(element, weights, trusted, named)


def _sum_up(
    texts: Iterable[Text],
    chains: dict[etree._Element, list[etree._Element]],
    counts: Callable[[Text], bool] | None = None,
) -> Weights:
    """Return for each element the weight of the texts in it that count; `chains` remembers who is in whom."""
    total: Weights = {}
    of_parent: Weights = {}  # the paragraphs of one parent climb together
    for text in texts:
        if counts is None or counts(text):
            block, weight = text.block, text.weight
            total[block] = total.get(block, 0.0) + weight
            parent = block.getparent()
            if parent is not None:
                of_parent[parent] = of_parent.get(parent, 0.0) + weight
    for parent, weight in of_parent.items():
        chain = chains.get(parent)
        if chain is None:
            chain = chains[parent] = [parent, *parent.iterancestors()]
        for element in chain:
            total[element] = total.get(element, 0.0) + weight
    return total


def _in_furniture(
    element: etree._Element,
    weights: Weights,
    whole: float,
    above_headline: set[etree._Element],
    known: dict[etree._Element, bool],
) -> bool:
    """Say whether an element is in a part of the page that bears the tag or name of something else."""
    answer = known.get(element)
    if answer is None:
        parent = element.getparent()
        answer = parent is not None and (
            _is_furniture(element, weights[element] / whole, above_headline)
            or _in_furniture(parent, weights, whole, above_headline, known)
        )
        known[element] = answer
    return answer


def _is_furniture(element: etree._Element, share: float, above_headline: set[etree._Element]) -> bool:
    if element in above_headline:
        return False
    named = roles.roles(element)
    if named & roles.BODY:
        return False
    if share < _SHARE_OF_WHOLE:
        return element.tag in _FURNITURE_TAGS or bool(named & roles.FURNITURE)
    return bool(above_headline) and bool(named & _NEVER_STORY)


def _confirmed(
    texts: Sequence[Text], chains: dict[etree._Element, list[etree._Element]], claimed_body: str | None
) -> Weights | None:
    """Return the weights of those texts alone that stand in the body which metadata claims, None if too few do."""
    if claimed_body is None or len(claimed_body) < _MIN_CLAIMED_BODY:
        return None
    known = "".join(claimed_body.split())
    confirmed = _sum_up(texts, chains, lambda text: "".join(text.text[:_PROBE].split()) in known)
    return confirmed if confirmed and max(confirmed.values()) > 0.5 * len(claimed_body) else None


def _descend(total: Weights, above_headline: set[etree._Element]) -> etree._Element:
    """Return the element to which nearly all text of every element above it belongs."""
    element = next(iter(total)).getroottree().getroot()
    while True:
        inner = [child for child in element if child in total and child.tag != "p"]
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


def _marked(element: etree._Element, total: Weights) -> etree._Element | None:
    """Return the part of a split element that is marked as the story's text, if one is and holds much of it."""
    for candidate in sorted(total, key=lambda each: -total[each]):
        if total[candidate] < _SHARE_OF_MARKED * total[element]:
            return None
        if candidate is not element and _is_marked(candidate) and element in candidate.iterancestors():
            return candidate
    return None


def _is_marked(element: etree._Element) -> bool:
    return element.get("itemprop") == "articleBody" or bool(roles.roles(element) & roles.BODY)


def _under_headline(
    inner: Sequence[etree._Element], element: etree._Element, total: Weights, above_headline: set[etree._Element]
) -> etree._Element | None:
    """Return, of several stories on one page, the one with the page's headline."""
    own = next((child for child in inner if child in above_headline), None)
    if own is None or own.tag == "header" or total[own] < _SHARE_OF_HEADLINE * total[element]:
        return None
    others = any(_is_article(child) for child in inner if child is not own)
    return own if others else None


def _is_article(element: etree._Element) -> bool:
    return element.tag == "article" or next(element.iter("h1", "article"), None) is not None
