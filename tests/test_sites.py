"""Site rules: what is accepted, which one is chosen, and that every shipped one still reads its fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsarchive.errors import RuleError
from newsarchive.parser import check_rule, parse, rule_findings
from newsarchive.sites import FIELDS, Site, load_site, shipped_sites, site_for, user_sites
from tests.conftest import FixturePage, fixture_pages

RULE = """
hosts = ["sahl.example"]
timezone = "Asia/Amman"
[select]
headline = "//div[@id='t']"
"""
PAGE = """<title>السهل</title><div id=nav><a href=/>الرئيسة</a></div><h1>بوابة السهل الإخبارية في كل مكان</h1>
<div id=t>عاجل | بئر جديدة في الساحة</div><div id=k>ماء لكل بيت</div><i>سناء الجندي</i><b>3/5/2024 08:15</b>
<u>محليات</u>
<div id=x><p>حفر أهالي البلدة بئراً جديدة في الساحة القديمة بعد صيف جاف، وتقاسموا الكلفة بينهم.</p>
<p id=ad>اشتر اليوم خزاناً من البلاستيك المقوى بنصف الثمن من متجرنا في السوق القديم.</p>
<p>وقال المشرف على العمل إن الماء ظهر على عمق أربعين متراً، وإن المضخة ستعمل بالشمس.</p></div>
<s>آدار برس</s><ul><li>مياه<li>قرى</ul><div id=m><a href="/news/7">سد ترابي عند مدخل الوادي</a></div><img src=/w.jpg>
""".encode()
URL = "https://sahl.example/news/441"


def test_a_rule_is_loaded_with_all_it_says() -> None:
    text = """
        hosts = ["a.example", "b.example"]
        paths = "/news/"
        [select]
        headline = ["//h2", "//h3"]
        remove = "//aside"
    """
    assert load_site(text, file="sites/a.toml") == Site(
        name="a",
        hosts=("a.example", "b.example"),
        paths=("/news/",),
        select={"headline": ("//h2", "//h3"), "remove": ("//aside",)},
        file="sites/a.toml",
    )


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("hosts = [", "a.toml"),
        ("", "a.toml: hosts"),
        ("hosts = []", "a.toml: hosts"),
        ("hosts = 3", "a.toml: hosts"),
        ('hosts = ["https://sahl.example"]', "a.toml: hosts"),
        ('hosts = ["sahl.example/news"]', "a.toml: hosts"),
        ('hosts = ["www.sahl.example"]', "a.toml: hosts"),
        ('hosts = ["Sahl.example"]', "a.toml: hosts"),
        ('hosts = ["sahl.example"]\nhost = "x"', "a.toml: host"),
        ('hosts = ["sahl.example"]\npaths = [1]', "a.toml: paths"),
        ('hosts = ["sahl.example"]\ntimezone = "Amman"', "a.toml: timezone"),
        ('hosts = ["sahl.example"]\ntimezone = 3', "a.toml: timezone"),
        ('hosts = ["sahl.example"]\nselect = "//h1"', "a.toml: select"),
        ('hosts = ["sahl.example"]\n[select]\ntitle = "//h1"', "a.toml: select.title"),
        ('hosts = ["sahl.example"]\n[select]\nheadline = ""', "a.toml: select.headline"),
        ('hosts = ["sahl.example"]\n[select]\nheadline = [["//h1"]]', "a.toml: select.headline"),
    ],
)
def test_what_is_not_of_the_form_is_an_error_with_file_and_key(text: str, subject: str) -> None:
    with pytest.raises(RuleError) as raised:
        load_site(text, file="a.toml")
    assert raised.value.subject == subject
    assert raised.value.reason


@pytest.mark.parametrize("selector", ["//h1[", "div > p", "//h1 | $x", "nothing()"])
def test_a_selector_that_is_no_xpath_is_an_error_with_file_and_key(selector: str) -> None:
    site = Site(name="a", hosts=("sahl.example",), select={"headline": (selector,)}, file="a.toml")
    with pytest.raises(RuleError) as raised:
        check_rule(site)
    assert raised.value.subject == "a.toml: select.headline"
    assert selector in raised.value.reason


def test_the_rule_that_names_host_and_path_most_closely_is_chosen(tmp_path: Path) -> None:
    for name, hosts, paths in (
        ("all", "sahl.example", ""),
        ("opinion", "sahl.example", 'paths = ["/opinion/", "/opinion/old/"]'),
        ("mobile", "m.sahl.example", ""),
    ):
        (tmp_path / f"{name}.toml").write_text(f'hosts = ["{hosts}"]\n{paths}\n', encoding="utf-8")
    chosen = {
        url: site.name if (site := site_for(url, folder=tmp_path)) else None
        for url in (
            "https://sahl.example/news/1",
            "https://www.sahl.example/opinion/2",
            "http://arabic.sahl.example:8080/opinion/old/3",
            "https://m.sahl.example/opinion/4",
            "https://notsahl.example/5",
            "https://sahl.example.org/6",
            "not an address",
        )
    }
    assert list(chosen.values()) == ["all", "opinion", "opinion", "mobile", None, None, None]


def test_the_users_own_rule_wins_over_a_shipped_one(tmp_path: Path) -> None:
    shipped = shipped_sites()[0]
    url = f"https://{shipped.hosts[0]}{shipped.paths[0] if shipped.paths else '/'}1"
    assert site_for(url) is shipped
    (tmp_path / "mine.toml").write_text(f'hosts = ["{shipped.hosts[0]}"]', encoding="utf-8")
    own = site_for(url, folder=tmp_path)
    assert own is not None
    assert (own.name, own.file) == ("mine", str(tmp_path / "mine.toml"))


def test_a_rule_of_the_user_that_is_wrong_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b'hosts = ["\xff"]')
    with pytest.raises(RuleError, match=r"mine\.toml: not readable"):
        user_sites(tmp_path)


def test_a_folder_that_is_not_there_holds_no_rules(tmp_path: Path) -> None:
    assert user_sites(tmp_path / "sites") == ()


def test_every_field_can_be_selected() -> None:
    selectors = {
        "headline": "//div[@id='t']",
        "subtitle": "//div[@id='k']",
        "body": "//div[@id='x']",
        "authors": "//i",
        "source": "//s",
        "published": "//b/text()",
        "modified": "//b",
        "section": "//u",
        "tags": "//li",
        "related": "//div[@id='m']",
        "images": "//img",
        "remove": "//p[@id='ad']",
    }
    assert set(selectors) == set(FIELDS)
    site = Site(name="a", hosts=("sahl.example",), select={k: (v,) for k, v in selectors.items()}, file="a.toml")
    assert all(finding.matches for finding in rule_findings(PAGE, url=URL, site=site))
    found = parse(PAGE, url=URL, site=site)
    assert found is not None
    assert (found.headline, found.labels, found.subtitle) == ("بئر جديدة في الساحة", ("عاجل",), "ماء لكل بيت")
    assert (found.authors, found.source, found.section) == (("سناء الجندي",), "آدار برس", "محليات")
    assert found.published_at is not None
    assert found.published_at.value == "2024-05-03T08:15"
    assert found.tags == ("مياه", "قرى")
    assert [link.url for link in found.related] == ["https://sahl.example/news/7"]
    assert [image.url for image in found.images] == ["https://sahl.example/w.jpg"]
    assert len(found.body) == 2
    assert "خزاناً" not in found.body[0].text + found.body[1].text
    assert found.site == "a"
    assert {name: source.rule for name, source in found.provenance.items()}["headline"] == "site rule"


def test_the_zone_of_a_rule_is_that_of_times_without_one() -> None:
    site = load_site(RULE, file="sahl.toml")
    found = parse(PAGE.replace(b"<b>", b"<time>").replace(b"</b>", b"</time>"), url=URL, site=site)
    assert found is not None
    assert found.published_at is not None
    assert found.published_at.value == "2024-05-03T08:15+03:00"


def test_a_selector_that_finds_nothing_leaves_the_field_to_what_the_page_says() -> None:
    site = Site(name="a", hosts=("sahl.example",), select={"headline": ("//h6", "//h1")}, file="a.toml")
    findings = rule_findings(PAGE, url=URL, site=site)
    assert [(finding.selector, finding.matches) for finding in findings] == [("//h6", 0), ("//h1", 1)]
    found = parse(PAGE, url=URL, site=site)
    assert found is not None
    assert found.headline == "بوابة السهل الإخبارية في كل مكان"


# --- shipped rules ----------------------------------------------------------------------------------


def fixtures_of(site: Site) -> list[FixturePage]:
    return [page for page in fixture_pages() if site_for(page.expected["url"]) is site]


@pytest.mark.parametrize("site", shipped_sites(), ids=lambda site: site.name)
def test_every_selector_of_a_shipped_rule_finds_something_on_its_fixtures(site: Site) -> None:
    check_rule(site)
    pages = fixtures_of(site)
    assert pages, f"{site.file}: no page in fixtures/ at an address that the rule stands for"
    matches: dict[tuple[str, str], int] = {}
    for page in pages:
        for finding in rule_findings(page.content, url=page.expected["url"], site=site):
            key = (finding.field, finding.selector)
            matches[key] = matches.get(key, 0) + finding.matches
    assert not [f"{site.file}: select.{field}: {selector}" for (field, selector), n in matches.items() if not n]


@pytest.mark.parametrize("site", shipped_sites(), ids=lambda site: site.name)
def test_a_shipped_rule_reads_its_fixtures_as_expected(site: Site) -> None:
    for page in fixtures_of(site):
        found = parse(page.content, url=page.expected["url"], site=site)
        assert found is not None
        assert (found.site, found.headline, found.section) == (
            site.name,
            page.expected["headline"],
            page.expected.get("section"),
        )
