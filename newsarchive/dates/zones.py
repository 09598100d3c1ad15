"""Time zones as dates name them: abbreviations, and the places whose time a page tells. Tables and their lookup.

A place stands for its zone of the IANA database, so that summer time is right for the day in question. An
abbreviation stands for the one offset it names, whatever the season; AST is Arabia here, as Arab pages mean it (+3,
not the Atlantic). What several zones share (IST: India, Israel, Ireland) is known to be a zone, but not which.
«بتوقيت عمان» is Amman: times are told by capitals, and that of Oman is مسقط.
"""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache

UNKNOWN = ""
MAX_OFFSET_MINUTES = 14 * 60  # the islands where the day begins

# Offset in hours to the names that mean it. What RFC 5322 defines for North America is taken from there.
ABBREVIATIONS = {
    0: "utc, gmt, غرينتش, جرينتش, غرينيتش, جرينيتش, قرينتش, ت.غ, ت غ, ت.ع, ت.ع.م, z, tu, wet,"
    " greenwich mean time, coordinated universal time, western european time",
    1: "cet, bst, west, mez, central european time, central european standard time, western european summer time",
    2: "eet, cest, mesz, sast, cat, eastern european time, eastern european standard time,"
    " central european summer time",
    3: "ast, eest, msk, trt, eat, ksa, ksa time, arabia standard time, arabian standard time, arab standard time,"
    " eastern european summer time, moscow standard time",
    4: "gst, gulf standard time",
    5: "pkt",
    8: "sgt, hkt, awst",
    9: "jst, kst",
    10: "aest",
    11: "aedt",
    -4: "edt, eastern daylight time",
    -5: "est, cdt, eastern standard time, central daylight time",
    -6: "cst, mdt, central standard time, mountain daylight time",
    -7: "mst, pdt, mountain standard time, pacific daylight time",
    -8: "pst, pacific standard time",
}
SHARED_NAMES = "ist, adt"
SEASONAL_NAMES = {
    "America/New_York": "et, eastern time, us eastern time",
    "America/Chicago": "ct, central time",
    "America/Los_Angeles": "pt, pacific time",
}

# Places, which are zones only with a word for time beside them: «بتوقيت بيروت», "Beirut time".
PLACES = {
    "0": "عالمي, العالمي, العالمي الموحد, العالمي المنسق, عالمي موحد, الموحد",
    "Asia/Riyadh": "مكة, مكة المكرمة, السعودية, العربية السعودية, المملكة, المملكة العربية السعودية, الرياض,"
    " المدينة المنورة, جدة, mecca, makkah, saudi, saudi arabia, riyadh",
    "Africa/Cairo": "القاهرة, مصر, جمهورية مصر العربية, cairo, egypt",
    "Asia/Damascus": "دمشق, سوريا, سورية, damascus, syria",
    "Asia/Beirut": "بيروت, لبنان, beirut, lebanon, beyrouth",
    "Asia/Baghdad": "بغداد, العراق, أربيل, baghdad, iraq",
    "Asia/Jerusalem": "القدس, القدس المحتلة, القدس الشريف, إسرائيل, تل أبيب, jerusalem, israel",
    "Asia/Gaza": "غزة, فلسطين, gaza, palestine",
    "Asia/Hebron": "رام الله, الضفة الغربية, ramallah",
    "Asia/Amman": "عمان, الأردن, المملكة الأردنية, المملكة الأردنية الهاشمية, amman, jordan",
    "Asia/Dubai": "أبوظبي, أبو ظبي, الإمارات, دولة الإمارات, دبي, الشارقة, dubai, abu dhabi, uae",
    "Asia/Muscat": "مسقط, سلطنة عمان, muscat, oman",
    "Asia/Qatar": "الدوحة, قطر, doha, qatar",
    "Asia/Kuwait": "الكويت, دولة الكويت, kuwait",
    "Asia/Bahrain": "المنامة, البحرين, مملكة البحرين, manama, bahrain",
    "Asia/Aden": "صنعاء, عدن, اليمن, sanaa, aden, yemen",
    "Africa/Tunis": "تونس, tunis, tunisia",
    "Africa/Algiers": "الجزائر, الجزائر العاصمة, algiers, algeria, alger",
    "Africa/Casablanca": "المغرب, الرباط, الدار البيضاء, المملكة المغربية, rabat, casablanca, morocco",
    "Africa/Tripoli": "ليبيا, طرابلس, بنغازي, libya",
    "Africa/Khartoum": "الخرطوم, السودان, khartoum, sudan",
    "Africa/Nouakchott": "نواكشوط, موريتانيا, nouakchott",
    "Africa/Mogadishu": "مقديشو, مقديشيو, الصومال, mogadishu",
    "Africa/Djibouti": "جيبوتي, djibouti",
    "Europe/Istanbul": "إسطنبول, أنقرة, تركيا, istanbul, ankara, turkey",
    "Asia/Tehran": "طهران, إيران, tehran, iran",
    "Europe/Moscow": "موسكو, روسيا, moscow",
    "Europe/London": "لندن, بريطانيا, london, uk",
    "Europe/Paris": "باريس, فرنسا, paris",
    "Europe/Berlin": "برلين, ألمانيا, وسط أوروبا, أوروبا الوسطى, berlin",
    "America/New_York": "نيويورك, واشنطن, شرق أمريكا, شرق أميركا, شرق الولايات المتحدة, الساحل الشرقي,"
    " new york, washington",
}


@cache
def zone_of(name: str) -> tzinfo | None:
    """Return the zone of an IANA name or of an offset in seconds ("10800"); None where it is not known which."""
    if name == UNKNOWN:
        return None
    if name.lstrip("-").isdigit():
        return fixed(int(name))
    # Imported here: most dates name no place.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:  # a system without time zone data: then the zone is not known
        return None


def fixed(seconds: int) -> tzinfo:
    """Return the zone that lies so many seconds east of Greenwich."""
    return timezone(timedelta(seconds=seconds)) if seconds else UTC
