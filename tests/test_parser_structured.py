"""What a page says of itself to machines: JSON-LD as it is found in the wild, meta elements, microdata."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from newsarchive.models import Article
from newsarchive.parser import parse
from newsarchive.parser.jsonld import load_json, nodes_of
from newsarchive.records import to_record

URL = "https://sahl.example/news/441-well"
HEADLINE = "أهالي البلدة يحفرون بئراً في الساحة القديمة"
BODY = (
    "حفر أهالي البلدة بئراً جديدة في الساحة القديمة بعد صيف جاف، وتقاسموا الكلفة بينهم على مدى ثلاثة أشهر.",
    "وقال المشرف على العمل إن الماء ظهر على عمق أربعين متراً، وإن المضخة ستعمل بالطاقة الشمسية طوال العام.",
)
NODE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2024-05-03T08:15:00+03:00",
    "author": {"@type": "Person", "name": "سناء الجندي"},
    "articleSection": "محليات",
}


def page(head: str, *, body: str = "") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    return f"<title>{HEADLINE}</title>{head}<article><h1>{HEADLINE}</h1>{body}<div>{text}</div></article>".encode()


def article(head: str, *, body: str = "") -> Article:
    found = parse(page(head, body=body), url=URL)
    assert found is not None
    return found


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def told(found: Article) -> tuple[str | None, tuple[str, ...], str | None]:
    return found.published_at.value if found.published_at else None, found.authors, found.section


NODE_TEXT = json.dumps(NODE, ensure_ascii=False)
ALL = ("2024-05-03T08:15:00+03:00", ("سناء الجندي",), "محليات")
PEOPLE = [{"@type": "Person", "@id": "#p", "name": "سناء الجندي"}, {**NODE, "author": {"@id": "#p"}}]


@pytest.mark.parametrize(
    "text",
    [
        NODE_TEXT,
        f"[{NODE_TEXT}]",
        f"[[{NODE_TEXT}]]",
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "السهل"}, NODE]}),
        json.dumps({"@context": "https://schema.org", "@graph": PEOPLE}),
        json.dumps({"@type": "WebPage", "mainEntity": NODE}),
        json.dumps({**NODE, "@type": ["Article", "NewsArticle"]}),
        json.dumps({**NODE, "@type": "http://schema.org/NewsArticle"}),
        json.dumps({**NODE, "author": [{"@type": "Person", "name": ["سناء الجندي"]}]}),
        json.dumps({**NODE, "author": "سناء الجندي"}),
        json.dumps({**NODE, "datePublished": {"@value": NODE["datePublished"]}}),
        json.dumps({**NODE, "articleSection": ["محليات", "مياه"]}),
        f"<!-- {NODE_TEXT} -->",
        f"//<![CDATA[\n{NODE_TEXT}\n//]]>",
        f"/*<![CDATA[*/{NODE_TEXT}/*]]>*/",
        f"{NODE_TEXT};",
        NODE_TEXT[:-1] + ",}",
        f'{{"@type":"Organization"}}\n{NODE_TEXT}',
        NODE_TEXT.replace(HEADLINE, f"{HEADLINE}\n\tفي السهل"),
        NODE_TEXT[:-1],
        NODE_TEXT.replace('"articleSection"', '"description": "قال "نعم" ومضى", "articleSection"'),
        NODE_TEXT.replace('"headline"', '"wordCount": , "headline"'),
    ],
)
def test_json_ld_is_read_in_every_shape(text: str) -> None:
    assert told(article(script(text))) == ALL


def test_markup_and_entities_in_the_strings_are_undone() -> None:
    node = {
        **NODE,
        "author": {"@type": "Person", "name": "<b>سناء&nbsp;الجندي</b>"},
        "articleSection": "ماء &amp;amp; زرع",
    }
    found = article(script(json.dumps(node)))
    assert (found.authors, found.section) == (("سناء الجندي",), "ماء & زرع")


def test_what_hangs_below_another_story_is_not_believed() -> None:
    other = {**NODE, "datePublished": "2019-01-01", "author": "عمر الخطيب", "articleSection": "منوعات"}
    lists = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": other}]}
    assert told(article(script(json.dumps(lists)) + script(NODE_TEXT))) == ALL


def test_of_two_nodes_the_one_that_says_more_is_the_article() -> None:
    poor = {"@type": "Article", "headline": "آخر", "articleSection": "غير ذلك"}
    assert told(article(script(json.dumps(poor)) + script(NODE_TEXT))) == ALL


def test_the_body_in_metadata_is_no_reason_to_take_another_text_than_the_one_shown() -> None:
    node = {**NODE, "articleBody": " ".join(["نص آخر لا يظهر في الصفحة ولا يقرؤه أحد من زوارها أبداً."] * 12)}
    assert tuple(paragraph.text for paragraph in article(script(json.dumps(node))).body) == BODY


def test_lone_surrogates_and_nul_do_not_reach_the_record() -> None:
    text = NODE_TEXT.replace("سناء", r"سناء\ud800").replace("محليات", r"محليات\u0000")
    head = script(text) + script(json.dumps({**NODE, "image": "https://sahl.example/\ud800.jpg"}))
    record = to_record(article(head))
    encoded = json.dumps(record, ensure_ascii=False).encode("utf-8")
    assert b"\\u0000" not in encoded
    assert record["authors"] == ["سناء\ufffd الجندي"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        json.dumps({**NODE, "wordCount": 10**400}),
        '{"@type":"NewsArticle","position":' + "9" * 5_000 + "}",
        '{"@type": 1, "headline": {}, "author": [[[null]]], "datePublished": [], "image": [{}]}',
        '{"@type":"NewsArticle","@id":["x"],"author":{"@id":{"a":1}},"keywords":[null,1,{"name":2}]}',
        '{"@type":"NewsArticle","author":{"@id":"#a"},"@id":"#a","publisher":[{"name":[{}]}]}',
        '{"@type":"BreadcrumbList","itemListElement":[null,1,{"item":[]},{"name":{}}]}',
        '"NewsArticle"',
        "NewsArticle",
        "\ufeff NewsArticle {",
    ],
)
def test_no_json_is_fatal(text: str) -> None:
    assert tuple(paragraph.text for paragraph in article(script(text)).body) == BODY


def test_nothing_in_the_json_parsing_suite_is_fatal(shared: Path) -> None:
    cases: list[dict[str, Any]] = json.loads((shared / "data/suites/json-parsing.json").read_text("utf-8"))
    refused = []
    for case in cases:
        text = base64.b64decode(case["base64"]).decode("utf-8", "surrogateescape")
        documents = load_json(text)
        list(nodes_of(documents))
        if case["expect"] == "y" and not documents:
            refused.append(case["name"])
    assert not refused


def test_meta_elements_are_read_by_any_attribute_and_case() -> None:
    head = """<meta name="Author" content="سناء الجندي"><meta property="ARTICLE:SECTION" content="محليات">
        <meta itemprop="datePublished" content="2024-05-03T08:15:00+03:00">"""
    assert told(article(head)) == ALL


def test_microdata_is_read_where_it_stands() -> None:
    line = """<span itemprop="author" itemscope><span itemprop="name">سناء الجندي</span></span>
        <time itemprop="datePublished" datetime="2024-05-03T08:15:00+03:00">3 مايو</time>
        <a itemprop="articleSection" href="/local">محليات</a>"""
    assert told(article("", body=f"<div>{line}</div>")) == ALL


@pytest.mark.parametrize("value", ["", "0000-00-00", "1970-01-01T00:00:00Z", "Invalid Date", "{{ date }}", "null"])
def test_a_stated_date_that_is_none_is_not_a_date(value: str) -> None:
    head = f'<meta property="article:published_time" content="{value}">'
    assert article(head).published_at is None


def test_a_stated_author_that_is_an_address_or_the_outlet_is_no_person() -> None:
    for name in ("https://facebook.com/sahl", "السهل", "sahl.example", "admin"):
        head = f'<meta property="og:site_name" content="السهل"><meta name="author" content="{name}">'
        assert article(head).authors == (), name
