"""What is said of a story's authorship: a text with its place, and all that a page says, as it is gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from newsarchive.models import Credit
    from newsarchive.parser.paragraphs import Piece


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
