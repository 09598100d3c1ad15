"""Section and tags where no metadata states them and no usual name marks them."""

from __future__ import annotations

import pytest

from tests.test_parser import FIRST, HEADLINE, SECOND, TEXT, THIRD, article, body_of, page, story

LINKS = '<a href="/t/1">مياه</a> <a href="/t/2">بلدات</a>'


@pytest.mark.parametrize(
    "above",
    [
        '<div class="x1"><a href="/">الرئيسية</a> &gt;&gt; <a href="/c/3">بيئة</a></div>',
        '<ul class="breadcrumbs__list"><li><a href="/">الرئيسية</a></li><li><a href="/c/3">بيئة</a></li></ul>',
        '<div class="x1"><a href="/">Home</a> / <a href="/c/3">بيئة</a></div>',
    ],
)
def test_the_path_from_the_home_page_over_the_article_ends_with_its_section(above: str) -> None:
    assert article(page(f"<main>{above}{story()}</main>")).section == "بيئة"


def test_a_menu_is_no_path_from_the_home_page() -> None:
    menu = "".join(f'<a href="/c/{n}">{name}</a>' for n, name in enumerate(["الرئيسية", "محليات", "رياضة", "بيئة"]))
    small = '<div><a href="/">الرئيسية</a> <a href="/v">فيديو</a> <a href="/s">بحث</a></div>'
    assert article(page(f"<div>{menu}</div>{small}<main>{story()}</main>")).section is None


@pytest.mark.parametrize(
    ("above", "section"),
    [
        ('<div class="detay-spot-category"><a href="/c/3">بيئة</a></div>', "بيئة"),
        ('<span class="x"><a href="/section/3">بيئة</a></span><span class="y"> ألمانيا</span>', "بيئة"),
        ('<div class="x"><a href="/print/7">طباعة</a></div>', None),
        ('<div class="x"><a href="/n/8">مقتل شخصين في حادث سير</a></div>', None),
        ('<div class="x"><a href="/2012/5/31">الخميس، 31 أيار 2012</a></div>', None),
        ('<div class="x"><a href="/author/sana">سناء الجندي</a></div>', None),
        ('<div class="x">كتب <a href="/c/3">بيئة</a></div>', None),
    ],
)
def test_the_one_link_right_over_the_headline_is_the_section(above: str, section: str | None) -> None:
    html = page(story().replace("<h1>", f"{above}<h1>"))
    assert article(html).section == section


def test_the_name_of_an_author_in_the_menu_is_no_section() -> None:
    link = '<a href="/author/sana">سناء الجندي</a>'
    assert article(page(f"<nav>{link}</nav>{story(before=f'<div>{link}</div>')}")).section is None


@pytest.mark.parametrize(
    "below",
    [
        f'<div class="kw"><b>الكلمات المفتاحية:</b> {LINKS}</div>',
        f"<p>الوسوم: {LINKS}</p>",
        '<div class="z"><a class="btn detay-etiket" href="/s?q=1">مياه</a>'
        '<a class="btn detay-etiket" href="/s?q=2">بلدات</a></div>',
    ],
)
def test_tags_are_told_by_the_word_before_them_and_by_their_own_names(below: str) -> None:
    assert article(page(story(after=below))).tags == ("مياه", "بلدات")


def test_tags_that_stand_under_the_article_are_its_own_and_a_cloud_in_the_margin_is_not() -> None:
    below = f'<div class="footer-box"><div class="tags">{LINKS}</div></div>'
    assert article(page(f"<main>{story()}{below}</main>")).tags == ("مياه", "بلدات")
    assert article(page(f'<main>{story()}<aside class="tags">{LINKS}</aside></main>')).tags == ()


def test_a_link_that_is_a_tag_is_not_related_as_well() -> None:
    links = '<a href="/t/1">مياه</a><a href="/n/9">بئر أخرى في الجوار</a>'
    box = f'<section class="related"><h2>مواضيع ذات صلة</h2>{links}</section>'
    found = article(page(story(after=f'<div class="tags">{LINKS}</div>{box}')))
    assert [(link.kind, link.text) for link in found.related if link.kind != "tag"] == [
        ("related", "بئر أخرى في الجوار")
    ]


def test_a_link_that_holds_its_own_announcement_is_related() -> None:
    insert = '<div class="embed"><a href="/n/5"><span class="kicker">اقرأ أيضا</span>بلدة هزمت العطش ببئر</a></div>'
    found = article(page(story(FIRST, SECOND).replace("</p><p>", f"</p>{insert}<p>", 1)))
    assert [link.url.rpartition("/")[2] for link in found.related] == ["5"]


def test_pages_of_topics_under_related_are_no_stories() -> None:
    box = '<section class="related"><a href="/arabic/topics/1">لبنان</a><a href="/n/9">بئر أخرى في الجوار</a></section>'
    assert [link.text for link in article(page(story(after=box))).related] == ["بئر أخرى في الجوار"]


def test_topics_among_the_paragraphs_are_no_stories() -> None:
    box = '<section><h2>مواضيع ذات صلة</h2><ul><li><a href="/arabic/topics/1">سلطنة عُمان</a></li></ul></section>'
    assert article(page(story().replace("</div>", f"{box}</div>", 1))).related == ()


def test_a_box_of_more_news_is_not_related_whatever_its_name_is() -> None:
    links = '<a href="/n/8">سوق الحي يعود إلى مكانه</a><a href="/n/9">بئر أخرى في الجوار</a>'
    box = '<div id="related-block" class="related-news"><h2>{}</h2><div>{}</div></div>'
    assert article(page(story(after=box.format("المزيد من الأخبار", links)))).related == ()
    assert len(article(page(story(after=box.format("أخبار ذات صلة", links)))).related) == 2


def test_what_stands_beside_the_headline_in_the_title_may_be_the_section() -> None:
    trail = '<ol class="breadcrumb"><li><a href="/">الرئيسية</a></li><li><a href="/s/2">المحافظات</a></li></ol>'
    found = article(page(f"{trail}<main>{story()}</main>", title=f"{HEADLINE} - المحافظات"))
    assert found.section == "المحافظات"


def test_an_icon_named_after_tags_does_not_hide_them() -> None:
    box = f'<div class="article-tags"><i class="fas fa-tags"></i> {LINKS}</div>'
    assert article(page(story(after=box))).tags == ("مياه", "بلدات")


def test_the_line_under_an_old_blog_post_tells_section_tags_and_date() -> None:
    line = (
        'This entry was posted in <a href="/?cat=4" rel="category">بيئة</a> and tagged '
        '<a href="/t" rel="tag">مياه</a> on '
        '<a href="/?p=7" rel="bookmark"><time class="entry-date" datetime="2013-06-03T19:52:18+00:00">June 3</time></a>'
    )
    found = article(page(story(after=f'<footer class="entry-meta">{line}</footer>')))
    assert (found.section, found.tags) == ("بيئة", ("مياه",))
    assert found.published_at is not None
    assert found.published_at.value == "2013-06-03T19:52:18+00:00"


def test_one_link_named_after_topics_over_the_headline_is_the_section() -> None:
    found = article(page(story().replace("<h1>", '<div class="topics"><a href="/news/">أخبار القرى</a></div><h1>')))
    assert (found.section, found.tags) == ("أخبار القرى", ())


def test_tags_in_one_meta_element_are_told_apart() -> None:
    assert article(page(story(), head='<meta property="article:tag" content="مياه، بلدات">')).tags == ("مياه", "بلدات")


def test_the_section_of_a_related_story_is_no_story() -> None:
    cards = "".join(
        f'<div class="card"><a href="/c/{n}">العرب والعالم</a>'
        f'<h3><a href="/n/{n}">قرية تحفر بئرها في الجبل {n}</a></h3></div>'
        for n in range(3)
    )
    found = article(page(story(after=f'<div class="related">{cards}</div>')))
    assert [link.url.rpartition("/")[2] for link in found.related] == ["0", "1", "2"]
    assert all("/n/" in link.url for link in found.related)


def test_a_trail_may_end_with_the_section_in_plain_text_and_not_with_the_headline() -> None:
    def trail(end: str, linked: str = "") -> bytes:
        links = f'<a href="/">الرئيسية</a> » {linked}'
        return page(f'<div class="breadcrumb">{links}<span class="last">{end}</span></div><main>{story()}</main>')

    assert article(trail("أسواق")).section == "أسواق"
    assert article(trail(HEADLINE[:20])).section is None
    assert article(trail("تفاصيل الخبر", '<a href="/eco">اقتصاد</a> » ')).section == "اقتصاد"


def test_a_link_named_after_sections_in_the_bar_over_the_article_is_its_section() -> None:
    bar = '<div class="article-bar"><a class="section-name" href="/local">محليات</a><span>العدد 17235</span></div>'
    assert article(page(f"<div>{bar}{story()}</div>")).section == "محليات"


def test_a_line_of_tags_inside_the_story_is_none_of_its_text() -> None:
    line = 'كلمات مفاتيح : <a href="/tag/1">مياه</a>، <a href="/tag/2">بلدات</a>،'
    html = page(story(FIRST, SECOND, THIRD, line))
    assert article(html).tags == ("مياه", "بلدات")
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_an_address_is_no_section() -> None:
    node = '{"@type":"NewsArticle","articleSection":"https://sahl.example/ar/local"}'
    head = f'<script type="application/ld+json">{node}</script>'
    assert article(page(story(), head=head)).section is None


@pytest.mark.parametrize(
    "above",
    [
        '<div class="x1"><a href="/n">الأخبار</a> &raquo; <a href="/c/3">بيئة</a></div>',
        '<div class="pathway"><b>أنت هنا:</b> <a href="/">الرئيسية</a> <img src="/arrow.png" alt=""> بيئة</div>',
    ],
)
def test_a_path_may_begin_anywhere_and_end_in_plain_text(above: str) -> None:
    assert article(page(f"<div>{above}<div>{story()}</div></div>")).section == "بيئة"


@pytest.mark.parametrize("line", ["<b>القسم:</b> <span>بيئة</span>", "التصنيف : بيئة"])
def test_a_label_over_the_story_tells_its_section(line: str) -> None:
    assert article(page(story(before=f"<div>{line}</div>"))).section == "بيئة"


def test_links_in_a_row_are_no_path() -> None:
    row = '<div><a href="/v">فيديو</a> / <a href="/p">صور</a></div>'
    assert article(page(f"<div>{row}<div>{story()}</div></div>")).section is None


@pytest.mark.parametrize(("line", "section"), [("بيئــة", "بيئــة"), ("خبر اليوم", None)])
def test_a_line_over_the_headline_that_the_menu_has_is_the_section(line: str, section: str | None) -> None:
    menu = (
        '<div><a href="/c/1">محليات</a> <a href="/c/3">بيئة</a> <a href="/c/4">رياضة</a> <a href="/c/5">فنون</a></div>'
    )
    html = page(menu + story().replace("<h1>", f"<div><b>{line}</b></div><h1>"))
    assert article(html).section == section


def test_on_an_arabic_page_the_section_in_sight_goes_before_one_stated_in_latin() -> None:
    stated = '<meta property="article:section" content="Environment">'
    link = '<div class="category"><a href="/c/3">بيئة</a></div>'
    assert article(page(story().replace("<h1>", f"{link}<h1>"), head=stated)).section == "بيئة"
    assert article(page(story(), head=stated)).section == "Environment"


def test_a_hidden_link_of_a_tag_does_not_hide_the_tags_below() -> None:
    hidden = '<span style="display:none"><a href="/t/1" rel="tag">مياه</a></span>'
    below = f'<p class="post-tag">{LINKS}</p>'
    assert article(page(f"<div>{story(after=hidden)}{below}</div>")).tags == ("مياه", "بلدات")


@pytest.mark.parametrize("address", ["/sources/5-sahl", "/authors/sana.html"])
def test_the_source_or_author_on_a_card_is_no_related_story(address: str) -> None:
    card = f'<li><a href="/n/9">بئر أخرى في الجوار تروي البلدة</a> <a href="{address}">السهل</a></li>'
    found = article(page(story(after=f'<div class="related"><ul>{card}</ul></div>')))
    assert [link.url.rpartition("/")[2] for link in found.related] == ["9"]


def test_the_last_step_of_a_path_without_a_link_is_the_deepest_section() -> None:
    path = (
        '<div class="pathBar"><a href="/">الرئيسية</a> &gt; <a href="/e">اقتصاد</a> &gt; <span>أخبار محلية</span></div>'
    )
    assert article(page(story(before=path))).section == "أخبار محلية"
    ended = path.replace("أخبار محلية", "التفاصيل")
    assert article(page(story(before=ended))).section == "اقتصاد"


def test_what_stands_before_the_headline_in_a_line_without_links_is_its_section() -> None:
    line = f'<div class="Path">محليات / {HEADLINE}</div>'
    assert article(page(f"<div>{line}{story()}</div>".replace("article>", "div>"))).section == "محليات"


def test_a_line_between_headline_and_story_that_the_menu_has_is_the_section() -> None:
    menu = (
        '<div><a href="/c/1">محليات</a> <a href="/c/3">بيئة</a> <a href="/c/4">رياضة</a> <a href="/c/5">فنون</a></div>'
    )
    assert article(page(menu + story(before="<div>بيئة<br>الإثنين</div>"))).section == "بيئة"


def test_tags_between_commas_need_no_links() -> None:
    box = '<div class="tagsArticle"><h4>كلمات مفتاحية</h4> مياه، بلدات، آبار</div>'
    assert article(page(story(after=box))).tags == ("مياه", "بلدات", "آبار")


def test_a_page_inside_one_form_is_read_around_its_story() -> None:
    section = '<div class="sectionTitle"><a href="/s/3">بيئة</a></div>'
    parts = f"{section}<h1>{HEADLINE}</h1><div class=writer>كتب ـ أحمد علي:</div><p>{FIRST}</p><p>{SECOND}</p>"
    found = article(page(f'<form id="aspnetForm"><div>{parts}</div></form>'))
    assert (found.section, found.authors) == ("بيئة", ("أحمد علي",))


def test_an_announcement_in_kurdish_is_seen() -> None:
    box = '<div class="r"><h3>هەواڵی پەیوەندیدار</h3><div><a href="/n/9">نرخی زێڕ لە بازاڕەکان دابەزی</a></div></div>'
    found = article(page(f"<div>{story()}{box}</div>"))
    assert [link.url.rpartition("/")[2] for link in found.related] == ["9"]


@pytest.mark.parametrize("label", ["مقالات مقترحة", "من ملف: أزمة المياه"])
def test_more_words_for_related_stories(label: str) -> None:
    box = f'<div><h3>{label}</h3><div><a href="/n/9">بئر أخرى في الجوار</a></div></div>'
    assert [link.text for link in article(page(f"<div>{story()}{box}</div>")).related] == ["بئر أخرى في الجوار"]


def test_a_related_box_of_another_article_of_the_same_make_is_not_the_storys() -> None:
    box = '<h3>مواضيع ذات صلة</h3><div><a href="/n/{}">بئر أخرى في الجوار {}</a></div>'
    own, other = (story(after=box.format(n, n)).replace("<article>", '<article class="s">') for n in (1, 2))
    found = article(page(own + other.replace(HEADLINE, "سوق الحي يعود إلى مكانه القديم بعد عامين")))
    assert [link.url.rpartition("/")[2] for link in found.related] == ["1"]


def test_the_first_of_sections_in_one_value_is_the_section() -> None:
    head = '<meta property="article:section" content="محلي,وطني">'
    assert article(page(story(), head=head)).section == "محلي"
    head = '<meta property="article:section" content="فن، ثقافة">'
    assert article(page(story(), head=head)).section == "فن، ثقافة"


def test_a_path_in_a_table_over_the_article_is_read() -> None:
    trail = (
        '<a href="/">الرئيسية</a> <img src="/a.png"> <a href="/s">البصرة</a> <img src="/a.png"> <a href="/c">خدمات</a>'
    )
    table = f'<table><tr><td><span class="breadcrumbs pathway">{trail}</span></td></tr></table>'
    assert article(page(f"<div>{table}<div>{story()}</div></div>")).section == "خدمات"


@pytest.mark.parametrize(
    "end", ["<span>12 مايو 2024</span>", "&raquo; طباعة", " بحث", "| أحمد علي", "&raquo; أحمد علي", "(350 خبر)"]
)
def test_what_follows_a_path_and_is_no_step_is_no_section(end: str) -> None:
    path = f'<div class="breadcrumb"><a href="/">الرئيسية</a> &raquo; <a href="/p">سياسة</a> {end}</div>'
    assert article(page(story(before=path))).section == "سياسة"


def test_the_word_of_a_link_again_in_the_last_step_is_no_link() -> None:
    links = '<a href="/">الرئيسية</a> » <a href="/s">سوريا</a>'
    path = f'<div class="breadcrumb">{links} » <span>الحرب في سوريا مستمرة...</span></div>'
    assert article(page(story(before=path))).section == "سوريا"


@pytest.mark.parametrize(
    "line",
    ["الموضوع: زيارة الوزير إلى دمشق", "القسم: مفتوح للجميع من اليوم", "القسم: 12", f"12-05-2024 &gt; {HEADLINE}"],
)
def test_a_line_over_the_story_that_tells_no_section(line: str) -> None:
    assert article(page(story(before=f"<div>{line}</div>"))).section is None


@pytest.mark.parametrize(
    ("box", "tags"),
    [
        ("<span>سوريا</span>، <span>لبنان</span>، <span>الأردن</span>", ()),
        ("كلمات مفتاحية: جامعة، قبول", ("جامعة", "قبول")),
        ("الأحد، 12 مايو 2024", ()),
        ("نشر في سياسة، محليات", ()),
    ],
)
def test_words_between_commas_are_tags_after_a_word_for_tags(box: str, tags: tuple[str, ...]) -> None:
    assert article(page(story(after=f'<div class="tags">{box}</div>'))).tags == tags


def test_a_comma_in_a_number_parts_no_sections() -> None:
    head = '<meta property="article:section" content="10,000 خطوة">'
    assert article(page(story(), head=head)).section == "10,000 خطوة"


def test_a_box_of_tags_that_is_named_a_source_as_well_credits_nobody() -> None:
    box = (
        f'<div class="td-post-source-tags"><ul class="td-tags"><li><span>الوسوم</span></li><li>{LINKS}</li></ul></div>'
    )
    found = article(page(story(after=box)))
    assert (found.tags, found.source, found.credits) == (("مياه", "بلدات"), None, ())


def test_words_with_a_hash_under_the_story_are_its_tags_and_those_of_a_service_are_not() -> None:
    keys = '<div class="news-keys"><a href="/keyword/1">#مياه</a><a href="/keyword/2">#بلدات قديمة</a></div>'
    service = (
        '<div><a href="https://twitter.com/hashtag/x">#آبار</a> <a href="https://t.me/x">#قناتنا</a></div>'
        '<div><a href="//www.facebook.com/x">#صفحتنا</a></div>'
    )
    assert article(page(story(after=keys + service))).tags == ("مياه", "بلدات قديمة")


@pytest.mark.parametrize("text", ["#شاهد: خروج الماء من البئر بعد أشهر", "#عاجل", "#أهالي البلدة يحفرون بئراً جديدة"])
def test_a_story_or_a_label_with_a_hash_is_no_tag(text: str) -> None:
    assert article(page(story(after=f'<div class="more"><a href="/n/9">{text}</a></div>'))).tags == ()


def test_a_box_may_be_written_to_what_is_in_it() -> None:
    box = '<div class="relatedbox"><h4>للقراءة</h4><a href="/n/9">بئر أخرى في الجوار</a></div>'
    assert [link.text for link in article(page(story(after=box))).related] == ["بئر أخرى في الجوار"]


def test_the_category_of_an_item_below_the_story_is_its_section() -> None:
    line = '<div class="itemCategory"><span>نشر في</span> <a href="/index.php/mahali">محلي</a></div>'
    assert article(page(story(after=line))).section == "محلي"


def test_what_parts_the_steps_of_a_path_is_none_of_the_name() -> None:
    assert article(page(story(before='<span class="newssection">محليات / </span>'))).section == "محليات"


@pytest.mark.parametrize(("name", "section"), [("محليات", "محليات"), ("قصص", None)])
def test_a_part_of_the_title_that_the_menu_has_is_the_section(name: str, section: str | None) -> None:
    menu = '<div id="menu"><a href="cat.aspx?id=1">محليات</a> <a href="cat.aspx?id=4">اقتصاد</a></div>'
    assert article(page(menu + story(), title=f"{HEADLINE} | {name} | السهل")).section == section


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("شارك", '<a href="#">شارك</a>'),
        ("سهل نت", '<a href="/">سهل نت</a>'),
        ("أحمد علي", '<a href="/writer/3">أحمد علي</a>'),
        ("12 مايو 2014", '<a href="/d/1">12 مايو 2014</a>'),
        ("English", '<a href="/en/news">English</a>'),
    ],
)
def test_other_parts_of_the_title_are_no_sections(name: str, link: str) -> None:
    assert article(page(f"<div>{link}</div>" + story(), title=f"{HEADLINE} | {name} | السهل")).section is None


@pytest.mark.parametrize(
    "box",
    [
        '<aside class="o-related"><p>للمزيد</p>{}</aside>',
        '<div class="news-rel"><h3>المزيد من الأخبار ذات الصلة</h3><ul><li>{}</li></ul></div>',
        "<section><h2>حول هذه القصة</h2><ul><li>{}</li></ul></section>",
    ],
)
def test_a_box_of_related_stories_may_be_an_aside_or_bear_more_in_its_name(box: str) -> None:
    box = box.format('<a href="/n/9">بئر أخرى في الجوار تعود إلى العمل</a>')
    assert [link.text for link in article(page(story(after=box))).related] == ["بئر أخرى في الجوار تعود إلى العمل"]


def test_what_is_labelled_a_promotion_inside_a_story_is_no_text() -> None:
    promo = (
        '<section aria-labelledby="podcast-promo"><strong id="podcast-promo">يستحق الانتباه</strong>'
        '<a href="/p/1">شرح معمق لقصة بارزة</a><p>الحلقات</p></section>'
    )
    found = article(page(story(FIRST, SECOND, f"</p>{promo}<p>{THIRD}")))
    assert [each.text for each in found.body] == [FIRST, SECOND, THIRD]


def test_a_button_over_the_story_is_no_section_though_the_page_has_it_again() -> None:
    button = '<a href="javascript:;">أرسل لصديق</a>'
    path = f'<div class="x1"><a href="/n">الأخبار</a> &raquo; <a href="/c/3">بيئة</a> &raquo; {HEADLINE}</div>'
    buttons = f"<div>{button} {button}</div>"
    assert article(page(story(before=buttons))).section is None
    assert article(page(path + story(before=buttons))).section == "بيئة"


def test_of_links_over_the_story_the_site_itself_is_no_section() -> None:
    site, section = '<a href="index.php">سهل سبورت</a>', '<a href="index.php?sec=3">حوارات</a>'
    path = f'<div class="path">أنت الآن في: {site} &raquo; {section}</div>'
    html = page(
        f"<table><tr><td>{site} | {section}</td></tr><tr><td>{path}<h1>{HEADLINE}</h1>{TEXT}</td></tr></table>",
        title=f"{HEADLINE} - سهل سبورت",
    )
    assert article(html).section == "حوارات"


@pytest.mark.parametrize("keywords", ["سهل نت,{headline}", "بئر,الساحة,القديمة,DotNetNuke,DNN"])
def test_keywords_of_a_system_or_with_the_headline_among_them_are_no_tags(keywords: str) -> None:
    head = f'<meta name="keywords" content="{keywords.format(headline=HEADLINE)}">'
    assert article(page(story(), head=head)).tags == ()


def test_buttons_to_share_are_no_tags() -> None:
    tags = '<div class="post-tags"><a href="/t/1">مياه</a> <a href="https://twitter.com/intent/tweet">Twitter</a></div>'
    assert article(page(story(after=tags))).tags == ("مياه",)


def test_a_section_may_bear_a_year() -> None:
    link = '<a href="/c2">مونديال 2014</a>'
    assert article(page(f"<nav>{link}</nav>{story(before=f'<div>{link}</div>')}")).section == "مونديال 2014"
