"""Arabic in a legacy charset, known by its pairs of letters. Of what a page declares it knows only what it is told."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

ARABIC = ("windows-1256", "iso-8859-6")
_BLANK_ASCII = b" " * 128 + bytes(range(128, 256))

# The commonest 200 pairs of neighbouring letters in Arabic words, counted over the word frequencies of wordfreq 3.1:
# 76 % of all pairs in Arabic, 63 % in Persian. Of texts in 30 other languages and their own charsets, read as
# windows-1256 or iso-8859-6, they make up 17 % at most (Korean), mostly less than 9 %.
_PAIRS = """
    ال لم من في لا ما ان ية وا عل لي ات لى ين نا ار ري را يا لت ول أن ها با ام لك لأ ير بي دي لع ني ون عا لل
    كا مع اب قا مي لس دا لح لو يد وم ور رة اس سي اد له لق اء عن نت ست نه سا مر لب لن مل عد تي إل مو يل ذا كل
    يو هذ هم يم لد اع بع ائ تم لف قد دة بر وي حد دو لة يق يه مس تح حي لج كن حا عم تر رو رب جا أو هو يع يس وق
    اح عر تو مة تع شر مت اي تا يت ته لش لإ بل أم قي كو اق اف رك مد عي فا لر قو نو ود تق سل لذ يك در جم دم إن
    مح حت عة سب وع كر شا وب كي كم بد وت اج بن خل ذي فر سم ذه مك عب وج نس أي هي لص حم طا وس اك ضا به جد تب لخ
    وف تل يف سو ند اه مج يب قة رج خا خر أس صا بة زي حر قر قل لط بو ذل صل نة شي
"""
_COMMON_PAIRS = frozenset(_PAIRS.split())
# What a pair weighs, about in proportion to the logarithm of how much likelier it is in Arabic than elsewhere.
_COMMON, _UNCOMMON, _FOREIGN = 5, -2, -10
# Two common pairs and no more than two uncommon ones: a title of three words reaches it.
_ENOUGH = 6
# Words that are looked at, from among so many runs of bytes beyond ASCII, and bytes of each.
_SAMPLE, _RUNS, _LONGEST = 60, 1000, 40


def arabic_encoding(body: bytes, *, claimed: list[str]) -> str | None:
    """Return which Arabic encoding the words are written in, None where they are not Arabic in either.

    Where the page claims an Arabic encoding less evidence will do; of two that read alike the claimed one wins.
    """
    runs = [run for run in body.translate(_BLANK_ASCII).split(None, _RUNS)[:_RUNS] if len(run) > 1]
    sample = runs[:: len(runs) // _SAMPLE + 1]
    # Accented letters stand in twos within Latin words (Finnish has its vowels so), Arabic words are longer.
    if 3 * sum(len(run) > 2 for run in sample) < len(sample):
        return None
    words = b" ".join(run[:_LONGEST] for run in sample)
    scores = {encoding: _arabic_score(words, encoding) for encoding in dict.fromkeys((*claimed, *ARABIC))}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= (1 if claimed else _ENOUGH) else None


def _arabic_score(words: bytes, encoding: str) -> int:
    """Return how far the words are Arabic in that encoding; the article at the head of a word counts once more."""
    table, left_out = _letter_table(encoding)
    score = 0
    for word in words.translate(table, left_out).decode(encoding).split():
        score += _COMMON * word.startswith("ال")
        for first, second in pairwise(word):
            if first + second in _COMMON_PAIRS:
                score += _COMMON
            else:
                score += _FOREIGN if "?" in (first, second) else _UNCOMMON
    return score


@cache
def _letter_table(encoding: str) -> tuple[bytes, bytes]:
    """Return what each byte counts as (an Arabic letter itself, a blank, or `?`), and the bytes to leave out."""
    table, left_out = bytearray(256), bytearray()
    for byte, char in enumerate(bytes(range(256)).decode(encoding, "replace")):
        if _LETTER.match(char):
            table[byte] = byte
        else:
            table[byte] = ord(" " if char.isascii() or _PUNCTUATION.match(char) else "?")
        if _LEFT_OUT[encoding].match(char):
            left_out.append(byte)
    return bytes(table), bytes(left_out)


# Hamza to ghain, feh to yeh; Persian peh, tcheh, jeh, keheh, gaf.
_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af]")
# Latin-1 signs, times, divide; Arabic comma, semicolon, question mark; dashes to ellipsis, per mille, angle quotes,
# euro, trade mark.
_PUNCTUATION = re.compile("[\u00a0-\u00bf\u00d7\u00f7\u060c\u061b\u061f\u2010-\u2026\u2030\u2039\u203a\u20ac\u2122]")
# Tatweel; vowel signs and the marks of joining and direction, but not in iso-8859-6: Cyrillic pages have their
# commonest letters where that has its vowel signs.
_LEFT_OUT = {
    "windows-1256": re.compile("[\u0640\u064b-\u0652\u200c-\u200f]"),
    "iso-8859-6": re.compile("\u0640"),
}
