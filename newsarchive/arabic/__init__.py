"""Arabic text: its folding, its words and their stems. Pure functions; word lists are passed in.

Knows no HTML, no SQL and nothing of news, and imports nothing else of this package.
"""

from __future__ import annotations

from newsarchive.arabic.analysis import ANALYSIS_VERSION, Analyzer, Term
from newsarchive.arabic.folding import FOLD_VERSION, fold
from newsarchive.arabic.lexicon import Lexicon
from newsarchive.arabic.memory import Remembered
from newsarchive.arabic.roots import consonants, root
from newsarchive.arabic.words import WORD, Token, spelling, tokens

__all__ = [
    "ANALYSIS_VERSION",
    "FOLD_VERSION",
    "WORD",
    "Analyzer",
    "Lexicon",
    "Remembered",
    "Term",
    "Token",
    "consonants",
    "fold",
    "root",
    "spelling",
    "tokens",
]
