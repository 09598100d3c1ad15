"""Make newsarchive/data/frequencies.txt from the word frequencies of the PyPI package wordfreq.

    python -m pip install wordfreq
    python -m scripts.frequencies

The package is not needed otherwise. Its data is under CC BY-SA 4.0, and so is the list made from it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from newsarchive.arabic import spelling
from newsarchive.data import wordlists

TARGET = Path(__file__).parents[1] / "newsarchive" / "data" / wordlists.FREQUENCIES
FORMS = 50_000
_OCCURRENCES = 1_000_000_000
_STEP = 1.1  # counts are rounded to powers of this: the source rounds them too
_WORD = re.compile("[\u0621-\u064a]{2,20}")

HEADER = """\
# How often the {forms} most frequent forms of written Arabic occur in a thousand million words, for search.
#
# A line: a count, a blank, the forms of about that count with blanks between. A form is a spelling as
# newsarchive.arabic.spelling makes it (folded, but for a final teh marbuta and alef with hamza before lam).
#
# Derived from wordfreq {version} (https://github.com/rspeer/wordfreq, by Robyn Speer), list "large" of Arabic, which
# rests on Wikipedia, OpenSubtitles, news, web and book counts; changed: folded, added up, cut, rounded.
# Licence: CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), as its source.
# Made by `python -m scripts.frequencies`.
"""


def counts(frequencies: dict[str, float]) -> dict[str, int]:
    """Return the most frequent spellings with their rounded counts; numbers and other scripts are left out."""
    summed: Counter[str] = Counter()
    for word, frequency in frequencies.items():
        form = spelling(word)
        if _WORD.fullmatch(form):
            summed[form] += round(frequency * _OCCURRENCES)
    return {form: _rounded(count) for form, count in summed.most_common(FORMS)}


def _rounded(count: int) -> int:
    power = 1.0
    while power * _STEP**0.5 < count:
        power *= _STEP
    return round(power)


def main() -> None:
    """Write the list."""
    from importlib.metadata import version

    from wordfreq import get_frequency_dict

    made = counts(get_frequency_dict("ar", "large"))
    header = HEADER.format(forms=f"{len(made):,}", version=version("wordfreq"))
    TARGET.write_text(header + wordlists.counted(made), encoding="utf-8")
    sys.stderr.write(f"{TARGET}: {len(made):,} forms\n")


if __name__ == "__main__":
    main()
