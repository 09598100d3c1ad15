"""Who wrote the story, by all that a page shows and states."""

from __future__ import annotations

import json

import pytest

from tests.test_parser import FIRST, HEADLINE, SECOND, THIRD, article, body_of, page, story


def json_ld(author: str, publisher: str) -> str:
    node = {
        "@type": "NewsArticle",
        "author": {"@type": "Person", "name": author},
        "publisher": {"@type": "Organization", "name": publisher},
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize("signature", ["سناء الجندي وعمر الخطيب", "سناء الجندي"])
def test_names_alone_under_the_story_are_its_signature(signature: str) -> None:
    html = page(story(FIRST, SECOND, THIRD, signature))
    assert article(html).authors == tuple(signature.split(" و"))
    assert body_of(html) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("joint", [" | ", "، "])
def test_a_rare_name_stands_between_common_ones(joint: str) -> None:
    head = '<meta property="og:site_name" content="صدى الوادي">'
    names = ("خالد الحمصي", "ريم نصار", "ينبوع الأسعد")
    html = page(story(f"صدى الوادي – {joint.join(names)}", FIRST, SECOND, THIRD), head=head)
    assert article(html).authors == names


def test_buttons_and_counters_beside_an_agency_are_no_persons() -> None:
    slot = (
        '<div class="arr--author-share"><div><span class="name">رويترز - الرياض</span></div>'
        "<div><span>تم النشر في:</span><time>25 فبراير 2024</time></div>"
        "<ul><li>تويتر</li><li>واتساب</li><li>نسخ الرابط</li></ul></div>"
    )
    assert article(page(story(before=slot))).authors == ()


def test_a_link_to_an_account_in_the_slot_of_authors_is_no_person() -> None:
    link = '<a class="author-twitter-link" href="https://twitter.com/sahl"><span>تابع على X</span></a>'
    slot = f'<span class="meta-author"><a class="author-name">فريق التحرير</a>{link}</span>'
    assert article(page(story(before=slot))).authors == ()


def test_elements_that_only_styles_set_apart_are_read_with_blanks_between() -> None:
    line = '<div class="i"><span class="by">كتبت: سناء الجندي</span><span class="dt">السبت، 10 يوليو 2021</span></div>'
    assert article(page(story(before=line))).authors == ("سناء الجندي",)


@pytest.mark.parametrize("account", ["Hall & Stage Team", "Hall & Stage"])
def test_the_outlets_account_gives_way_to_the_person_in_sight(account: str) -> None:
    paragraphs = [
        "The goats were led on to the stage at seven, and the audience rose as one to see them better.",
        "She had asked for two of them, the theatre sent nine, and nobody could say where the others came from.",
    ]
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    byline = '<h4 class="author-name"><a href="/author/lena/">Lena Quist</a></h4>'
    html = page(
        f"<article><h1>You cannot tour with goats</h1>{byline}<div>{inner}</div></article>",
        head=json_ld(account, "Hall & Stage"),
        title="You cannot tour with goats",
    )
    assert article(html).authors == ("Lena Quist",)


def test_a_name_printed_twice_is_one_name() -> None:
    box = '<div class="contributor"><h5>سناء الجندي</h5><p>سناء الجندي كاتبة من البلدة.</p></div>'
    assert article(page(story(after=box))).authors == ("سناء الجندي",)


def test_a_byline_that_only_a_label_names_is_one_and_no_text() -> None:
    section = (
        '<section aria-labelledby="article-byline" class="k1"><strong id="article-byline">معلومات الكاتب</strong><ul>'
        "<li><span>Author, </span><span>سناء الجندي</span></li>"
        "<li><span>Role, </span><span>أخبار السهل - بيروت</span></li></ul></section>"
        '<div class="k2"><time datetime="2023-03-14">14 مارس/ آذار 2023</time>'
        '<time datetime="2023-03-15">آخر تحديث 15 مارس/ آذار 2023</time></div>'
    )
    inner = "".join(f"<div><p>{text}</p></div>" for text in (FIRST, SECOND, THIRD))
    html = page(f"<main><div><h1>أهالي البلدة يحفرون بئراً</h1></div>{section}{inner}</main>")
    found = article(html)
    assert found.authors == ("سناء الجندي",)
    assert found.published_at is not None
    assert found.published_at.value == "2023-03-14"
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND, THIRD]


def test_the_outlet_in_two_letters_is_not_credited_by_itself() -> None:
    html = page(story(FIRST, SECOND, THIRD, "المصدر: RT + نوفوستي"))
    found = article(html.replace(b"<head>", b'<head><meta property="og:site_name" content="RT Arabic">'))
    assert [credit.name for credit in found.credits] == ["نوفوستي"]


def test_a_name_alone_over_the_story_is_its_byline() -> None:
    html = page(story("<b>سناء الجندي</b>", FIRST, SECOND, THIRD))
    assert article(html).authors == ("سناء الجندي",)
    assert body_of(html) == [FIRST, SECOND, THIRD]


def test_a_source_among_the_facts_over_the_story_is_credited() -> None:
    facts = '<ul class="x"><li><i></i> المصدر: السهل + وكالات</li><li><i></i> 10 كانون الثاني 2022 18:05</li></ul>'
    found = article(page(story(before=facts)))
    assert (found.source, [credit.name for credit in found.credits]) == ("المصدر: السهل + وكالات", ["وكالات"])


@pytest.mark.parametrize("line", ["وكالات - أبوظبي", "أ ش أ"])
def test_a_credit_line_in_the_place_of_an_author_is_the_source(line: str) -> None:
    found = article(page(story(before=f'<span class="author">{line}</span>')))
    assert (found.source, found.authors) == (line, ())


@pytest.mark.parametrize("line", ["بركاء - سعيد الهنداسي", "سعيد الهنداسي – كود – كازا//"])
def test_a_town_or_outlet_that_no_list_knows_may_stand_beside_a_name(line: str) -> None:
    found = article(page(story(line, FIRST, SECOND, THIRD)))
    assert found.authors == ("سعيد الهنداسي",)
    assert [paragraph.text for paragraph in found.body] == [FIRST, SECOND, THIRD]


def test_a_town_after_the_name_in_a_byline_is_no_author() -> None:
    assert article(page(story("بقلم : سامي بلان - لو بوا , swissinfo.ch", FIRST, SECOND, THIRD))).authors == (
        "سامي بلان",
    )


def test_a_person_in_the_place_of_the_source_is_the_author() -> None:
    slot = '<ul><li class="source"><strong>المصدر:</strong> <span>محمد فودة - دبي</span></li></ul>'
    found = article(page(story(before=slot)))
    assert (found.authors, found.credits) == (("محمد فودة",), ())


@pytest.mark.parametrize("label", ["نشرت بواسطة", "مراسلون 3"])
def test_a_label_or_newsroom_in_the_slot_of_authors_is_no_person(label: str) -> None:
    assert article(page(story(before=f'<span class="author">{label}: <a href="/a/3">محرر 3</a></span>'))).authors == ()


def test_the_outlet_under_another_of_its_names_is_not_credited() -> None:
    text = f"وطنية - زحلة - {FIRST}"
    html = page(story(text, SECOND, THIRD), title=f"الوكالة الوطنية للإعلام - {HEADLINE}")
    assert article(html).credits == ()
    assert [credit.name for credit in article(page(story(text, SECOND, THIRD))).credits] == ["وطنية"]


def test_a_dateline_without_any_mark_credits_the_agency_after_its_day() -> None:
    text = f"الرياض 04 محرم 1445 هـ الموافق 22 يوليو 2023 م واس {FIRST}"
    assert [credit.name for credit in article(page(story(text, SECOND, THIRD))).credits] == ["واس"]


def test_another_outlet_whose_name_is_a_word_of_this_ones_is_credited() -> None:
    html = page(story(FIRST, SECOND, f"{THIRD} (المصدر: الخليج)"), title=f"{HEADLINE} | الخليج أونلاين")
    assert [credit.name for credit in article(html).credits] == ["الخليج"]


@pytest.mark.parametrize(
    "meta",
    [
        '<div class="gallery-meta"><span>مادبا</span> <span>أحمد علي</span> <span>11 فبراير 2019</span></div>',
        '<div class="rp-meta">02-12-2018 | 00:10 | أحمد علي</div>',
        '<div class="story-info"><span>صيدا - أحمد علي</span></div>',
        '<div class="media"><div class="media-body"><span class="by-author author">أحمد علي</span></div></div>',
        '<span class="submitted">أحد, 05/22/2011 - 13:05 — أحمد علي</span>',
    ],
)
def test_a_name_beside_a_date_or_a_town_over_the_story_is_its_author(meta: str) -> None:
    assert article(page(story(before=meta))).authors == ("أحمد علي",)


@pytest.mark.parametrize("line", ["صحيفة برنيق - طبرق - محمد العبيدي", "محمد العبيدي - وكالة برنيق - طبرق"])
def test_a_paper_that_no_list_knows_is_credited_beside_a_town_and_a_name(line: str) -> None:
    found = article(page(story(line, FIRST, SECOND, THIRD)))
    assert [credit.name for credit in found.credits] == [line.split(" - ")[0 if line.startswith("صحيفة") else 1]]
    assert found.authors == ("محمد العبيدي",)


def test_a_newsroom_that_signs_is_no_text_and_nobody() -> None:
    found = article(page(story(FIRST, SECOND, THIRD, "المكتب الإعلامي")))
    assert (found.authors, [paragraph.text for paragraph in found.body]) == ((), [FIRST, SECOND, THIRD])


@pytest.mark.parametrize(
    ("slot", "source", "authors"),
    [
        ('<span class="author">الواحة - سناء الجندي</span>', "الواحة - سناء الجندي", ("سناء الجندي",)),
        ('<span class="author">الواحة - مكة المكرمة</span>', "الواحة - مكة المكرمة", ()),
        ('<span class="author">الواحة</span>', None, ()),
        ('<span class="author">سناء الجندي - بيروت</span>', None, ("سناء الجندي",)),
        ('<div class="article-source">أبوظبي - الواحة</div>', "أبوظبي - الواحة", ()),
        (
            '<div class="writer"><i class="author-label">نص :</i> <i class="author-name">الواحة / أ ف ب</i></div>',
            "نص : الواحة / أ ف ب",
            (),
        ),
    ],
)
def test_a_byline_that_names_the_outlet_is_a_credit_line_as_well(
    slot: str, source: str | None, authors: tuple[str, ...]
) -> None:
    found = article(page(story(before=slot), head='<meta property="og:site_name" content="الواحة">'))
    assert (found.source, found.authors) == (source, authors)


@pytest.mark.parametrize(
    "line",
    [
        '<div><span class="location">إسطنبول - رويترز</span> <span>2021.09.02 | 14:05 دمشق</span></div>',
        '<div>إسطنبول - <a href="/r">رويترز</a> | 14 آذار 2023</div>',
    ],
)
def test_a_credit_line_is_kept_without_the_date_beside_it(line: str) -> None:
    assert article(page(story(before=line))).source == "إسطنبول - رويترز"


def test_words_with_a_hash_in_the_slot_of_the_source_are_no_credit() -> None:
    found = article(page(story(before='<div class="news-source"><span>#Artvin</span><span>#Yusufeli</span></div>')))
    assert (found.source, found.credits) == (None, ())


def test_an_author_in_the_slot_of_the_source_is_no_credit() -> None:
    slots = '<span class="author">Jane Doe</span><span class="source">Jane Doe</span>'
    found = article(page(story(before=slots)))
    assert (found.authors, found.source, found.credits) == (("Jane Doe",), None, ())
    assert "credits" not in found.provenance


@pytest.mark.parametrize(
    ("line", "name"), [("*شمس الدين العوني", "شمس الدين العوني"), ("| كتب غانم فهيم |", "غانم فهيم")]
)
def test_marks_around_a_byline_are_none_of_it(line: str, name: str) -> None:
    found = article(page(story(FIRST, SECOND, THIRD, f"<b>{line}</b>")))
    assert (found.authors, [each.text for each in found.body]) == ((name,), [FIRST, SECOND, THIRD])


@pytest.mark.parametrize("line", ["Jane Doe</i><i>Highlands and Islands reporter", "Jane Doe"])
def test_a_line_of_the_author_and_an_office_over_the_story_is_no_text(line: str) -> None:
    head = json_ld("Jane Doe", "Sahl")
    found = article(page(story(FIRST, SECOND, THIRD, before=f"<div><div><i>{line}</i></div></div>"), head=head))
    assert [each.text for each in found.body] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe: Minister, why now",
        "Jane Doe visited the three villages on foot",
        "Jane Does and the village that said no",
        "</p><h2>Jane Doe, a life</h2><p>",
        f"Jane Doe, {FIRST}",
    ],
)
def test_a_line_that_tells_of_the_author_is_text(line: str) -> None:
    found = article(page(story(line, FIRST, SECOND, THIRD), head=json_ld("Jane Doe", "Sahl")))
    assert len(found.body) == 4


@pytest.mark.parametrize(
    "line",
    [
        "أحمد علي - كاتب في السهل وباحث",
        "رئيس تحرير السهل - أحمد علي",
        "أحمد علي / السهل سالم",
        "تصوير - السهل",
        "تعليقات - السهل",
    ],
)
def test_the_outlet_named_in_passing_is_no_source(line: str) -> None:
    html = page(
        story(before=f'<div class="author">{line}</div>'), head='<meta property="og:site_name" content="السهل">'
    )
    assert article(html).source is None


def test_buttons_to_share_in_a_byline_are_no_person() -> None:
    line = '<div class="byline"><ul><li>Facebook</li><li>X</li><li>Whatsapp</li><li>Ver</li></ul></div>'
    assert article(page(story(before=line))).authors == ()


@pytest.mark.parametrize(
    ("site", "line", "authors", "source"),
    [
        ("صحيفة العرب", "كتب: محمد العرب", ("محمد العرب",), None),
        ("صحيفة العرب", "العرب - أحمد علي", ("أحمد علي",), "العرب - أحمد علي"),
        ("جريدة الصباح", "سالم الصباح", ("سالم الصباح",), None),
        ("موقع نور", "نور أحمد", ("نور أحمد",), None),
        ("قناة بغداد", "أحمد علي - بغداد", ("أحمد علي",), None),
        ("السهل نيوز", "السهل من القاهرة - أحمد علي", ("أحمد علي",), "السهل من القاهرة - أحمد علي"),
    ],
)
def test_one_word_of_an_outlets_name_is_the_outlet_where_it_stands_alone(
    site: str, line: str, authors: tuple[str, ...], source: str | None
) -> None:
    html = page(
        story(before=f'<div class="author">{line}</div>'), head=f'<meta property="og:site_name" content="{site}">'
    )
    found = article(html)
    assert (found.authors, found.source) == (authors, source)


@pytest.mark.parametrize("line", ["رويترز: أحمد علي", "المصدر: الجزيرة نت: أحمد علي"])
def test_an_agency_beside_its_reporter_stays_the_source(line: str) -> None:
    assert article(page(story(f"<b>{line}</b>", FIRST, SECOND, THIRD))).source == line


@pytest.mark.parametrize(
    "line", ["القاهرة - أحمد علي", "أحمد علي (دبي)", "الكاتب: أحمد علي", "مراسلنا في القاهرة - أحمد علي"]
)
def test_a_byline_that_is_marked_up_as_a_heading_is_one(line: str) -> None:
    found = article(
        page(f"<article><h1>{HEADLINE}</h1><h2>{FIRST}</h2><h4>{line}</h4><p>{SECOND}</p><p>{THIRD}</p></article>")
    )
    assert found.authors == ("أحمد علي",)
    assert line not in [paragraph.text for paragraph in found.body]


def test_a_part_of_the_outlets_name_that_is_nobody_elses_is_no_credit() -> None:
    html = page(story(FIRST, SECOND, f"{THIRD} (المصدر: دلتا)"), title=f"{HEADLINE} | دلتا المغرب")
    assert article(html).credits == ()


@pytest.mark.parametrize("line", ["كاتب مغربي", "كاتبة وباحثة سورية"])
def test_what_the_author_is_under_the_story_is_no_text(line: str) -> None:
    byline = '<span class="author">سناء الجندي</span>'
    found = article(page(story(FIRST, SECOND, THIRD, f"<strong>{line}</strong>", before=byline)))
    assert [each.text for each in found.body] == [FIRST, SECOND, THIRD]
    listed = f"</p><ul><li>طبيب سوري</li><li>{line}</li></ul><p>"
    assert article(page(story(FIRST, SECOND, THIRD, listed, before=byline))).body[-1].text == line
    unsigned = article(page(story(FIRST, SECOND, THIRD, f"<strong>{line}</strong>")))
    assert [each.text for each in unsigned.body] == [FIRST, SECOND, THIRD, line]


@pytest.mark.parametrize("line", ["سهل نت – حمقان :", "سهل نت - حمقان - خاص", "<b>منصف&nbsp;الورتاني</b>"])
def test_a_line_of_outlet_town_and_name_is_no_text(line: str) -> None:
    paragraphs = (FIRST, SECOND, THIRD)
    signed = (*paragraphs, line) if "<b>" in line else (line, *paragraphs)
    assert body_of(page(story(*signed), title=f"{HEADLINE} - سهل نت")) == list(paragraphs)
    assert body_of(page(story("الميدان - توصيات:", *paragraphs), title=f"{HEADLINE} - الميدان"))[1:] == list(paragraphs)


def test_a_full_name_goes_before_the_account_of_one_word() -> None:
    poster = '<p><span class="article_author">بواسطة</span> <a href="member.php?u=11" class="username">محمد.ع</a></p>'
    found = article(page(story("السهل - قويدر لعور", FIRST, SECOND, THIRD, before=poster)))
    assert found.authors == ("قويدر لعور",)
    assert article(page(story(before="<p>كتب: سامي</p>"))).authors == ("سامي",)


def test_who_signs_a_statement_is_its_text() -> None:
    html = page(story(FIRST, SECOND, THIRD, "السهل", "دائرة الإعلام المركزي"))
    found = article(html)
    assert [each.text for each in found.body] == [FIRST, SECOND, THIRD, "السهل", "دائرة الإعلام المركزي"]
    assert found.source is None


def test_the_slot_of_a_source_goes_before_the_outlets_own_line() -> None:
    slot = (
        '<div class="td-post-source-via"><span>المصدر</span><a href="https://limes.example/">ليميس الإيطالية</a></div>'
    )
    found = article(page(story("السهل – ترجمة خاصة", FIRST, SECOND, THIRD, after=slot)))
    assert (found.source, [each.name for each in found.credits]) == ("المصدر ليميس الإيطالية", ["ليميس الإيطالية"])
    assert article(page(story("السهل – ترجمة خاصة", FIRST, SECOND, THIRD))).source == "السهل – ترجمة خاصة"


@pytest.mark.parametrize("name", ["تنسيقية البلدة", "لجان التنسيق المحلية", "المكتب الإعلامي في البلدة"])
def test_a_body_in_the_place_of_an_author_is_no_person(name: str) -> None:
    assert article(page(story(before=f'<span class="author">{name}</span>'))).authors == ()


def test_a_byline_that_ends_the_headline_is_one() -> None:
    headline = "القطار الذي لم يعد .. بقلم: عوض الكريم حسن"
    html = story().replace(HEADLINE, headline)
    found = article(page(html, head='<meta name="author" content="طارق الجزولي">', title=headline))
    assert (found.headline, found.authors) == (headline, ("عوض الكريم حسن",))


def test_a_pen_name_of_one_word_stays_the_author() -> None:
    poster = '<span class="author vcard"><a href="/author/mh">محمد حسن</a></span>'
    assert article(page(story("بقلم: أدونيس", FIRST, SECOND, THIRD, before=poster))).authors == ("أدونيس",)


@pytest.mark.parametrize("slot", ["تنسيقية داريا", "المكتب الإعلامي لقوى الثورة", "وزارة الصحة", "حركة حماس"])
def test_a_body_in_the_slot_of_the_source_is_credited(slot: str) -> None:
    assert [each.name for each in article(page(story(before=f'<div class="source">{slot}</div>'))).credits] == [slot]


@pytest.mark.parametrize(("line", "source"), [("سهل نت - خاص", "سهل نت - خاص"), ("محليات - تقارير", None)])
def test_the_outlets_own_line_over_the_day_is_the_source(line: str, source: str | None) -> None:
    day = f"<font>{line}</font><br><font>الأحد 20 أبريل 2008 الساعة 06 مساءً / عدد القراءات 274</font>"
    cells = {"title": f"<b>{HEADLINE}</b>", "date": day, "body": f"{FIRST}<br><br>{SECOND}<br><br>{THIRD}"}
    rows = "".join(f"<tr><td class=news{name}>{cell}</td></tr>" for name, cell in cells.items())
    assert article(page(f"<table>{rows}</table>", title=f"سهل نت - {HEADLINE}")).source == source


@pytest.mark.parametrize("end", ["لماذا كتب: أحمد علي", "يوميات كاتب / محمد حسن", "بالصور تصوير: أحمد علي"])
def test_other_words_before_a_name_in_a_headline_are_no_byline(end: str) -> None:
    html = story().replace(HEADLINE, f"في البلدة {end}")
    assert article(page(html, head='<meta name="author" content="سارة حسن">', title="السهل")).authors == ("سارة حسن",)


def test_a_name_behind_a_day_and_a_slash_is_read() -> None:
    assert article(page(story(before='<div class="date">13 نوفمبر 2009 / أحمد علي</div>'))).authors == ("أحمد علي",)


def test_a_button_behind_the_word_for_the_source_is_no_source() -> None:
    buttons = '<ul class="meta"><li>المصدر:</li><li>طباعة</li></ul>'
    slot = '<div class="source"><span>المصدر</span><a href="#">شارك</a></div>'
    for html in (page(story(before=buttons)), page(story(before=slot))):
        assert article(html).credits == ()


@pytest.mark.parametrize("last", ["يتبع", "(2 صور)", "www.sahl.example"])
def test_the_outlet_over_what_a_desk_leaves_is_the_source(last: str) -> None:
    assert article(page(story(FIRST, SECOND, THIRD, "السهل", last))).source == "السهل"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("بقلم: عالية ممدوح وأحمد علي", ("عالية ممدوح", "أحمد علي")),
        ("بقلم محمد الجبيل", ("محمد الجبيل",)),
        ("بيروت - سمير جزين", ("سمير جزين",)),
        ("محمد يعيش الكردي", ("محمد يعيش الكردي",)),
    ],
)
def test_a_family_may_be_called_as_a_town_is_or_as_a_verb(line: str, authors: tuple[str, ...]) -> None:
    assert article(page(story(FIRST, SECOND, THIRD, line))).authors == authors


def test_a_medium_of_a_town_is_credited_beside_an_agency() -> None:
    found = article(page(story("تلفزيون جرش - واس", FIRST, SECOND, THIRD)))
    assert [each.name for each in found.credits] == ["تلفزيون جرش", "واس"]


def test_a_byline_under_the_points_of_a_lead_is_one() -> None:
    points = (
        "<b>• الماء ظهر على عمق أربعين متراً في الساحة القديمة</b>",
        "<b>• المضخة ستعمل بالطاقة الشمسية طوال العام</b>",
    )
    html = page(story(*points, "<b>حوار- حمدي السيد عبد العال:</b>", FIRST, SECOND, THIRD))
    found = article(html)
    assert (found.authors, len(found.body)) == (("حمدي السيد عبد العال",), 5)


def test_of_several_authors_behind_the_outlet_one_may_be_called_as_a_town_is() -> None:
    found = article(page(story("سهل نت – حلا إبراهيم | محمد حمص | نور دالاتي", FIRST, SECOND, THIRD), title="سهل نت"))
    assert found.authors == ("حلا إبراهيم", "محمد حمص", "نور دالاتي")


@pytest.mark.parametrize("line", ["كتب محمد صلاح:", "كتب أحمد علي معلقا:"])
def test_who_is_quoted_inside_the_story_did_not_write_it(line: str) -> None:
    found = article(page(story(FIRST, SECOND, line, THIRD, "«الماء حياة الناس والأرض»")))
    assert (found.authors, found.body[2].text) == ((), line)


@pytest.mark.parametrize("name", ["عبد الله البريمي", "محمد أحمد الزبداني", "عبد العزيز الزلفي"])
def test_a_family_that_is_called_as_a_town_is_stays_with_its_name(name: str) -> None:
    assert article(page(story(before=f'<div class="author">{name}</div>'))).authors == (name,)


def test_the_source_of_a_card_does_not_replace_the_outlets_own_line() -> None:
    card = '<div class="more"><div><a href="/3">افتتاح مدرسة</a><span class="source">رويترز</span></div></div>'
    assert article(page(story("السهل - خاص", FIRST, SECOND, THIRD, after=card))).source == "السهل - خاص"


@pytest.mark.parametrize("desk", ["ي.ط", "هيئة التحرير", "دمشق - سوريا"])
def test_a_desk_under_the_outlets_name_leaves_it_the_source(desk: str) -> None:
    assert article(page(story(FIRST, SECOND, THIRD, "السهل", desk))).source == "السهل"


def test_a_section_and_a_town_over_the_day_credit_nobody() -> None:
    meta = '<div class="meta"><span class="cat">الوطن - الرياض</span><span class="date">5 مايو 2013</span></div>'
    assert article(page(story(before=meta))).credits == ()


def test_headings_over_a_byline_do_not_hide_it() -> None:
    heads = "</p><h4>موسم الحصاد بدأ متأخرا هذا العام، ومزارعون يقولون إنه وفير</h4><h6>Gazze</h6><p>"
    found = article(
        page(story(heads, "<strong>غزة/ نور السعدي/ سهل نت</strong>", FIRST, SECOND, THIRD), title="سهل نت")
    )
    assert found.authors == ("نور السعدي",)
    assert [each.text for each in found.body][-3:] == [FIRST, SECOND, THIRD]
