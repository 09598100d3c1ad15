"""What stands at the end of Arabic words: pronouns, plurals, gender, persons of verbs, the nisba.

Each function yields readings of a form as (form without the ending, rate, limit): `rate` is how often the longer
form occurs for each occurrence of the shorter one, typically; `limit` how often at the most, for 98 or 99 of a
hundred pairs of a frequency list. Which reading is believed is decided elsewhere.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsarchive.arabic.lexicon import Lexicon

Split = tuple[str, float, float]

ALEF, WAW, YEH, HEH, TEH, TEH_MARBUTA, NOON = "\u0627", "\u0648", "\u064a", "\u0647", "\u062a", "\u0629", "\u0646"
MEEM, KAF = "\u0645", "\u0643"

# Pronouns by their last letter, with the limit for a noun of three letters; longer nouns take those of more than
# one letter, and the heh, up to three times as often.
_PRONOUNS = {
    ALEF: (("ها", 0.3), ("نا", 0.2), ("هما", 0.1)),
    HEH: (("ه", 0.5),),
    MEEM: (("هم", 0.3), ("كم", 0.06)),
    NOON: (("هن", 0.02),),
    YEH: (("ي", 0.5),),
    KAF: (("ك", 0.15),),
}
_PRONOUN_RATE = 0.01
UNBOUNDED = float("inf")


def splits(form: str, lexicon: Lexicon, *, is_noun: bool) -> Iterable[Split]:
    """Return every reading of the end of a form; a form known as a noun by its article has no pronoun or person."""
    readers = (_OF_NOUNS if is_noun else _OF_ALL).get(form[-1])
    return chain.from_iterable([read(form, lexicon) for read in readers]) if readers else ()


def _pronouns(form: str, lexicon: Lexicon) -> Iterator[Split]:
    for pronoun, limit in _PRONOUNS[form[-1]]:
        noun = form[: -len(pronoun)]
        if not form.endswith(pronoun) or len(noun) < 2 or noun[-1] == TEH_MARBUTA:
            continue
        is_plain = pronoun not in (YEH, KAF)
        if noun[-1] == TEH and len(noun) > 2:
            yield noun[:-1] + TEH_MARBUTA, _PRONOUN_RATE, 6 if is_plain else 0.5
        if noun[-1] == ALEF and len(noun) > 3:
            yield noun[:-1] + YEH, _PRONOUN_RATE, 0.3  # مستشفاها of مستشفى
        if len(noun) > 2 or noun in lexicon.definite:
            is_long = is_plain and len(noun) > 3
            yield noun, _PRONOUN_RATE, 3 * limit if is_long else limit
            if is_long and noun[-1] in (YEH, WAW) and not _is_masdar(noun + NOON):
                yield noun + NOON, 2 * _PRONOUN_RATE, 3 * limit  # لاعبيه of لاعبين
                yield noun[:-1], _PRONOUN_RATE / 10, limit / 10


def _construct(form: str, lexicon: Lexicon) -> Iterator[Split]:
    """Sound masculine plurals before a genitive, without their noon: لاعبو المنتخب, موظفي البلدية."""
    noun = form[:-1]
    if len(noun) < 4 or not lexicon.count_noun(noun + "ين"):
        return
    if form[-1] == WAW or noun[0] == MEEM or lexicon.count_noun(noun + "ون"):
        yield noun, 0.01, 3


def _person_teh(form: str, lexicon: Lexicon) -> Iterator[Split]:
    """The teh of «she»: قالت of قال."""
    if len(form) > 3:
        verb = form[:-1]
        is_noun = lexicon.definite.get(verb, 0) >= 0.1 * lexicon.count(verb)
        yield verb, 0.02, 0.7 if is_noun else 5


def _person_alef(form: str, lexicon: Lexicon) -> Iterator[Split]:  # noqa: ARG001  # one signature for all
    """The waw and alef of «they» and the alef of the accusative: قالوا of قال, كتابا of كتاب."""
    if len(form) > 4 and form[-2] == WAW:
        yield form[:-2], 0.01, 0.7
    if len(form) > 3 and form[-2] not in (HEH, NOON):
        yield form[:-1], 0.02, 0.6 if len(form) == 4 else 1.5


def _person_noon(form: str, lexicon: Lexicon) -> Iterator[Split]:  # noqa: ARG001
    """The waw and noon of «they»: يقولون of يقول."""
    if len(form) > 5 and form[-2] == WAW and form[0] in (YEH, TEH):
        yield form[:-2], 0.01, 3


def _plural_noon(form: str, lexicon: Lexicon) -> Iterator[Split]:
    """Sound masculine plurals and duals."""
    ending, noun = form[-2], form[:-2]
    if len(noun) < 3 or (ending == YEH and _is_masdar(form)):
        return
    if noun[-1] == TEH and ending in (YEH, ALEF):
        yield noun[:-1] + TEH_MARBUTA, 0.005, 0.25
    if ending in (YEH, WAW):
        is_pair = lexicon.count_noun(noun + "ين") and lexicon.count_noun(noun + "ون")
        is_participle = noun[0] == MEEM and len(noun) > 3
        yield noun, 0.01, UNBOUNDED if is_pair else 10 if is_participle else 0.35
    if ending == ALEF:
        yield noun, 0.001, 0.02


def _is_masdar(form: str) -> bool:
    """Tell تعدين, mining, which is no plural."""
    return len(form) == 5 and form[0] == TEH


def _dual_alef(form: str, lexicon: Lexicon) -> Iterator[Split]:  # noqa: ARG001
    if len(form) > 4 and form[-2] == TEH:
        yield form[:-2] + TEH_MARBUTA, 0.0005, 0.02


def _plural_teh(form: str, lexicon: Lexicon) -> Iterator[Split]:
    """Sound feminine plurals."""
    noun = form[:-2]
    if form[-2] != ALEF or len(noun) < 2:
        return
    yield noun + TEH_MARBUTA, 0.06, 3
    if len(noun) > 3:
        yield noun, 0.02, 20 if len(noun) > 4 else 5
        yield noun + ALEF, 0.02, 2  # ميليشيات of ميليشيا
    elif len(noun) == 3 and not lexicon.count(noun + TEH_MARBUTA):
        take_article = noun[-1] != HEH and noun in lexicon.definite and form in lexicon.definite
        yield noun, 0.02, 2 if take_article else 0.3  # ملفات of ملف
    if noun[-1] in (YEH, WAW) and len(noun) > 2:
        yield noun[:-1] + ALEF + TEH_MARBUTA, 0.05, 2  # قنوات of قناة, مباريات of مباراة
    if noun[-1] == WAW and len(noun) > 2:
        yield noun[:-1] + TEH_MARBUTA, 0.05, 3  # سنوات of سنة


def _gender(form: str, lexicon: Lexicon) -> Iterator[Split]:
    """The teh marbuta, where the masculine is the same word: مهندسة of مهندس, but not مدة of مد."""
    if len(form) < 5:
        return
    masculine = form[:-1]
    if masculine[-1] == YEH:
        if masculine[0] != TEH or len(masculine) > 4 or lexicon.definite.get(masculine):  # تركية, but no تسمية
            yield masculine, 0.3, 4
    elif masculine in lexicon.people or _has_sound_plural(masculine, lexicon):
        yield masculine, 0.3, 3


def _has_sound_plural(noun: str, lexicon: Lexicon) -> bool:
    """Tell جميل, by جميلون or جميلين, from كتاب, whose كتابين are two."""
    if lexicon.count_noun(noun + "ون"):
        return True
    return not (len(noun) == 4 and noun[2] == ALEF) and lexicon.count_noun(noun + "ين") > 0


_OF_NOUNS: dict[str, tuple[Callable[[str, Lexicon], Iterator[Split]], ...]] = {
    ALEF: (_dual_alef,),
    NOON: (_plural_noon,),
    TEH: (_plural_teh,),
    TEH_MARBUTA: (_gender,),
}
_OF_ALL: dict[str, tuple[Callable[[str, Lexicon], Iterator[Split]], ...]] = {
    ALEF: (_pronouns, _person_alef, _dual_alef),
    HEH: (_pronouns,),
    MEEM: (_pronouns,),
    NOON: (_pronouns, _person_noon, _plural_noon),
    WAW: (_construct,),
    YEH: (_pronouns, _construct),
    KAF: (_pronouns,),
    TEH: (_person_teh, _plural_teh),
    TEH_MARBUTA: (_gender,),
}


def places(form: str, lexicon: Lexicon) -> Iterator[Split]:
    """Yield the places that a form in yeh may be of: لبنان for لبناني, سوريا for سوري; nothing for عملي."""
    if form[-1] != YEH or len(form) < 4:
        return
    stem = form[:-1]
    other = lexicon.count_noun(stem + TEH_MARBUTA)  # رياضي is of رياضة as soon as of الرياض: neither is taken
    for place in (stem, stem + ALEF, form + ALEF):
        known = lexicon.count_noun(place)
        if place != stem and lexicon.count_noun(place[:-1]) > 1.5 * known:
            continue  # an accusative: يوما of يوم, رسميا of رسمي
        if lexicon.is_name_of_place(place) and other < known / 2:
            yield place, 0.1, 3


def without_evidence(form: str) -> str:
    """Return a form that no list knows without the endings that long words rarely have otherwise."""
    for ending, replacement, least in _LIKELY.get(form[-1], ()):
        if form.endswith(ending) and len(form) - len(ending) >= least:
            return form[: -len(ending)] + replacement
    return form


# By last letter: ending of an unknown form, what to put in its place, letters that must remain.
_LIKELY = {
    NOON: (("يين", "ي", 3), ("يون", "ي", 3), ("ون", "", 4), ("ين", "", 4)),
    TEH: (("يات", "ي", 3), ("ات", "ة", 4)),
    ALEF: (
        ("تهما", "ة", 3),
        ("تها", "ة", 3),
        ("تنا", "ة", 3),
        ("هما", "", 4),
        ("ها", "", 4),
        ("وا", "", 4),
        ("نا", "", 4),
    ),
    MEEM: (("تهم", "ة", 3), ("هم", "", 4)),
    HEH: (("ته", "ة", 3), ("ه", "ة", 4)),
    TEH_MARBUTA: (("ية", "ي", 4),),
}
