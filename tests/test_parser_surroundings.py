"""A story among other stories: cards beside it weigh nothing, and what holds only them is no article."""

from __future__ import annotations

import pytest

from newsarchive.parser import read
from tests.test_parser import FIRST, HEADLINE, SECOND, TEXT, THIRD, URL, article, body_of, page, story
from tests.test_parser_authors import json_ld

TEASERS = [
    ("سوق الحي يعود إلى مكانه القديم", "عاد الباعة إلى السوق بعد ترميم استمر عامين كاملين."),
    ("مدرسة البلدة تفتح مكتبتها للأهالي", "فتحت المدرسة مكتبتها مساء كل خميس أمام أهالي البلدة."),
    ("طريق الوادي مغلق أمام الشاحنات", "أغلقت البلدية الطريق أسبوعاً كاملاً لأعمال الصيانة فيه."),
    ("مهرجان الزيتون يستقبل زواره", "يستقبل المهرجان زواره ثلاثة أيام في ساحة البلدة القديمة."),
    ("فريق البلدة يفوز على ضيوفه", "فاز الفريق بهدفين على ضيوفه في مباراة جرت تحت المطر."),
    ("حملة لتنظيف مجرى النهر", "شارك مئة متطوع في حملة لتنظيف مجرى النهر من الركام."),
]
CARDS = {
    "link over text": '<div class="card"><a href="/{n}"><img src="/{n}.jpg"><h3>{title}</h3></a><p>{text}</p></div>',
    "text in the link": '<article class="c"><a href="/{n}"><h3>{title}</h3><p>{text}</p></a></article>',
    "bare text in an item": '<li><a href="/{n}"><strong>{title}</strong></a> <span>{text}</span></li>',
    "numbered": '<div class="row row-{n}"><a href="/{n}">{title}</a><div><p>{text}</p></div></div>',
    "text around the title": '<div><a href="/{n}"><img></a><div><h5><a href="/{n}">{title}</a></h5>{text}</div></div>',
    "text in a div": '<div><strong><a href="/{n}">{title}</a></strong><div class="summary">{text}</div></div>',
}


def cards(kind: str) -> str:
    return "".join(CARDS[kind].format(n=n, title=title, text=text) for n, (title, text) in enumerate(TEASERS))


def beside(kind: str, main: str) -> str:
    return f'<div class="w"><div class="x"><h1>{HEADLINE}</h1>{main}</div><div class="y">{cards(kind)}</div></div>'


@pytest.mark.parametrize("kind", CARDS)
def test_a_short_story_is_told_from_the_cards_beside_it(kind: str) -> None:
    html = page(beside(kind, f"<div><p>{FIRST}</p><p>{SECOND}</p></div>"))
    assert body_of(html) == [FIRST, SECOND]


def test_a_short_story_that_is_named_a_caption_is_told_from_the_cards_below_it() -> None:
    assert body_of(page(beside("link over text", f'<div class="gallery-caption"><p>{FIRST}</p></div>'))) == [FIRST]


def test_paragraphs_that_each_have_a_link_are_no_cards() -> None:
    link = '<a href="/1">مشروع المياه في البلدة</a>'
    texts = [f"{text} وهذا جزء من {link}." for text in (FIRST, SECOND, *(text for _, text in TEASERS))]
    story = "".join(f'<div class="block"><p>{text}</p></div>' for text in texts)
    found = body_of(page(f'<div><h1>{HEADLINE}</h1><div class="s">{story}</div><div><p>{FIRST[::-1]}</p></div></div>'))
    assert len([text for text in found if text.endswith("في البلدة.")]) == len(texts)


def test_subheadings_of_the_first_rank_do_not_end_the_story() -> None:
    parts = "".join(f'<div><h1 class="sub">{title}</h1><p>{FIRST}</p><p>{text}</p></div>' for title, text in TEASERS)
    html = page(f'<section><div><h1 class="title">{HEADLINE}</h1><p>{SECOND}</p></div>{parts}</section>')
    assert len(body_of(html)) == 1 + 3 * len(TEASERS)


def test_a_short_last_block_of_the_same_make_goes_on_with_the_story() -> None:
    last = "فماذا يبقى للقرى التي لم تجد الماء بعد؟"
    block = '<div class="article-body-text part"><div class="section"><div class="text"><p>{}</p></div></div></div>'
    blocks = block.format(f"{FIRST}</p><p>{SECOND}</p><p>{THIRD}") + '<div class="ad"></div>' + block.format(last)
    assert body_of(page(f"<main><h1>{HEADLINE}</h1><div>{blocks}</div></main>")) == [FIRST, SECOND, THIRD, last]


@pytest.mark.parametrize("kind", CARDS)
def test_cards_under_a_line_of_text_are_no_article(kind: str) -> None:
    line = "<p>كل ما نشرناه عن المياه في البلدة والقرى التي حولها، من الأحدث إلى الأقدم.</p>"
    html = page(f"<div><h1>مياه</h1>{line}{cards(kind)}</div>", title="مياه - السهل")
    assert read(html, url="https://sahl.example/topics/water").article is None


def test_an_error_page_with_cards_is_an_error_page() -> None:
    line = f"<p>{FIRST}</p><p>ربما نُقل الخبر الذي تبحث عنه أو حُذف، أو أن الرابط الذي استخدمته غير صحيح.</p>"
    inner = f"<h1>الصفحة غير موجودة</h1>{line}"
    html = page(f"<div><div>{inner}</div><div>{cards('link over text')}</div></div>", title="الصفحة غير موجودة")
    reading = read(html.replace(b"<body>", b'<body class="error404">'), url=URL)
    assert (reading.article, reading.refusal) == (None, "error")


@pytest.mark.parametrize(
    "headline",
    [
        "خطأ طبي يودي بحياة شاب في مستشفى البلدة",
        "500 متطوع يحفرون بئراً في الساحة القديمة",
        "لم يتم العثور على الماء قبل عمق أربعين متراً",
        "الموافقة على حفر بئر في الساحة القديمة",
        "لحظة خروج الماء من البئر بعد أشهر من الحفر",
    ],
)
def test_a_short_story_whose_headline_begins_like_an_error_is_an_article(headline: str) -> None:
    html = page(f"<article><h1>{headline}</h1><p>{FIRST}</p></article>", title=f"{headline} - السهل")
    assert article(html).headline == headline


@pytest.mark.parametrize(
    "title", ["404", "404 | السهل", "خطأ", "خطأ - السهل", "عذراً، الصفحة غير متاحة", "404 Not Found"]
)
def test_a_small_page_with_the_title_of_an_error_is_one(title: str) -> None:
    assert read(page(f"<h1>{title}</h1><p>{FIRST}</p>", title=title), url=URL).refusal == "error"


def test_the_story_in_the_article_of_the_headline_goes_before_a_longer_text_in_another() -> None:
    others = "".join(
        f"<li><article><h2>{title}</h2><div><p>{text} {FIRST[::-1]}</p><p>{THIRD[::-1]}</p></div></article></li>"
        for title, text in TEASERS
    )
    html = page(
        f"<div><article><header><h1>{HEADLINE}</h1></header><div><p>{FIRST}</p><p>{SECOND}</p></div></article></div>"
        f"<div><ul>{others}</ul></div>"
    )
    assert body_of(html) == [FIRST, SECOND]


def test_a_lead_in_an_article_of_its_own_does_not_hide_the_story_in_the_next() -> None:
    story = [f"{title}: {text}" for title, text in TEASERS]
    html = page(
        f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p></article>"
        f"<article>{''.join(f'<p>{text}</p>' for text in story)}</article>"
    )
    assert body_of(html)[-len(story) :] == story


def test_a_footer_is_no_story() -> None:
    about = "".join(f"<p>{text}</p>" for _, text in TEASERS)
    html = page(f"<div><article><h1>{HEADLINE}</h1><div></div></article></div><footer><div>{about}</div></footer>")
    assert read(html, url=URL).article is None


def test_the_text_of_cards_under_their_heading_is_no_story() -> None:
    cards = "".join(CARDS["text around the title"].format(n=n, title=t, text=x) for n, (t, x) in enumerate(TEASERS[:2]))
    html = page(f"<div><h1>{HEADLINE}</h1>{FIRST}<br>{SECOND}<br>{THIRD}<br><h4>اخبار اخرى</h4>{cards}</div>")
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_a_list_of_stories_with_long_beginnings_is_no_article() -> None:
    items = "".join(
        f'<div class="item"><h2><a href="/r/{n}">{t}</a></h2><p>{FIRST}</p><p>{x} {SECOND}</p>'
        f'<p class="readmore"><a href="/r/{n}">إقرأ المزيد: {t}</a></p></div>'
        for n, (t, x) in enumerate(TEASERS[:3])
    )
    html = page(f'<div class="blog"><h1>تقارير</h1>{items}</div>', title="تقارير")
    assert read(html, url="https://sahl.example/index.php/reports").refusal == "section"


@pytest.mark.parametrize("pages", ["الصفحات: [1] 2 3", "صفحة 1 من 38 2 3"])
def test_a_little_text_over_the_numbers_of_pages_is_no_article(pages: str) -> None:
    html = page(f"<div><h1>منتدى الأخبار والأحداث العامة</h1><div><p>{FIRST}</p><p>{pages}</p></div></div>")
    assert read(html, url="https://sahl.example/forum?f=12").article is None


def test_short_titles_in_headings_of_cards_are_titles_of_other_stories() -> None:
    cards = "".join(
        f'<div class="o"><h3><a href="/{n}">عن الماء</a></h3><p>{x}</p></div>' for n, (_, x) in enumerate(TEASERS)
    )
    html = page(
        f"<div><h2>{HEADLINE}</h2><div><p>{FIRST}</p><p>{SECOND}</p></div><div><h2>للكاتب أيضا</h2>{cards}</div></div>"
    )
    assert body_of(html) == [FIRST, SECOND]


def test_what_a_site_tells_of_itself_is_no_article() -> None:
    body = f"<article><h1>من نحن</h1><div>{TEXT}</div></article>"
    html = page(body, head='<meta property="og:type" content="article">', title="من نحن - السهل")
    assert read(html, url="https://sahl.example/about/").refusal == "about"
    policy = body.replace("من نحن", "سياسة الخصوصية").replace("</p>", f" {FIRST} {SECOND}</p>")
    html = page(policy, title="سياسة الخصوصية | السهل")
    assert read(html, url="https://sahl.example/pages/privacy-policy.html").refusal == "about"
    assert read(page(body.replace("من نحن", "من نحن بلا ماء"), title="من نحن بلا ماء"), url=URL).article is not None


def test_a_heading_that_leads_to_what_a_site_tells_of_itself_does_not_hide_the_story() -> None:
    html = page(f"<div><h3>من نحن</h3><a href='/about'>السهل</a></div>{story(FIRST, SECOND, THIRD, FIRST[::-1])}")
    assert read(html, url="https://sahl.example/n?x=4").article is not None


def claimed(*paragraphs: str) -> str:
    text = "\\n".join(paragraphs)
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{text}"}}</script>'


def test_a_claimed_body_that_stands_in_furniture_of_another_article_is_read() -> None:
    long = [text * 2 for text in (FIRST, SECOND, THIRD)]
    aside = "".join(f"<p>{text}</p>" for text in long)
    other = FIRST[::-1] * 3
    html = page(
        f"<article><h1>{HEADLINE}</h1><p>{other}</p></article><article><aside>{aside}</aside></article>",
        head=claimed(*long),
    )
    assert body_of(html)


def test_what_follows_an_insert_in_bare_text_is_kept() -> None:
    insert = f'<h4>اقرأ أيضا</h4><a href="/n/1">{TEASERS[0][0]}</a>'
    body = f"{FIRST}<br>{SECOND}{insert}<br>{THIRD}<br>{FIRST[::-1]}"
    found = body_of(page(f"<article><h1>{HEADLINE}</h1><div>{body}</div></article>"))
    assert found == [FIRST, SECOND, THIRD, FIRST[::-1]]


def test_an_article_with_a_box_of_linked_headings_is_one() -> None:
    box = "".join(f'<h3><a href="/{n}">{title}</a></h3>' for n, (title, _) in enumerate(TEASERS[:4]))
    story = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD) * 2)
    html = page(f"<article><h1>{HEADLINE}</h1><div>{story}<h4>اقرأ أيضا</h4><div>{box}</div></div></article>")
    assert read(html, url="https://sahl.example/news/amn").article is not None


def test_articles_without_a_name_side_by_side_are_one_story() -> None:
    rest = "".join(f"<p>{text}</p>" for text in (SECOND, THIRD) * 3)
    html = page(f"<div><article><h1>{HEADLINE}</h1><p>{FIRST}</p></article><article>{rest}</article></div>")
    assert body_of(html) == [FIRST, *[SECOND, THIRD] * 3]


@pytest.mark.parametrize("tag", ["nav", "footer"])
def test_a_whole_story_in_a_menu_that_was_never_closed_is_read(tag: str) -> None:
    story = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD) * 2)
    html = page(f"<header><h1>{HEADLINE}</h1></header><{tag}><ul><li>محليات</li></ul><div class=txt>{story}</div>")
    assert body_of(html) == [FIRST, SECOND, THIRD] * 2


@pytest.mark.parametrize(("name", "refusal"), [("ألبومات الصور", "section"), ("ألبومات الصور من البئر", None)])
def test_a_list_is_known_where_title_and_heading_call_it_one(name: str, refusal: str | None) -> None:
    rows = "".join(f"<div><p>{title}. {text} {SECOND}</p></div>" for title, text in TEASERS)
    html = page(f"<div><h1>{name}</h1><div>{rows}</div></div>", title=f"{name} | السهل")
    assert read(html, url="https://sahl.example/galleries?page=1").refusal == refusal


@pytest.mark.parametrize(
    "headline",
    [
        "أسعار الذهب: ارتفاع كبير في السوق المحلية",
        "حالة الطقس: أمطار غزيرة على الساحل",
        "آخر الأخبار: اتفاق على حفر البئر",
        "خطأ في التطبيق يكشف بيانات آلاف الأهالي",
        "خطأ في الخادم يوقف بيع التذاكر",
        "تم حذف الصفحة: شركة تغلق حسابات القرية",
        "تم حذف هذا المقال من الموسوعة بعد أسبوع",
        "شروط الاستخدام: تطبيق يغير سياسته",
        "سياسة الخصوصية: شركة أمام القضاء",
        "Runtime error cost the port a million",
        "This domain of research is young",
    ],
)
def test_a_headline_that_begins_as_a_notice_does_is_one(headline: str) -> None:
    html = page(f"<h1>{headline}</h1><span class=date>3 مايو 2019</span><p>{FIRST}</p>", title=f"{headline} - السهل")
    assert read(html, url="https://sahl.example/news/12345").refusal is None


def test_a_notice_in_the_place_of_a_story_whose_day_is_stated_is_weighed_with_it() -> None:
    stated = '<meta property="article:published_time" content="2019-05-03T10:00:00+03:00">'
    title = "خطأ"
    long = page(f"<h1>{title}</h1><p>{FIRST} {SECOND} {THIRD}</p>", title=title, head=stated)
    assert read(long, url="https://sahl.example/news/12345").refusal is None
    short = page(f"<h1>{title}</h1><p>{FIRST}</p>", title=title, head=stated)
    assert read(short, url="https://sahl.example/news/12345").refusal == "error"


@pytest.mark.parametrize("title", ["تم حذف الخبر :: السهل", "من نحن : السهل", "This domain name has expired"])
def test_a_notice_with_the_sites_name_is_one(title: str) -> None:
    assert read(page(f"<p>{FIRST}</p>", title=title), url="https://sahl.example/n?id=4").refusal in ("error", "about")


@pytest.mark.parametrize(
    ("title", "notice", "refusal"),
    [
        ("شبكة السهل", "<p>الموقع مغلق للصيانة.</p><p>يرجى زيارتنا لاحقاً، ونعتذر لقرائنا عن التوقف.</p>", "error"),
        ("السهل", "<h1>عذراً، هذا الخبر لم يعد متوفراً</h1><p>لقد تم حذف الخبر الذي تحاول قراءته.</p>", "error"),
    ],
)
def test_a_notice_in_the_place_of_a_page_is_one(title: str, notice: str, refusal: str) -> None:
    assert read(page(notice, title=title), url="https://sahl.example/news/article/518843").refusal == refusal


def test_what_a_site_says_of_privacy_is_no_article_though_it_is_marked_up_as_one() -> None:
    head = json_ld("السهل", "السهل")
    body = f"<h1>سياسة الخصوصية</h1><p>{FIRST}</p><h2>ملفات تعريف الارتباط</h2><p>{SECOND}</p><p>{THIRD}</p>"
    html = page(body, head=head, title="سياسة الخصوصية - السهل")
    assert read(html, url="https://sahl.example/page/privacy-policy").refusal == "about"


def test_a_feed_is_a_list_of_stories() -> None:
    item = f"<item><title>{HEADLINE}</title><description>{FIRST} {SECOND} {THIRD}</description></item>"
    channel = f'<rss version="2.0"><channel>{item * 4}</channel></rss>'
    feed = f'<?xml version="1.0" encoding="utf-8"?>\n<!-- السهل -->\n{channel}'
    assert read(feed.encode(), url="https://sahl.example/spip.php?page=backend").refusal == "section"


def test_the_day_over_a_story_goes_before_those_of_the_cards_under_it() -> None:
    card = f'<div class="rel-item"><a href="/n/9">{HEADLINE}</a><span class="rel-date">2020-10-10</span></div>'
    over = "<div><span>16 تشرين الأول 2020 - 09:12</span> <span>المصدر: <b>سهل نت</b></span></div>"
    html = page(story(before=over, after=f"<div>{card}{card}</div>"))
    found = read(html, url="https://sahl.example/news/71833").article
    assert found is not None
    assert found.published_at is not None
    assert (found.published_at.value[:10], [each.name for each in found.credits]) == ("2020-10-16", ["سهل نت"])


@pytest.mark.parametrize("line", ["الموقع مغلق أمام الزوار منذ شهر", "هذا الخبر لم يعد سرا في البلدة"])
def test_a_headline_that_begins_as_a_notice_does_is_none(line: str) -> None:
    html = page(f"<article><h1>{line}</h1><p>{FIRST}</p></article>", title=line)
    assert read(html, url="https://sahl.example/news/1").refusal is None


def test_a_brief_that_begins_as_a_notice_does_is_read() -> None:
    told = "يرجى الانتظار حتى صدور النتائج غدا في الساحة القديمة، كما قال المشرف على العمل في بيان قصير للأهالي."
    html = page(f"<article><h1>{HEADLINE}</h1><p>{told}</p></article>")
    assert read(html, url="https://sahl.example/news/2").refusal is None
