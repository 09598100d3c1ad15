"""A site rule applied to a page: what its selectors find. Which field believes it is decided where fields are read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from newsarchive.errors import RuleError
from newsarchive.parser.texts import text_of

if TYPE_CHECKING:
    from newsarchive.sites import Site

RULE = "site rule"
MAX_SHOWN = 120  # characters of what a selector finds, where it is shown


class SelectorFinding(NamedTuple):
    """What one selector of a rule finds on a page: how often, and the text of the first."""

    field: str
    selector: str
    matches: int
    text: str | None


class Told(NamedTuple):
    """What a rule says a field is, and the element that it found it in, if it is one."""

    text: str
    element: etree._Element | None


class Ruled:
    """The selectors of a rule on one page; without a rule nothing is found."""

    def __init__(self, site: Site | None, root: etree._Element) -> None:
        self.site = site
        self.root = root

    def elements(self, name: str) -> list[etree._Element]:
        """Return the elements that the first matching selector of a field finds."""
        return [found for found in self._found(name) if isinstance(found, etree._Element)]

    def texts(self, name: str) -> list[str]:
        """Return the texts that the first matching selector of a field finds: of elements, attributes, text nodes."""
        found = (
            text_of(each) if isinstance(each, etree._Element) else " ".join(str(each).split())
            for each in self._found(name)
        )
        return [text for text in found if text]

    def first(self, name: str) -> Told | None:
        """Return the first text that a field's selectors find."""
        texts = self.texts(name)
        return Told(texts[0], next(iter(self.elements(name)), None)) if texts else None

    def remove_unwanted(self) -> None:
        """Take out of the tree what the rule says is to be removed."""
        for selector in self.site.select.get("remove", ()) if self.site else ():
            for element in _find(self.site, "remove", selector, self.root):
                if isinstance(element, etree._Element) and element.getparent() is not None:
                    _take_out(element)

    def _found(self, name: str) -> list[object]:
        for selector in self.site.select.get(name, ()) if self.site else ():
            found = _find(self.site, name, selector, self.root)
            if found:
                return found
        return []


def check(site: Site) -> None:
    """Raise RuleError for the first selector of a rule that cannot be evaluated or gives no elements."""
    findings(site, etree.Element("html"))


def findings(site: Site, root: etree._Element) -> list[SelectorFinding]:
    """Return what each selector of a rule finds on a page, for `newsarchive sites test`."""
    rows = []
    for name, selectors in site.select.items():
        for selector in selectors:
            found = _find(site, name, selector, root)
            first = found[0] if found else None
            text = text_of(first) if isinstance(first, etree._Element) else first
            rows.append(SelectorFinding(name, selector, len(found), None if text is None else str(text)[:MAX_SHOWN]))
    return rows


def _find(site: Site | None, name: str, selector: str, root: etree._Element) -> list[object]:
    assert site is not None  # noqa: S101 - narrows for mypy: without a rule there is no selector
    try:
        found = _compiled(site.file, name, selector)(root)
    except etree.XPathError as error:
        raise RuleError(f"{site.file}: select.{name}", f"cannot be evaluated: {selector} ({error})") from error
    if isinstance(found, list):
        return list(found)
    if not isinstance(found, str):
        raise RuleError(f"{site.file}: select.{name}", f"gives neither elements nor text: {selector}")
    return [found] if found.strip() else []


@lru_cache(maxsize=1024)
def _compiled(file: str, name: str, selector: str) -> etree.XPath:
    try:
        return etree.XPath(selector)
    except etree.XPathError as error:
        raise RuleError(f"{file}: select.{name}", f"not an XPath expression: {selector} ({error})") from error


def _take_out(element: etree._Element) -> None:
    """Remove an element and keep the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)
