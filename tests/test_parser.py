"""Reading a page: the fixtures in full, and what each field is on small invented pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import newsarchive
from newsarchive.errors import ParseError
from newsarchive.models import Article
from newsarchive.parser import PARSER_VERSION, parse, read
from tests.conftest import FixturePage, fixture_pages

URL = "https://sahl.example/news/2024/5/3/441-well"
FIRST = "حفر أهالي البلدة بئراً جديدة في الساحة القديمة بعد صيف جاف، وتقاسموا الكلفة بينهم على مدى ثلاثة أشهر."
SECOND = "وقال المشرف على العمل إن الماء ظهر على عمق أربعين متراً، وإن المضخة ستعمل بالطاقة الشمسية طوال العام."
THIRD = "وتكفي البئر حاجة مئة وعشرين بيتاً، على أن تُمدّ الأنابيب إلى الحي الشرقي قبل حلول الخريف المقبل."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
HEADLINE = "أهالي البلدة يحفرون بئراً في الساحة القديمة"


def page(body: str, *, head: str = "", title: str = f"{HEADLINE} - السهل") -> bytes:
    return f'<html lang="ar"><head><title>{title}</title>{head}</head><body>{body}</body></html>'.encode()


def story(*paragraphs: str, before: str = "", after: str = "") -> str:
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or (FIRST, SECOND, THIRD))
    return f"<article><h1>{HEADLINE}</h1>{before}<div>{inner}</div>{after}</article>"


def article(html: bytes, **options: object) -> Article:
    found = parse(html, url=URL, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def body_of(html: bytes) -> list[str]:
    return [paragraph.text for paragraph in article(html).body]


# --- fixtures ---------------------------------------------------------------------------------------

ASKED = {"content_type", "fetched_at", "not_article", "refusal"}


@pytest.mark.parametrize("fixture", fixture_pages(), ids=lambda fixture: fixture.name)
def test_a_fixture_reads_as_expected(fixture: FixturePage) -> None:
    expected = fixture.expected
    reading = read(
        fixture.content,
        url=expected["url"],
        content_type=expected.get("content_type"),
        fetched_at=datetime.fromisoformat(expected["fetched_at"]) if expected.get("fetched_at") else None,
    )
    if expected.get("not_article"):
        assert (reading.article, reading.refusal) == (None, expected["refusal"])
        return
    assert reading.article is not None, reading.refusal
    record = newsarchive.to_record(reading.article)
    record["related"] = [{"url": link.url, "text": link.text, "kind": link.kind} for link in reading.article.related]
    for field in expected.keys() - ASKED:
        assert narrowed(record[field], expected[field]) == expected[field], field


def narrowed(found: object, expected: object) -> object:
    """What was found, without the keys that the expectation says nothing on."""
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return [narrowed(*pair) for pair in zip(found, expected, strict=True)]
    if isinstance(found, dict) and isinstance(expected, dict):
        return {key: found.get(key) for key in expected}
    return found


def test_the_seed_page_is_read_in_every_field(shared: object) -> None:
    from benchmarks.extraction import annotated, read_record, score_page

    name, content, expected = next(page for page in annotated(shared / "pages") if page[0] == "adarpress_seed")  # type: ignore[operator]
    scores = score_page(expected, read_record(content, expected))
    assert set(scores.values()) == {1.0}, (name, scores)


# --- headline and labels ----------------------------------------------------------------------------


def test_headline_is_without_the_name_of_the_site() -> None:
    head = f'<meta property="og:title" content="{HEADLINE} | السهل"><meta property="og:site_name" content="السهل">'
    found = article(page(f"<div><p>{FIRST}</p><p>{SECOND}</p></div>", head=head))
    assert found.headline == HEADLINE


def test_headline_without_h1_is_the_line_that_the_title_repeats() -> None:
    table = f"<table><tr><td><font size=5><b>{HEADLINE}</b></font><tr><td>{FIRST}<br>{SECOND}<br>{THIRD}</table>"
    found = article(page(table, title=f"بوابة السهل : {HEADLINE}"))
    assert (found.headline, found.outlet) == (HEADLINE, "بوابة السهل")
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("printed", "headline", "labels"),
    [
        (f"عاجل | {HEADLINE}", HEADLINE, ("عاجل",)),
        (f"بالصور.. {HEADLINE}", HEADLINE, ("بالصور",)),
        (f"خاص: {HEADLINE}", HEADLINE, ("خاص",)),
        (f"[حصري] {HEADLINE}", HEADLINE, ("حصري",)),
        (f"عاجل - بالفيديو: {HEADLINE}", HEADLINE, ("عاجل", "بالفيديو")),
        (f"{HEADLINE} (صور)", HEADLINE, ("صور",)),
        ("خاص بالنساء: مركز جديد يفتح أبوابه للتدريب", "خاص بالنساء: مركز جديد يفتح أبوابه للتدريب", ()),
    ],
)
def test_labels_stand_apart_from_the_headline(printed: str, headline: str, labels: tuple[str, ...]) -> None:
    found = article(page(story().replace(f"<h1>{HEADLINE}", f"<h1>{printed}"), title=printed))
    assert (found.headline, found.labels) == (headline, labels)


def test_a_kicker_inside_the_heading_is_no_part_of_it() -> None:
    html = story().replace("<h1>", '<h1><span class="kicker">مياه</span> ')
    assert article(page(html)).headline == HEADLINE


def test_what_most_of_the_page_says_is_the_headline() -> None:
    head = '<meta property="og:title" content="شاهد ماذا وجد الأهالي تحت الساحة">'
    assert article(page(story(), head=head)).headline == HEADLINE


# --- body -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        TEXT,
        f"{FIRST}<br>{SECOND}<br><br>{THIRD}",
        f"<p>{FIRST}<br />{SECOND}</p>{THIRD}",
        f"<div>{FIRST}</div><div><div>{SECOND}</div></div><span>{THIRD}</span>",
        f"<x-line>{FIRST}</x-line><x-line>{SECOND}</x-line><x-line>{THIRD}</x-line>",
        f"<section><p>{FIRST}</p></section><section><p>{SECOND}</p></section><section><p>{THIRD}</p></section>",
        f"<table><tr><td>{FIRST}</td></tr><tr><td>{SECOND}<p>{THIRD}</td></tr></table>",
        f"<font face=Tahoma>{FIRST}<p>{SECOND}<p>{THIRD}</font>",
    ],
)
def test_paragraphs_are_found_in_any_markup(markup: str) -> None:
    html = f"<div><h1>{HEADLINE}</h1><div class='x'>{markup}</div></div>"
    assert body_of(page(html)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "furniture",
    [
        "<figure><img src=/a.jpg><figcaption>البئر بعد اكتمال الحفر</figcaption></figure>",
        "<div><img src=/a.jpg><div>البئر بعد اكتمال الحفر</div></div>",
        '<div class="share-buttons"><a href="#">فيسبوك</a> <a href="#">تويتر</a></div>',
        '<div class="post-tags">وسوم: <a href="/t/1">مياه</a></div>',
        '<p><strong>اقرأ أيضاً:</strong> <a href="/1">قرى السهل تستعد للصيف بخزانات جديدة</a></p>',
        "<p>اقرأ أيضا</p><ul><li><a href='/1'>قرى السهل تستعد للصيف</a></li></ul>",
        '<p><a href="https://t.me/sahl">اشترك في قناتنا على تلغرام ليصلك الجديد</a></p>',
        "<p>تابعونا على صفحاتنا في مواقع التواصل</p>",
        "<div>إعلان</div>",
        '<div class="newsletter"><p>رسالة أسبوعية تصلك صباح كل أحد بأهم ما نشرناه في الأسبوع.</p></div>',
        '<aside><h3>مواضيع ذات صلة</h3><a href="/1">قرى السهل تستعد للصيف</a></aside>',
        "<script>var x = 'نص طويل لا يقرؤه أحد من الناس أبداً مهما طال.';</script>",
        "<p>© رويترز</p>",
        '<p style="display: none">نص خفي لا يظهر للقارئ أبداً مهما بحث عنه في الصفحة.</p>',
        '<p class="screen-reader-text">تخطى إلى المحتوى الرئيسي في هذه الصفحة من الموقع.</p>',
        "<table><tr><th>الشهر</th><th>الكلفة</th></tr><tr><td>آذار</td><td>120</td></tr></table>",
    ],
)
def test_what_is_no_running_text_is_left_out(furniture: str) -> None:
    html = f"<article><h1>{HEADLINE}</h1><div><p>{FIRST}</p>{furniture}<p>{SECOND}</p><p>{THIRD}</p></div></article>"
    assert body_of(page(html)) == [FIRST, SECOND, THIRD]


def test_headings_items_and_quotes_are_told_apart() -> None:
    inner = f"<p>{FIRST}</p><h2>الكلفة</h2><ul><li>{SECOND}</li></ul><blockquote><p>{THIRD}</p></blockquote>"
    found = article(page(f"<article><h1>{HEADLINE}</h1><div>{inner}</div></article>"))
    assert [paragraph.kind for paragraph in found.body] == ["text", "heading", "item", "quote"]


def test_the_lead_between_headline_and_text_comes_first() -> None:
    lead = "بئر واحدة لمئة وعشرين بيتاً حفرها أصحابها بأيديهم بعد صيف جاف"
    assert body_of(page(story(before=f'<p class="lead">{lead}</p>')))[0] == lead


def test_text_is_kept_as_published() -> None:
    printed = "وَقَالَ المُشرِفُ إنَّ المـــاءَ ظَهَرَ عَلَى عُمقِ ٤٠ مِتراً، وإنّ المضخّة «لن تتوقّف» بعد اليوم أبداً."
    assert body_of(page(story(FIRST, printed, THIRD)))[1] == printed


def test_a_class_of_layout_does_not_lose_the_story() -> None:
    html = f'<div class="has-sidebar no-comments"><div class="sidebar-left content">{story()}</div></div>'
    assert body_of(page(html)) == [FIRST, SECOND, THIRD]


def test_comments_longer_than_the_story_are_no_story() -> None:
    comment = "<p>تعليق طويل من قارئ يحكي فيه عن بئر أخرى في قرية بعيدة لا علاقة لها بهذا الخبر من قريب أو بعيد.</p>"
    html = page(story(after=f'<div class="comments"><h3>التعليقات</h3>{comment * 12}</div>'))
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_of_two_stories_on_a_page_the_first_is_read() -> None:
    other = (
        f"<article><h1>سوق الحي يعود إلى مكانه القديم</h1><div>{'<p>' + SECOND + '</p>'}<p>{THIRD}</p></div></article>"
    )
    assert body_of(page(f"<main>{story(FIRST, SECOND)}{other}</main>")) == [FIRST, SECOND]


def test_a_body_that_only_metadata_holds_is_taken_from_there() -> None:
    text = "\\n".join([FIRST, SECOND, THIRD] * 3)
    node = f'{{"@type":"NewsArticle","headline":"{HEADLINE}","articleBody":"{text}"}}'
    head = f'<script type="application/ld+json">{node}</script>'
    found = article(page(f"<h1>{HEADLINE}</h1><div id=app></div>", head=head))
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND, THIRD] * 3
    assert found.provenance["body"].rule == "json-ld articleBody"


# --- dates ------------------------------------------------------------------------------------------

FETCHED = datetime(2024, 5, 10, 9, 0, tzinfo=UTC)


def published(html: bytes, *, url: str = URL, fetched_at: datetime | None = FETCHED) -> tuple[str | None, str | None]:
    found = parse(html, url=url, fetched_at=fetched_at)
    assert found is not None
    rule = found.provenance.get("published_at")
    return found.published_at.value if found.published_at else None, rule.rule if rule else None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('<time datetime="2024-05-03T08:15:00+03:00">الجمعة</time>', "2024-05-03T08:15:00+03:00"),
        ('<span class="post-date">3 أيار 2024</span>', "2024-05-03"),
        ("<p>الجمعة ٣ مايو ٢٠٢٤</p>", "2024-05-03"),
        ("<div class='x'>نُشر في: 3 أيار 2024 | عدد القراء: 12</div>", "2024-05-03"),
        ("<div>منذ يومين</div>", "2024-05-08"),
    ],
)
def test_the_date_is_read_above_the_story(line: str, value: str) -> None:
    assert published(page(story(before=line)), url="https://sahl.example/n?id=441")[0] == value


def test_metadata_tells_the_date_before_what_is_shown() -> None:
    head = '<meta property="article:published_time" content="2024-05-03T08:15:00+03:00">'
    html = page(story(before='<span class="date">2 أيار 2024</span>'), head=head)
    assert published(html) == ("2024-05-03T08:15:00+03:00", "meta article:published_time")


def test_a_stated_date_that_is_the_day_of_the_fetch_gives_way_to_an_older_one_shown() -> None:
    head = '<meta property="article:published_time" content="2024-05-10T08:59:00+00:00">'
    html = page(story(before='<span class="date">3 أيار 2024</span>'), head=head)
    assert published(html) == ("2024-05-03", "visible date")


def test_a_line_of_change_is_not_the_date_of_publication() -> None:
    html = page(story(before='<div class="date">آخر تحديث: 9 أيار 2024</div>'))
    assert published(html) == ("2024-05-03", "date in the address")
    found = article(html, fetched_at=FETCHED)
    assert found.modified_at is not None
    assert found.modified_at.value == "2024-05-09"


def test_a_day_before_the_word_for_a_change_is_that_of_the_publication() -> None:
    html = page(story(before='<div class="date">3 أيار 2024 آخر تحديث 12:33</div>'))
    assert published(html, url="https://sahl.example/n/441") == ("2024-05-03", "visible date")


def test_the_day_of_the_reader_is_not_that_of_the_story() -> None:
    bar = '<span class="date">اليوم: <span>5/5/2024</span></span>'
    html = page(story(before=f'{bar}<div class="date">3 مايو 2024</div>'))
    assert published(html, url="https://sahl.example/n?id=441") == ("2024-05-03", "visible date")


def test_a_date_in_a_paragraph_with_the_author_is_read() -> None:
    line = '<p><small>الجمعة ٣ أيار (مايو) ٢٠٢٤، بقلم <span class="author">أحمد علي</span></small></p>'
    html = page(story(before=line))
    assert published(html, url="https://sahl.example/n?id=441") == ("2024-05-03", "line over the story")


def test_a_number_and_a_day_in_the_story_are_no_issue() -> None:
    html = page(
        f"<div><h1>{HEADLINE}</h1><div>وارتفع العدد 2024 شخصا منذ 5 مايو 1999<br>{FIRST}<br>{SECOND}</div></div>"
    )
    assert published(html, url="https://sahl.example/2024/abc-def")[0] is None


def test_the_number_of_an_issue_may_be_in_arabic_digits() -> None:
    bar = "<table><tr><td>العدد ١٢٣٤٥ الجمعة 3 مايو 2024</td></tr></table>"
    html = page(f"{bar}<div><div>{story()}</div></div>")
    assert published(html, url="https://sahl.example/d.asp?issue=12345") == ("2024-05-03", "day of the issue")


def test_a_day_in_the_dateline_is_that_of_the_story() -> None:
    html = page(story(f"طرابلس 3 مايو 2024 (وال) - {FIRST}", SECOND, THIRD))
    assert published(html, url="https://sahl.example/n?id=441") == ("2024-05-03", "dateline")


@pytest.mark.parametrize(("query", "told"), [("issueno=10861", True), ("date=03052024", True), ("id=441", False)])
def test_the_day_of_an_issue_is_believed_where_the_address_bears_it_out(query: str, told: bool) -> None:
    bar = '<table><tr><td class="bar">الجمعة 3 مايو 2024 العدد 10861</td></tr></table>'
    html = page(f"{bar}<div><div>{story()}</div></div>")
    expected = ("2024-05-03", "day of the issue") if told else (None, None)
    assert published(html, url=f"https://sahl.example/d.asp?{query}") == expected


def test_a_relative_time_is_none_without_the_time_of_the_fetch() -> None:
    html = page(story(before="<div>منذ 3 ساعات</div>"))
    assert published(html, url="https://sahl.example/n?id=441", fetched_at=None) == (None, None)


def test_a_date_far_after_the_fetch_is_not_believed() -> None:
    head = '<meta property="article:published_time" content="2034-05-03T08:15:00+03:00">'
    assert published(page(story(), head=head), url="https://sahl.example/n?id=441")[0] is None


# --- credits and authors ----------------------------------------------------------------------------


def test_a_credit_line_leaves_the_body_and_is_kept_as_printed() -> None:
    head = '<meta property="og:site_name" content="السهل">'
    found = article(page(story("<b>السهل - رويترز</b>", FIRST, SECOND), head=head))
    assert found.source == "السهل - رويترز"
    assert [credit.name for credit in found.credits] == ["رويترز"]
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND]


def test_a_dateline_credits_and_stays_in_the_text() -> None:
    opening = f"بيروت (أ ف ب) - {FIRST}"
    found = article(page(story(opening, SECOND, THIRD)))
    assert ([credit.name for credit in found.credits], found.source) == (["أ ف ب"], None)
    assert found.body[0].text == opening


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ('<span class="author">سناء الجندي</span>', ("سناء الجندي",)),
        ('<a rel="author" href="/a/1">سناء الجندي</a>', ("سناء الجندي",)),
        ("<p>كتب: عمر الخطيب</p>", ("عمر الخطيب",)),
        ('<div class="byline">بقلم <a href="/1">سناء الجندي</a> و<a href="/2">عمر الخطيب</a></div>',
         ("سناء الجندي", "عمر الخطيب")),
        ('<span class="author">فريق التحرير</span>', ()),
        ('<span class="author">admin</span>', ()),
    ],
)  # fmt: skip
def test_authors_are_persons_that_the_page_names(line: str, authors: tuple[str, ...]) -> None:
    assert article(page(story(before=line))).authors == authors


def test_an_agency_in_the_slot_of_the_author_is_credited() -> None:
    found = article(page(story(before='<div class="author">د ب أ</div>')))
    assert (found.authors, [credit.name for credit in found.credits]) == ((), ["د ب أ"])


def test_whom_the_page_shows_wins_over_the_poster_in_metadata() -> None:
    head = '<meta name="author" content="سامي رافع الملفات">'
    found = article(page(story(before='<span class="author">سناء الجندي</span>'), head=head))
    assert found.authors == ("سناء الجندي",)


# --- section, tags, related, images -----------------------------------------------------------------


def test_the_section_is_the_last_breadcrumb_before_the_headline() -> None:
    trail = f'<nav class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/c/3">محليات</a> » {HEADLINE}</nav>'
    assert article(page(story(before=trail))).section == "محليات"


def test_the_section_is_the_link_that_the_menu_has_as_well() -> None:
    menu = '<ul><li><a href="/">الرئيسية</a></li><li><a href="/c3">محليات</a></li></ul>'
    html = page(menu + story(before='<div><a href="/c3">محليات</a></div>'))
    assert article(html).section == "محليات"


def test_shown_tags_win_over_keywords_of_the_whole_site() -> None:
    head = '<meta name="keywords" content="أخبار, سياسة, رياضة, السهل">'
    tags = '<div class="tags"><a href="/t/1">مياه</a> <a href="/t/2">آبار</a></div>'
    assert article(page(story(after=tags), head=head)).tags == ("مياه", "آبار")
    assert article(page(story(), head=head)).tags == ()


def test_related_links_are_typed_and_sidebars_are_none() -> None:
    insert = '<p>اقرأ أيضاً: <a href="/11">خزان جديد في أعلى البلدة القديمة</a></p>'
    box = '<div><h3>مقالات ذات صلة</h3><ul><li><a href="/12">مضخات شمسية في القرى البعيدة</a></li></ul></div>'
    side = '<aside class="sidebar"><h3>الأكثر قراءة</h3><a href="/13">مباراة الأمس انتهت بلا أهداف</a></aside>'
    tags = '<div class="tags"><a href="/t/1">مياه</a></div>'
    html = f"<article><h1>{HEADLINE}</h1><div><p>{FIRST}</p>{insert}<p>{SECOND}</p><p>{THIRD}</p></div>{tags}</article>"
    found = article(page(f"<main>{html}{box}{side}</main>"))
    assert [(link.kind, link.url, link.text) for link in found.related] == [
        ("inline", "https://sahl.example/11", "خزان جديد في أعلى البلدة القديمة"),
        ("tag", "https://sahl.example/t/1", "مياه"),
        ("related", "https://sahl.example/12", "مضخات شمسية في القرى البعيدة"),
    ]


def test_images_have_their_caption_and_credit() -> None:
    figure = (
        '<figure><img src="data:image/gif;base64,R0" data-src="/i/well.jpg">'
        '<figcaption>البئر بعد اكتمال الحفر <span class="credit">تصوير: هاني العلي</span></figcaption></figure>'
    )
    found = article(page(story(before=figure)))
    assert [(image.url, image.caption, image.credit) for image in found.images] == [
        ("https://sahl.example/i/well.jpg", "البئر بعد اكتمال الحفر", "تصوير: هاني العلي")
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FIRST, "ar"),
        ("ساکنان روستا پس از تابستانی خشک در میدان قدیمی چاه تازه‌ای کندند و هزینه آن را میان خود بخش کردند.", "fa"),
        (
            "گاؤں کے لوگوں نے خشک گرمیوں کے بعد پرانے میدان میں ایک نیا کنواں کھودا اور اس کا خرچ آپس میں بانٹ لیا۔",
            "ur",
        ),
        ("خەڵکی گوندەکە دوای هاوینێکی وشک لە گۆڕەپانە کۆنەکەدا بیرێکی نوێیان هەڵکەند و تێچووەکەیان دابەش کرد.", "ckb"),
    ],
)
def test_languages_of_arabic_script_are_told_by_their_letters(text: str, language: str) -> None:
    head = '<meta property="article:published_time" content="2024-05-03T08:15:00+03:00">'
    html = page(f"<article><h1>{HEADLINE}</h1><div><p>{text}</p><p>{text}</p></div></article>", head=head)
    assert article(html).language == language


def test_every_value_tells_where_it_comes_from() -> None:
    found = article(page(story(before='<span class="author">سناء الجندي</span>')))
    assert found.provenance["headline"].rule == "h1"
    assert found.provenance["authors"].place == "/html/body/article/span"
    assert {"headline", "body", "language", "published_at", "authors", "outlet"} <= found.provenance.keys()


# --- what is no article -----------------------------------------------------------------------------

LIST = "".join(f'<h2><a href="/n/{n}">خبر طويل العنوان عن أمر ما رقم {n}</a></h2><p>{SECOND}</p>' for n in range(8))


@pytest.mark.parametrize(
    ("html", "url", "refusal"),
    [
        (page(f"<div>{LIST}</div>", title="السهل"), "https://sahl.example/", "home"),
        (page(f"<div>{LIST}</div>", title="السهل"), "https://sahl.example/index.php", "home"),
        (
            page(f"<h1>محليات</h1><div>{LIST}</div>", title="محليات - السهل"),
            "https://sahl.example/category/3",
            "section",
        ),
        (page(f"<h1>مياه</h1><div>{LIST}</div>", title="الوسم: مياه"), "https://sahl.example/tag/water", "tag"),
        (page(f"<h1>نتائج البحث عن: بئر</h1>{LIST}"), "https://sahl.example/?s=well", "search"),
        (page("<h1>404</h1><p>الصفحة غير موجودة</p>", title="الصفحة غير موجودة"), "https://sahl.example/x", "error"),
        (page("<h1>Just a moment...</h1>", title="Just a moment..."), URL, "challenge"),
        (page("<h1>نحن نهتم بخصوصيتك</h1><p>نستخدم ملفات تعريف الارتباط.</p>", title="السهل"), URL, "consent"),
        (page("<div id=app></div>", title="السهل"), URL, "empty"),
        (b"", URL, "empty"),
        (b"<!-- -->", URL, "empty"),
    ],
)
def test_a_page_that_is_no_article_is_refused_with_what_it_is(html: bytes, url: str, refusal: str) -> None:
    reading = read(html, url=url)
    assert (reading.article, reading.refusal) == (None, refusal)
    assert parse(html, url=url) is None


def test_a_flash_of_two_sentences_is_an_article() -> None:
    head = '<meta property="og:type" content="article">'
    assert body_of(page(story(FIRST), head=head)) == [FIRST]


# --- how it is read ---------------------------------------------------------------------------------


def test_the_encoding_and_its_reason_are_told() -> None:
    html = page(story()).replace(b"<head>", b'<head><meta charset="utf-8">').decode().encode("windows-1256", "replace")
    reading = read(html, url=URL)
    assert reading.encoding == "windows-1256"
    assert reading.encoding_reason
    assert reading.article is not None
    assert reading.article.headline == HEADLINE


def test_a_page_that_says_it_is_not_free_is_noted() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    note = read(page(story(), head=head), url=URL).note
    assert note is not None
    assert "not free" in note


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<table><tr><td>"])
def test_what_lxml_cuts_is_read_whole_by_the_second_parser(opening: str) -> None:
    html = page(f"<h1>{HEADLINE}</h1><p>{FIRST}</p>{opening * 300}<p>{SECOND}</p><p>{THIRD}</p>")
    reading = read(html, url=URL)
    assert reading.note is not None
    assert reading.note.startswith("BeautifulSoup took over")
    assert reading.article is not None
    assert [paragraph.text for paragraph in reading.article.body] == [FIRST, SECOND, THIRD]


def test_what_lxml_cannot_bear_is_refused_at_once() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(20_000))
    with pytest.raises(ParseError, match="attributes"):
        parse(page(f"<div {attributes}>{FIRST}</div>"), url=URL)


def test_a_long_script_is_no_tag_with_many_attributes() -> None:
    script = "var a = b < c; " + " ".join(f'k{n}="v"' for n in range(20_000))
    assert body_of(page(f"<script>{script}</script>{story()}")) == [FIRST, SECOND, THIRD]


def test_a_page_of_more_than_ten_megabytes_is_refused() -> None:
    with pytest.raises(ParseError, match="bytes"):
        parse(b"<p>" + b"x" * (10 * 1024 * 1024), url=URL)


def test_nul_becomes_a_replacement_character_and_hides_nothing() -> None:
    assert body_of(page(story(FIRST, SECOND.replace("الماء", "الم\0اء"), THIRD)))[1:] == [
        SECOND.replace("الماء", "الم\ufffdاء"),
        THIRD,
    ]


def test_the_version_of_the_parser_is_a_string() -> None:
    assert PARSER_VERSION.isdigit()
