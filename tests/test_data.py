"""The data files hold what their heads promise: known codes, unique names, hosts that fit the home address."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from newsarchive.arabic import fold
from newsarchive.data import Agency, MonthFamily, Outlet, agencies, credit_words, outlet_for, outlets

# ISO 3166 codes of the seats that occur; a new one is added here on purpose, not by a slip.
ARAB = {*"SY LB JO PS IQ EG SD LY TN DZ MA MR SA AE QA KW BH OM YE SO DJ KM".split()}  # noqa: SIM905
COUNTRIES = {*ARAB, *"AT AZ BE BY CH CN DE ES FR GB ID IL IN IR IT JP KP KR MY PT RS RU SN TR UA US".split()}  # noqa: SIM905
ARABIC = re.compile("[\u0621-\u064a]")


def name_of(entry: Agency | Outlet) -> str:
    return entry.latin


def test_there_are_enough_of_both() -> None:
    assert len(agencies()) >= 60
    assert len(outlets()) >= 120


def test_every_arab_country_of_the_league_but_the_smallest_has_an_outlet() -> None:
    assert {outlet.country for outlet in outlets()} >= ARAB - {"SO", "DJ", "KM"}


@pytest.mark.parametrize("agency", agencies(), ids=name_of)
def test_an_agency_is_well_formed(agency: Agency) -> None:
    assert agency.country is None or agency.country in COUNTRIES
    assert ARABIC.search(agency.name)
    assert agency.latin.isascii()
    assert agency.spellings
    assert all(form == form.strip() and form for form in (*agency.spellings, *agency.ambiguous))


def test_no_spelling_belongs_to_two_agencies() -> None:
    owners: dict[str, set[str]] = {}
    for agency in agencies():
        for form in (agency.name, agency.latin, *agency.spellings, *agency.ambiguous):
            owners.setdefault(fold(form), set()).add(agency.name)
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


def test_a_form_is_listed_once() -> None:
    for agency in agencies():
        forms = Counter((*agency.spellings, *agency.ambiguous))
        assert [form for form, count in forms.items() if count > 1] == []


@pytest.mark.parametrize("outlet", outlets(), ids=name_of)
def test_an_outlet_is_well_formed(outlet: Outlet) -> None:
    home = urlsplit(outlet.home)
    host = (home.hostname or "").removeprefix("www.")
    assert home.scheme == "https"
    assert any(host == known or host.endswith(f".{known}") for known in outlet.hosts)
    assert all(known == known.lower() and not known.startswith("www.") for known in outlet.hosts)
    assert outlet.country is None or outlet.country in COUNTRIES
    assert outlet.months is None or outlet.months in get_args(MonthFamily)
    assert outlet.timezone is None or ZoneInfo(outlet.timezone).key == outlet.timezone
    assert outlet.name not in outlet.names


def test_names_and_hosts_of_outlets_are_unique() -> None:
    counts = Counter(outlet.name for outlet in outlets())
    counts.update(host for outlet in outlets() for host in outlet.hosts)
    assert [entry for entry, count in counts.items() if count > 1] == []


def test_outlets_of_one_country_agree_in_their_month_names() -> None:
    families: dict[str, set[str]] = {}
    for outlet in outlets():
        if outlet.country in ARAB and outlet.months:
            families.setdefault(outlet.country, set()).add(outlet.months)
    assert {country: found for country, found in families.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("host", "latin"),
    [
        ("www.sana.sy", "SANA"),
        ("sana.sy", "SANA"),
        ("SANA.SY.", "SANA"),
        ("gate.ahram.org.eg", "Al-Ahram"),
        ("arabic.cnn.com", "CNN Arabic"),
        ("www.adarpress.net", "Adar Press"),
        ("akhbaar24.argaam.com", "Akhbaar24"),
        ("www.argaam.com", "Argaam"),
    ],
)
def test_an_outlet_is_found_by_its_host(host: str, latin: str) -> None:
    outlet = outlet_for(host)
    assert outlet is not None
    assert outlet.latin == latin


@pytest.mark.parametrize("host", ["example.org", "edition.cnn.com", "notsana.sy", "sy", "", ".", "127.0.0.1"])
def test_an_unknown_host_has_no_outlet(host: str) -> None:
    assert outlet_for(host) is None


def test_the_agencies_among_the_outlets_are_agencies() -> None:
    latin = {fold(form) for agency in agencies() for form in (agency.name, agency.latin, *agency.spellings)}
    known = [o for o in outlets() if o.agency and {fold(name) for name in o.all_names} & latin]
    assert len(known) >= 35


@pytest.mark.parametrize(("key", "words"), credit_words().items())
def test_a_list_of_words_has_no_word_twice(key: str, words: tuple[str, ...]) -> None:
    assert words
    assert [word for word, count in Counter(map(fold, words)).items() if count > 1] == []
