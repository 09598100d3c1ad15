"""Dates: text -> Moment. The tables are the contract, one row a text as pages print it."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.arabic import fold
from newsarchive.dates import Moment, find, is_plausible, resolve, words, zones

if TYPE_CHECKING:
    from pathlib import Path

# A Wednesday, 18:47:20 in Beirut.
FETCHED = datetime.fromisoformat("2021-11-10T18:47:20+02:00")

MONTH_FAMILIES = [
    # Egypt and Gulf, in the spellings that are about
    ("8 يناير 2015", "2015-01-08"),
    ("8 فبراير 2015", "2015-02-08"),
    ("8 مارس 2015", "2015-03-08"),
    ("8 إبريل 2015", "2015-04-08"),
    ("8 ابريل 2015", "2015-04-08"),
    ("8 مايو 2015", "2015-05-08"),
    ("8 يونيه 2015", "2015-06-08"),
    ("8 يوليه 2015", "2015-07-08"),
    ("8 اغسطس 2015", "2015-08-08"),
    ("8 أغسطس، 2015", "2015-08-08"),
    ("8 سبتمبر 2015", "2015-09-08"),
    ("8 اكتوبر 2015", "2015-10-08"),
    ("8 نوفمبر 2015", "2015-11-08"),
    ("8 ديسمبر 2015", "2015-12-08"),
    # Levant and Iraq
    ("19 كانون الثاني 2016", "2016-01-19"),
    ("19 كانون ثاني 2016", "2016-01-19"),
    ("19 كانون 2 2016", "2016-01-19"),
    ("19 ك٢ 2016", "2016-01-19"),
    ("19 شباط 2016", "2016-02-19"),
    ("19 اذار 2016", "2016-03-19"),
    ("19 آذار 2016", "2016-03-19"),
    ("19 نيسان 2016", "2016-04-19"),
    ("19 أيار 2016", "2016-05-19"),
    ("19 ايار 2016", "2016-05-19"),
    ("19 مايس 2016", "2016-05-19"),
    ("19 حزيران 2016", "2016-06-19"),
    ("19 تموز 2016", "2016-07-19"),
    ("19 آب 2016", "2016-08-19"),
    ("19 أيلول 2016", "2016-09-19"),
    ("19 ايلول 2016", "2016-09-19"),
    ("19 تشرين الأول 2016", "2016-10-19"),
    ("19 تشرين اول 2016", "2016-10-19"),
    ("19 تشرين 1 2016", "2016-10-19"),
    ("19 ت1 2016", "2016-10-19"),
    ("19 تشرين الثانى 2016", "2016-11-19"),
    ("19 تشرين ثاني 2016", "2016-11-19"),
    ("19 كانون الاول 2016", "2016-12-19"),
    ("19 كانون أول 2016", "2016-12-19"),
    ("ك1 19, 2016", "2016-12-19"),
    ("تشرين 2 19, 2016", "2016-11-19"),
    # Tunisia and Algeria
    ("7 جانفي 2018", "2018-01-07"),
    ("7 فيفري 2018", "2018-02-07"),
    ("7 أفريل 2018", "2018-04-07"),
    ("7 ماي 2018", "2018-05-07"),
    ("7 جوان 2018", "2018-06-07"),
    ("7 جويلية 2018", "2018-07-07"),
    ("7 أوت 2018", "2018-08-07"),
    # Morocco
    ("30 يوليوز 2019", "2019-07-30"),
    ("30 غشت 2019", "2019-08-30"),
    ("30 شتنبر 2019", "2019-09-30"),
    ("30 نونبر 2019", "2019-11-30"),
    ("30 دجنبر 2019", "2019-12-30"),
    # Two names of one month
    ("2 حزيران/يونيو 2014", "2014-06-02"),
    ("2 يونيو / حزيران 2014", "2014-06-02"),
    ("2 حزيران (يونيو) 2014", "2014-06-02"),
    ("2 تشرين الأول - أكتوبر 2014", "2014-10-02"),
    ("2 كانون الأول/ديسمبر، 2014", "2014-12-02"),
    ("كانون الثاني/يناير 2, 2014", "2014-01-02"),
    ("7 ينار 2018", "2018-01-07"),
    ("7 أوكتوبر 2018", "2018-10-07"),
    ("15 أيّار 2024", "2024-05-15"),
    ("13تشرين الثاني 2019", "2019-11-13"),
    ("13 تشرين2 2019", "2019-11-13"),
    ("13 نوفمبر تشرين الثاني 2019", "2019-11-13"),
    ("١٣ كانون الأوّل ٢٠١٩", "2019-12-13"),
    ("كانون 2019", None),
    # English, French and others
    ("June 9, 2014", "2014-06-09"),
    ("9 Sept. 2014", "2014-09-09"),
    ("September 9th, 2014", "2014-09-09"),
    ("Tue, 9th of Sep 2014", "2014-09-09"),
    ("9 février 2014", "2014-02-09"),
    ("1er août 2014", "2014-08-01"),
    ("vendredi 12 déc. 2014", "2014-12-12"),
    ("9 de junio de 2014", "2014-06-09"),
    ("9. März 2014", "2014-03-09"),
    ("3 мая 2024, 10:15", "2024-05-03T10:15"),
    ("3 травня 2024", "2024-05-03"),
    ("10 listopada 2024", "2024-11-10"),
    ("3. května 2024", "2024-05-03"),
    ("3 Μαΐου 2024", "2024-05-03"),
    ("2024. május 3.", "2024-05-03"),
    ("3 toukokuuta 2024", "2024-05-03"),
    ("17 Agustus 2024", "2024-08-17"),
    ("3 मई 2024", "2024-05-03"),
    ("5 ene. 2024", "2024-01-05"),
    ("2024年5月3日", "2024-05-03"),
    ("2025年1月13日 7時30分", "2025-01-13T07:30"),
    ("2024년 5월 3일", "2024-05-03"),
    ("9 Ağustos 2014", "2014-08-09"),
]

IN_WORDS = [
    ("الأول من أيار 2024", "2024-05-01"),
    ("الأول من كانون الأول 2023", "2023-12-01"),
    ("في الثالث من أيار 2024", "2024-05-03"),
    ("الثالث من حزيران/يونيو 2019", "2019-06-03"),
    ("الخامس عشر من مايو 2024", "2024-05-15"),
    ("العشرون من تموز 2020", "2020-07-20"),
    ("الحادي والعشرين من مارس 2024", "2024-03-21"),
    ("الثاني والعشرين من شهر مايو عام 2024", "2024-05-22"),
    ("الاثنين الثالث من يونيو 2019", "2019-06-03"),
    ("الأول من رمضان 1445", "2024-03-11"),
    ("غرة محرم 1443 هـ", "2021-08-09"),
    ("الأول من رمضان 1445 هـ الموافق الحادي عشر من مارس 2024", "2024-03-11"),
    ("15 مايو 2024 الساعة العاشرة صباحا", "2024-05-15T10:00"),
    ("15 مايو 2024 الساعة الثالثة والنصف عصراً", "2024-05-15T15:30"),
    ("15 مايو 2024 الواحدة إلا ربعا ظهرا", "2024-05-15T12:45"),
    ("15 مايو 2024 الساعة الثانية عشرة والثلث ظهرا", "2024-05-15T12:20"),
    ("15 مايو 2024 الساعة العاشرة والنصف", "2024-05-15"),  # morning or evening
    ("3 يونيو 2019 على الساعة 14 و 20 دقيقة", "2019-06-03T14:20"),
    ("الأول 2024", None),
    ("الربع الأول 2024", None),
    ("اليوم الثاني", None),
    ("العشرين من مايو", None),
]

ORDER_AND_MARKS = [
    ("٣ ـ ٦ ـ ٢٠١٩", "2019-06-03"),
    ("القاهرة في 3 يونيو 2019", "2019-06-03"),
    ("15\u200f/5\u200f/2024\u060c 10:15 ص", "2024-05-15T10:15"),
    ("03\u200f-06\u200f-2019", "2019-06-03"),
    ("11-13-2019", "2019-11-13"),
    ("2019/11/13", "2019-11-13"),
    ("2019/13/11", None),  # after the year stands the month
    ("2019-13-11", None),
    ("الخميس, مايو 14 2020", "2020-05-14"),
    ("2020 مايو 14", "2020-05-14"),
    ("14-مايو-2020", "2020-05-14"),
    ("14/أيار/2020", "2020-05-14"),
    ("14 - أيار - 2020", "2020-05-14"),
    ("14أيار2020", "2020-05-14"),
    ("14 من شهر أيار عام 2020", "2020-05-14"),
    ("١٤ أيار ٢٠٢٠", "2020-05-14"),
    ("۱۴ أيار ۲۰۲۰", "2020-05-14"),
    ("14 أيـــار 2020 م", "2020-05-14"),
    ("14 أَيَّار 2020م", "2020-05-14"),
    ("\u200f14\u200f/05\u200f/2020", "2020-05-14"),
    ("\u202b14 أيار 2020\u202c", "2020-05-14"),
    ("14/5/2020", "2020-05-14"),
    ("14\\5\\2020", "2020-05-14"),
    ("14.05.2020", "2020-05-14"),
    ("14 – 05 – 2020", "2020-05-14"),
    ("2020/5/14", "2020-05-14"),
    ("2020. 05. 14", "2020-05-14"),
    ("5/6/2020", "2020-06-05"),  # day first
    ("12/31/2020", "2020-12-31"),  # which cannot be day first
    ("الجمعة 5/6/2020", "2020-06-05"),
    ("الثلاثاء 5/6/2020", "2020-06-05"),  # a weekday that fits neither order says nothing
    ("Wednesday 5/6/2020", "2020-05-06"),  # one that fits only month first settles it
    ("Wed, 05/06/2020 - 10:00", "2020-05-06T10:00"),
    ("31/12/98", "1998-12-31"),
    ("GMT 14:30:00 2009 الإثنين 19 أكتوبر", "2009-10-19T14:30:00+00:00"),
    ("2017 26 أبريل 2018", None),
    ("الخميس 14/05/20", "2020-05-14"),  # not 20 May 2014, which was a Tuesday
    ("حزيران 2014", "2014-06"),
    ("شهر آذار/مارس 2014", "2014-03"),
    ("Octobre 2014", "2014-10"),
]

TIMES = [
    ("14 أيار 2020 - 09:41", "2020-05-14T09:41"),
    ("14 أيار 2020 | 9:41 صباحًا", "2020-05-14T09:41"),
    ("14 أيار 2020، 9:41 مساءً", "2020-05-14T21:41"),
    ("14 أيار 2020 ( 9:41 م )", "2020-05-14T21:41"),
    ("14 أيار 2020م 9:41 م", "2020-05-14T21:41"),
    ("09:41 م - 14 أيار 2020 م", "2020-05-14T21:41"),
    ("12:05 ص الخميس 14 أيار 2020", "2020-05-14T00:05"),
    ("الخميس 14 أيار 2020 الساعة 12:05 ظهراً", "2020-05-14T12:05"),
    ("الخميس 14 أيار 2020 في تمام الساعة 12:05", None),
    ("14 أيار 2020 الساعة 1:05 بعد الظهر", "2020-05-14T13:05"),
    ("14 أيار 2020 الساعة 1:05 بعد منتصف الليل", "2020-05-14T01:05"),
    ("14 أيار 2020، 11:30 ليلاً", "2020-05-14T23:30"),
    ("14 أيار 2020 الساعة 7 مساء", "2020-05-14T19:00"),
    ("14 أيار 2020 الساعة 19", "2020-05-14T19:00"),
    ("مساء الخميس 14 أيار 2020 - 7:20", "2020-05-14T19:20"),
    ("14/05/2020 07:20:33 م", "2020-05-14T19:20:33"),
    ("14/05/2020 12:00:00 AM", "2020-05-14T00:00:00"),
    ("٧:٢٠ ص ١٤/٥/٢٠٢٠", "2020-05-14T07:20"),
    ("ص 07:20 14/05/2020", "2020-05-14T07:20"),
    ("19:20 14.05.2020", "2020-05-14T19:20"),
    ("14.05.2020 19.20", "2020-05-14T19:20"),
    ("May 14, 2020 - 7.20pm", "2020-05-14T19:20"),
    ("May 14, 2020 at 7:20 p.m.", "2020-05-14T19:20"),
    ("7:20 AM, 14 May 2020", "2020-05-14T07:20"),
    ("14 mai 2020 à 19h20", "2020-05-14T19:20"),
    ("le 14 mai 2020, 19 h", "2020-05-14T19:00"),
    ("14.05.2020, 19:20 Uhr", "2020-05-14T19:20"),
    ("الخميس، 14 أيار/مايو 2020، آخر تحديث 19:20", "2020-05-14T19:20"),
    ("نشرت في: 03/06/2019 - 14:20 آخر تحديث: 04/06/2019 - 15:30", "2019-06-03T14:20"),
    ("نشر 14 أيار 2020 09:41 - تحديث 14 أيار 2020 10:02", "2020-05-14T09:41"),
    ("تم التحديث 16 أيار 2020 | نشر 14 أيار 2020 10:00", "2020-05-14T10:00"),
    ("03 يونيو 2019 - 02:20 PM", "2019-06-03T14:20"),
    ("2:20 مساءً، 3 يونيو 2019", "2019-06-03T14:20"),
    ("٢٩ رمضان ١٤٤٠هـ ٠٢:٢٠ م", "2019-06-03T14:20"),
    ("الاثنين - 29 رمضان 1440 هـ - 03 يونيو 2019 مـ رقم العدد [14797]", "2019-06-03"),
    # A time that is not known for sure is left out; the day stays.
    ("12:00 منتصف ليل 3 يونيو 2019", "2019-06-03"),
    ("14 أيار 2020 م 9:41", "2020-05-14"),
    ("14 أيار 2020 الساعة 7", "2020-05-14"),
    ("14 أيار 2020 00:41 م", "2020-05-14"),
    ("14 أيار 2020 12:00 منتصف الليل", "2020-05-14"),
    ("14 أيار 2020 09:41 - 14 أيار 2020 10:02", "2020-05-14"),
]

ZONES = [
    ("10:15 - 15 مايو 2024 UTC", "2024-05-15T10:15+00:00"),
    ("14:20 (بتوقيت غرينتش) 3 يونيو 2019", "2019-06-03T14:20+00:00"),
    ("3 يونيو 2019 (14:20 +0300)", "2019-06-03T14:20+03:00"),
    ("15 مايو 2024 10:15 (توقيت بغداد)", "2024-05-15T10:15+03:00"),
    ("14 أيار 2020 09:41 ت.غ", "2020-05-14T09:41+00:00"),
    ("14 أيار 2020 - 09:41 (توقيت غرينيتش)", "2020-05-14T09:41+00:00"),
    ("14 أيار 2020 09:41 جرينتش", "2020-05-14T09:41+00:00"),
    ("14 أيار 2020 09:41 بالتوقيت العالمي", "2020-05-14T09:41+00:00"),
    ("14 أيار 2020 09:41 بتوقيت غرينتش+3", "2020-05-14T09:41+03:00"),
    ("14 أيار 2020 09:41 بتوقيت السعودية", "2020-05-14T09:41+03:00"),
    ("14 أيار 2020 9:41 م (مكة المكرمة)", "2020-05-14T21:41+03:00"),
    ("14 أيار 2020 09:41 بتوقيت أبوظبي", "2020-05-14T09:41+04:00"),
    ("14 أيار 2020 09:41 بتوقيت الإمارات", "2020-05-14T09:41+04:00"),
    ("14 أيار 2020 09:41 بتوقيت الدوحة", "2020-05-14T09:41+03:00"),
    ("14 أيار 2020 09:41 بتوقيت القاهرة", "2020-05-14T09:41+02:00"),
    ("14 أيار 2024 09:41 بتوقيت القاهرة", "2024-05-14T09:41+03:00"),  # summer time is back since 2023
    ("14 أيار 2020 09:41 بتوقيت بيروت", "2020-05-14T09:41+03:00"),
    ("14 شباط 2020 09:41 بتوقيت بيروت", "2020-02-14T09:41+02:00"),
    ("14 شباط 2020 09:41 بتوقيت دمشق", "2020-02-14T09:41+02:00"),
    ("14 شباط 2024 09:41 بتوقيت دمشق", "2024-02-14T09:41+03:00"),
    ("14 شباط 2020 09:41 بتوقيت القدس المحتلة", "2020-02-14T09:41+02:00"),
    ("14 شباط 2024 09:41 بتوقيت عمّان", "2024-02-14T09:41+03:00"),
    ("14 شباط 2020 09:41 توقيت تونس", "2020-02-14T09:41+01:00"),
    ("14 شباط 2020 09:41 توقيت الجزائر", "2020-02-14T09:41+01:00"),
    ("14 شباط 2020 09:41 GMT+3", "2020-02-14T09:41+03:00"),
    ("14 شباط 2020 09:41 (GMT+0400)", "2020-02-14T09:41+04:00"),
    ("14 شباط 2020 09:41 (+3)", "2020-02-14T09:41+03:00"),
    ("14 شباط 2020 09:41 UTC-05:00", "2020-02-14T09:41-05:00"),
    ("Feb 14, 2020 09:41 AST", "2020-02-14T09:41+03:00"),
    ("Feb 14, 2020 9:41 PM KSA", "2020-02-14T21:41+03:00"),
    ("14 Feb 2020 09:41 GMT", "2020-02-14T09:41+00:00"),
    ("14 Feb 2020 09:41 EET", "2020-02-14T09:41+02:00"),
    ("14 Jul 2020 09:41 EEST", "2020-07-14T09:41+03:00"),
    ("14 Jul 2020 09:41 CEST", "2020-07-14T09:41+02:00"),
    ("14 Jul 2020 09:41 GST", "2020-07-14T09:41+04:00"),
    ("14 Jul 2020 9:41 a.m. ET", "2020-07-14T09:41-04:00"),
    ("14 Jul 2020 09:41 Beirut time", "2020-07-14T09:41+03:00"),
    ("14 تموز 2020 الساعة 12:41 بتوقيت بيروت (09:41 ت.غ)", "2020-07-14T12:41+03:00"),
    ("14 أيار 2020 09:41 بالتوقيت المحلي", "2020-05-14T09:41"),
    # A zone that is named but not known: the hour would be a guess.
    ("14 Feb 2020 09:41 IST", "2020-02-14"),
    ("14 شباط 2020 09:41 بتوقيت بلوتو", "2020-02-14"),
]

HIJRI = [
    ("1 رمضان 1441", "2020-04-24"),
    ("1 رمضان 1441هـ", "2020-04-24"),
    ("١٠ ذو الحجة ١٤٤٠ هـ", "2019-08-11"),
    ("10 ذي الحجه 1440 هـ", "2019-08-11"),
    ("الخميس 12 ربيع الأول 1442", "2020-10-29"),
    ("12 ربيع الاول 1442 ه", "2020-10-29"),
    ("1 محرم 1443", "2021-08-09"),
    ("1 من محرم 1443 هجرية", "2021-08-09"),
    ("20/11/1440 هـ", "2019-07-23"),
    ("1440/11/20", "2019-07-23"),
    ("١٩-١١-١٤٤٠ هـ", "2019-07-22"),
    ("20 ذو القعدة 1440هـ - 23 يوليو 2019م", "2019-07-23"),
    ("الثلاثاء 20 ذي القعدة 1440 هـ الموافق لـ 23 يوليو 2019 م", "2019-07-23"),
    ("الثلاثاء 1440/11/20 هـ الموافق 2019/07/23 م", "2019-07-23"),
    ("23/7/2019 - 20/11/1440", "2019-07-23"),
    ("21 ذو القعدة 1440 (23 يوليو 2019)", "2019-07-23"),  # where the moon was sighted a day earlier
    ("20 ذو القعدة - 23 يوليو 2019", "2019-07-23"),
    ("20 ذو القعدة 1440 - 23 يوليو", "2019-07-23"),
    ("20 شوال 1440 - 23 يوليو 2019", None),  # a month apart: one of them is wrong
    ("الثلاثاء 20 شوال 1440 - 23 يوليو 2019", "2019-07-23"),  # the weekday tells which
    ("الثلاثاء 22 شوال 1440 - 23 يوليو 2019", None),  # both are Tuesdays
    ("رجب 1438", None),  # lies in two months
    ("1397/02/14", None),  # a solar year of Iran as well
    ("1400/01/01 هـ", "1979-11-20"),
    ("30 محرم 1445", None),
    ("14 أيار 2020 هـ", None),
    ("14 مايو 1441", None),
]

RELATIVE = [
    ("منذ ساعة", "2021-11-10T17:00+02:00", "hour"),
    ("منذ ساعتين", "2021-11-10T16:00+02:00", "hour"),
    ("قبل ٥ ساعات", "2021-11-10T13:00+02:00", "hour"),
    ("منذ حوالي 20 ساعة", "2021-11-09T22:00+02:00", "hour"),
    ("قبل ٣ ساعات ونصف", "2021-11-10T15:17+02:00", "minute"),
    ("منذ يومين و3 ساعات", "2021-11-08T15:00+02:00", "hour"),
    ("آخر تحديث: منذ 3 ساعات", "2021-11-10T15:00+02:00", "hour"),
    ("منذ 7 دقائق", "2021-11-10T18:40+02:00", "minute"),
    ("قبل خمس دقائق", "2021-11-10T18:42+02:00", "minute"),
    ("منذ نصف ساعة", "2021-11-10T18:17+02:00", "minute"),
    ("منذ ساعة و15 دقيقة", "2021-11-10T17:32+02:00", "minute"),
    ("قبل 40 ثانية", "2021-11-10T18:46:40+02:00", "second"),
    ("قبل يوم", "2021-11-09", "day"),
    ("منذ يومان", "2021-11-08", "day"),
    ("منذ ثلاثة أيام", "2021-11-07", "day"),
    ("قبل 11 يوماً", "2021-10-30", "day"),
    ("منذ أسبوع", "2021-11-03", "day"),
    ("قبل 3 أسابيع", "2021-10-20", "day"),
    ("منذ شهر", "2021-10", "month"),
    ("قبل شهرين", "2021-09", "month"),
    ("منذ 11 شهرا", "2020-12", "month"),
    ("نُشر قبل 4 ساعات", "2021-11-10T14:00+02:00", "hour"),
    ("3 ساعات مضت", "2021-11-10T15:00+02:00", "hour"),
    ("اليوم", "2021-11-10", "day"),
    ("اليوم الساعة 7:30 ص", "2021-11-10T07:30", "minute"),
    ("صباح اليوم", "2021-11-10", "day"),
    ("الأمس", "2021-11-09", "day"),
    ("أمس 22:10", "2021-11-09T22:10", "minute"),
    ("مساء أمس - 7:05", "2021-11-09T19:05", "minute"),
    ("أول أمس", "2021-11-08", "day"),
    ("أمس الأول", "2021-11-08", "day"),
    ("2 hours ago", "2021-11-10T16:00+02:00", "hour"),
    ("about 3 hrs ago", "2021-11-10T15:00+02:00", "hour"),
    ("4h ago", "2021-11-10T14:00+02:00", "hour"),
    ("an hour ago", "2021-11-10T17:00+02:00", "hour"),
    ("2 days ago", "2021-11-08", "day"),
    ("Yesterday at 6:30 pm", "2021-11-09T18:30", "minute"),
    ("il y a 2 jours", "2021-11-08", "day"),
    ("il y a une heure", "2021-11-10T17:00+02:00", "hour"),
    ("hier à 9h15", "2021-11-09T09:15", "minute"),
    ("avant-hier", "2021-11-08", "day"),
]

MACHINE = [
    ("2020-05-14T09:41:07+03:00", "2020-05-14T09:41:07+03:00", "second"),
    ("2020-05-14T09:41:07.123456Z", "2020-05-14T09:41:07+00:00", "second"),
    ("2020-05-14T09:41:07.000+0300", "2020-05-14T09:41:07+03:00", "second"),
    ("2020-05-14T09:41:07+03", "2020-05-14T09:41:07+03:00", "second"),
    ("2020-05-14T09:41:07-04:30", "2020-05-14T09:41:07-04:30", "second"),
    ("2020-05-14T09:41:07+02:00[Africa/Cairo]", "2020-05-14T09:41:07+02:00", "second"),
    ("2020-05-14T09:41Z", "2020-05-14T09:41+00:00", "minute"),
    ("2020-05-14t09:41:07z", "2020-05-14T09:41:07+00:00", "second"),
    ("2020-05-14 09:41:07", "2020-05-14T09:41:07", "second"),
    ("2020-05-14 09:41:07 UTC", "2020-05-14T09:41:07+00:00", "second"),
    ("2020-05-14 09:41:07 +0000 UTC", "2020-05-14T09:41:07+00:00", "second"),
    ("2020-05-14T09:41", "2020-05-14T09:41", "minute"),
    ("2020-5-4T9:41:07Z", "2020-05-04T09:41:07+00:00", "second"),
    ("  2020-05-14\n", "2020-05-14", "day"),
    ("2020-05-14+03:00", "2020-05-14", "day"),
    ("2020-05", "2020-05", "month"),
    ("3/9/2014 1:42:00 PM", "2014-03-09T13:42:00", "second"),
    ("3/9/2014, 12:05:09 AM", "2014-03-09T00:05:09", "second"),
    ("03/09/2014 01:42:00 PM", "2014-09-03T13:42:00", "second"),
    ("3/9/2014 13:42:00", "2014-09-03T13:42:00", "second"),
    ("20200514", "2020-05-14", "day"),
    ("20200514T094107Z", "2020-05-14T09:41:07+00:00", "second"),
    ("20200514094107", "2020-05-14T09:41:07", "second"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59+00:00", "minute"),
    ("1441-09-21", "2020-05-14", "day"),
    ("Thu, 14 May 2020 09:41:07 +0300", "2020-05-14T09:41:07+03:00", "second"),
    ("Thu, 14 May 2020 09:41:07 GMT", "2020-05-14T09:41:07+00:00", "second"),
    ("Thu, 14 May 2020 09:41:07 -0500", "2020-05-14T09:41:07-05:00", "second"),
    ("Thursday, 14-May-98 09:41:07 GMT", "1998-05-14T09:41:07+00:00", "second"),
    ("Thu May 14 09:41:07 2020", "2020-05-14T09:41:07", "second"),
    ("Thu May 14 09:41:07 AST 2020", "2020-05-14T09:41:07+03:00", "second"),
    ("Thu May 14 2020 09:41:07 GMT+0300 (Arabian Standard Time)", "2020-05-14T09:41:07+03:00", "second"),
    ("1589438467", "2020-05-14T06:41:07+00:00", "second"),
    ("1589438467000", "2020-05-14T06:41:07+00:00", "second"),
]

LABELLED = [
    ("نُشر في: الأحد، 14 شباط 2021", "2021-02-14"),
    ("تاريخ النشر : 14/02/2021", "2021-02-14"),
    ("آخر تحديث 14 فبراير 2021 في 08:05", "2021-02-14T08:05"),
    ("تم التحديث بتاريخ 14-02-2021", "2021-02-14"),
    ("تم النشر يوم الأحد الموافق 14 فبراير 2021", "2021-02-14"),
    ("أُضيف بتاريخ: 2021/02/14", "2021-02-14"),
    ("كُتب في 14 فيفري 2021", "2021-02-14"),
    ("القاهرة - الأحد 14 فبراير 2021", "2021-02-14"),
    ("العدد 1532 - الأحد 14 فبراير 2021", "2021-02-14"),
    ("الأحد 14 فبراير 2021 الساعة 18:47 / عدد القراءات: 1,352", "2021-02-14T18:47"),
    ("14/02/2021 352 مشاهدة", "2021-02-14"),
    ("12 تعليقا - 14 فبراير 2021 (8) تعليقات", "2021-02-14"),
    ("2021-02-14 08:05 Views: 352", "2021-02-14T08:05"),
    ("منذ 5 ساعات 14 February، 2021", "2021-02-14"),
    ("Updated on February 14, 2021", "2021-02-14"),
    ("Last updated: 2021-02-14 08:05", "2021-02-14T08:05"),
    ("Publié le 14/02/2021 à 08:05", "2021-02-14T08:05"),
    ("Mis à jour le 14 février 2021", "2021-02-14"),
]

REFUSED = [
    "",
    " ",
    "الأحد",
    "2021",
    "١٤٤٢",
    "آذار",
    "14 آذار",
    "آذار 14",
    "14/3",
    "3/2021",
    "2014-15",  # a season
    "2014-2015",
    "08:05",
    "الآن",
    "قبل قليل",
    "منذ لحظات",
    "منذ ساعات",
    "منذ أيام",
    "قبل سنة",  # there is no precision of a year
    "منذ 3 سنوات",
    "just now",
    "غدا",
    "30 شباط 2021",
    "31 حزيران 2021",
    "31 جمادى الأولى 1445 هـ",
    "0 يونيو 2019",
    "3 يونيو 2919",
    "3 يونيو 219",
    "صيف 2019",
    "منذ يومين ونصف",
    "السبت الماضي",
    "13 : 11 : 2019",
    "نشر 12 شباط 2021 - نشر 14 شباط 2021",
    "29 فبراير 2021",
    "29/2/2021",
    "13/13/2021",
    "0/0/2021",
    "14 شباط 2021 25:10",
    "14 شباط 2021 10:75",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "-0001-11-30T00:00:00+00:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "1970-01-01T00:00:00Z",
    "2021-02-30",
    "2021-02-14T24:10:00",
    "14 شباط 2021 9:5",
    "14 شباط 2021 10:75 م",
    "14 شباط 2021 10:15 GMT+25",
    "14 شباط 2021 10:15 AST+3",
    "14/02/2021 هـ",
    "14/02/21",  # 2021 or 2014
    "01/02/03",
    "14 شباط 21",
    "14 كانون 2021",  # the first or the second
    "آذار/نيسان 2021",
    "12 - 14 شباط 2021",
    "12-14 شباط 2021",
    "12 و14 شباط 2021",
    "من 12 شباط 2021 إلى 14 شباط 2021",
    "12 شباط - 3 آذار 2021",
    "12 شباط 2021 - 14 شباط 2021",
    "شباط 2021 - 14 آذار 2021",
    "12 شباط/آذار",
    "من 14 شباط 2021",
    "أصيب 14 مدنيا في آذار",
    "أصيب 14 مدنيا في آذار 2021",
    "قالت الوزارة إن 300 شخص وصلوا في 14 آذار 2021",
    "ثورة 17 تشرين الأول 2019",
    "اليوم العالمي للمرأة 8 مارس 2021",
    "المصري اليوم",
    "القانون رقم 12/2021",
    "0123456789",
    "99999999999",
    "9999999999",
    "192.168.10.2021",
    "14 شباط 2021 " + "كلمة " * 60,
    "14 शबात २०२१",
]

FOUND = [
    ("الثلاثاء 26 من ربيع الأول 1440 هــ 4 ديسمبر 2018 السنة 143 العدد 48210", "2018-12-04"),
    ("By Jane Doe26 April 2017", "2017-04-26"),
    ("COP26 November 2021", None),
    ("sahl26 3/5/2017", "2017-05-03"),
    ("صيدا - الأحد 14 شباط 2021 - 08:05", "2021-02-14T08:05"),
    ("كتبت: منى سالم | الأحد، 14 فبراير 2021 08:05 م", "2021-02-14T20:05"),
    ("منى سالم - 14/02/2021", "2021-02-14"),
    ("الرئيسية / محليات / 14 فبراير 2021", "2021-02-14"),
    ("صحيفة اليوم | 14 فبراير 2021", "2021-02-14"),
    ("14 فبراير 2021 | 12 تعليقا | 340 مشاهدة", "2021-02-14"),
    ("14 فبراير 2021 | 2:05 دقيقة", "2021-02-14"),
    ("منى سالم | منذ 3 ساعات", "2021-11-10T15:00+02:00"),
    ("By Mona Salem | Feb 14, 2021 | 8:05 am", "2021-02-14T08:05"),
    ("Par Mona Salem, publié le 14 février 2021 à 8h05", "2021-02-14T08:05"),
    ("الأحد 2 رجب 1442 هـ الموافق 14 فبراير 2021 م وكالة", "2021-02-14"),
    ("منى سالم 14 فبراير 2021 - 14/2/2021", "2021-02-14"),
    ("نشر 14 فبراير 2021 08:05 | خبر | تحديث 14 فبراير 2021 09:30", "2021-02-14T08:05"),
    ("منى سالم | نشر 14 فبراير 2021 | تحديث 15 فبراير 2021", "2021-02-14"),
    # Not found: two dates, spans, sentences, names
    ("منى سالم | 14 فبراير 2021 | تحديث 15 فبراير 2021", None),
    ("معرض الكتاب 12 - 14 فبراير 2021", None),
    ("من 12 إلى 14 فبراير 2021", None),
    ("نزح 340 شخصا في 14 فبراير 2021", None),
    ("وأعلنت الحكومة في بيان لها صباح الأحد 14 فبراير 2021 عن خطتها", None),
    ("انتخابات أيار 2021", None),
    ("قال أمس إن الأمور بخير", None),
    ("المصري اليوم - 08:05", None),
    ("© 2021 جميع الحقوق محفوظة", None),
]

ALL_READ = [
    *MONTH_FAMILIES,
    *IN_WORDS,
    *ORDER_AND_MARKS,
    *TIMES,
    *ZONES,
    *HIJRI,
    *LABELLED,
    *((text, value) for text, value, _ in RELATIVE + MACHINE),
]
READ = [(text, value) for text, value in ALL_READ if value]


def value_of(moment: Moment | None) -> str | None:
    return moment.value if moment else None


@pytest.mark.parametrize(("text", "expected"), ALL_READ)
def test_resolve_reads(text: str, expected: str | None) -> None:
    assert value_of(resolve(text, reference=FETCHED)) == expected


@pytest.mark.parametrize(("text", "expected", "precision"), RELATIVE + MACHINE)
def test_precision_is_that_of_the_text(text: str, expected: str, precision: str) -> None:
    moment = resolve(text, reference=FETCHED)
    assert moment is not None
    assert moment.precision == precision


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("حزيران 2014", "month"),
        ("2 حزيران 2014", "day"),
        ("2 حزيران 2014 الساعة 7 مساء", "hour"),
        ("2 حزيران 2014 07:10", "minute"),
        ("2 حزيران 2014 07:10:55", "second"),
    ],
)
def test_precision_of_a_stated_date(text: str, precision: str) -> None:
    moment = resolve(text, reference=None)
    assert moment is not None
    assert moment.precision == precision


@pytest.mark.parametrize("text", REFUSED)
def test_resolve_refuses_to_guess(text: str) -> None:
    assert resolve(text, reference=FETCHED) is None


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_find_reads_the_one_date_of_a_line(text: str, expected: str | None) -> None:
    assert value_of(find(text, reference=FETCHED)) == expected


@pytest.mark.parametrize(("text", "expected"), READ)
def test_find_reads_what_resolve_reads(text: str, expected: str) -> None:
    assert value_of(find(text, reference=FETCHED)) == expected


def test_text_is_kept_as_printed() -> None:
    moment = resolve("  نُشـر في ١٤ أيّار ٢٠٢٠ ", reference=None)
    assert moment == Moment(value="2020-05-14", precision="day", text="نُشـر في ١٤ أيّار ٢٠٢٠")


@pytest.mark.parametrize("text", [text for text, _, _ in RELATIVE])
def test_relative_time_without_reference_is_none(text: str) -> None:
    assert resolve(text, reference=None) is None


def test_an_absolute_date_wins_over_the_relative_one_beside_it() -> None:
    assert value_of(resolve("اليوم الأحد 14 فبراير 2021", reference=FETCHED)) == "2021-02-14"
    assert value_of(resolve("14 فبراير 2021 - منذ يومين", reference=FETCHED)) == "2021-02-14"


def test_zone_of_the_outlet_completes_a_time_that_names_none() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    assert value_of(resolve("14 شباط 2021 08:05", reference=None, zone=beirut)) == "2021-02-14T08:05+02:00"
    assert value_of(resolve("14 تموز 2021 08:05", reference=None, zone=beirut)) == "2021-07-14T08:05+03:00"
    assert value_of(resolve("2021-07-14 08:05:10", reference=None, zone=beirut)) == "2021-07-14T08:05:10+03:00"
    assert value_of(resolve("14 تموز 2021", reference=None, zone=beirut)) == "2021-07-14"
    assert value_of(resolve("14 تموز 2021 08:05 ت.غ", reference=None, zone=beirut)) == "2021-07-14T08:05+00:00"
    assert value_of(find("صور - 14 تموز 2021 08:05", reference=None, zone=beirut)) == "2021-07-14T08:05+03:00"


def test_zone_of_the_outlet_says_which_day_is_today() -> None:
    fetched = datetime(2021, 7, 14, 22, 30, tzinfo=UTC)
    riyadh = ZoneInfo("Asia/Riyadh")
    assert value_of(resolve("أمس", reference=fetched, zone=riyadh)) == "2021-07-14"
    assert value_of(resolve("أمس", reference=fetched)) == "2021-07-13"
    assert value_of(resolve("منذ ساعة", reference=fetched, zone=riyadh)) == "2021-07-15T00:00+03:00"
    assert value_of(resolve("أمس 08:05 بتوقيت غرينتش", reference=fetched, zone=riyadh)) == "2021-07-13T08:05+00:00"


def test_hours_ago_pass_at_one_rate_when_clocks_change() -> None:
    fetched = datetime(2021, 3, 28, 0, 30, tzinfo=UTC)  # 03:30 in Beirut, where 00:00 had become 01:00
    assert value_of(resolve("منذ 3 ساعات", reference=fetched, zone=ZoneInfo("Asia/Beirut"))) == "2021-03-27T23:00+02:00"


def test_an_epoch_after_the_fetch_is_none() -> None:
    later = str(int((FETCHED + timedelta(days=3)).timestamp()))
    assert resolve(later, reference=FETCHED) is None


@pytest.mark.parametrize(
    ("text", "fetched", "expected"),
    [
        ("31.12.09", "2021-11-10", "2009-12-31"),
        ("28 نوفمبر 07", "2021-11-10", "2007-11-28"),
        ("30/08/14 10:15", "2021-11-10", "2014-08-30T10:15"),
        ("5/10/12", "2012-05-20", None),  # 10 May, or 12 October 2005
        ("5/10/12", "2012-11-20", None),
        ("10/11/15", "2013-05-20", "2010-11-15"),
        ("31.12.09", "2032-01-01", None),  # 9 December 2031 as well
        ("31/12/35", "2021-11-10", None),  # all after it
        ("31.12.09", None, None),
    ],
)
def test_of_two_years_that_two_digits_may_mean_one_after_the_fetch_is_none(
    text: str, fetched: str | None, expected: str | None
) -> None:
    reference = datetime.fromisoformat(f"{fetched}T12:00+00:00") if fetched else None
    assert value_of(resolve(text, reference=reference)) == expected


@pytest.mark.parametrize(
    ("value", "precision", "plausible"),
    [
        ("2021-11-10T18:47+02:00", "minute", True),
        ("2021-11-11T18:47:20+02:00", "second", True),
        ("2021-11-11T18:48:00+02:00", "second", False),
        ("2021-11-11", "day", True),
        ("2021-11-12", "day", False),
        ("2021-11", "month", True),
        ("2021-12", "month", False),
        ("2024-05-14", "day", False),
        ("1999-05-14", "day", True),
    ],
)
def test_a_moment_later_than_a_day_after_the_fetch_is_not_plausible(
    value: str, precision: str, plausible: bool
) -> None:
    moment = Moment(value=value, precision=precision, text=value)  # type: ignore[arg-type]
    assert is_plausible(moment, reference=FETCHED) is plausible


def test_no_name_means_two_months_or_weekdays() -> None:
    for rows in (words.GREGORIAN_MONTHS, words.HIJRI_MONTHS, words.WEEKDAYS):
        meanings: dict[str, int] = {}
        for row in rows:
            names = [fold(name) for name in row.split(",")]
            assert len(names) in (7, 12), row
            for number, name in enumerate(names):
                if name != "-":
                    assert meanings.setdefault(name, number) == number, name


def test_every_place_has_its_zone() -> None:
    assert [name for name in (*zones.PLACES, *zones.SEASONAL_NAMES) if zones.zone_of(name) is None] == []


def test_a_zone_that_this_system_does_not_have_is_not_known() -> None:
    assert zones.zone_of("Atlantis/Capital") is None


def test_shared_dates_are_all_right(shared: Path) -> None:
    fetched = datetime.fromisoformat("2024-03-10T12:00:00+03:00")
    with (shared / "data/dates.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter="\t") if row and not row[0].startswith("#")]
    assert len(rows) > 40
    read = {text: value_of(resolve(text, reference=fetched)) for text, *_ in rows}
    assert [(text, expected) for text, expected, *_ in rows if not is_same(expected or None, read[text])] == []


def is_same(expected: str | None, value: str | None) -> bool:
    """Compare as the data means it: what has no offset there is told in the zone of the page."""
    if expected is None or value is None or len(expected) <= len("2021-02-14"):
        return expected == value
    wanted, got = datetime.fromisoformat(expected), datetime.fromisoformat(value)
    return got == wanted if wanted.tzinfo else got.replace(tzinfo=None) == wanted


def test_import_loads_no_calendar_tables() -> None:
    script = "import sys, newsarchive.dates; sys.exit(not {'hijridate', 'zoneinfo'}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


ANY_TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
PIECES = (
    "1 14 31 99 2021 1442 123 / - . : , ، ( ) | + ' T Z هـ م ص صباحا مساء مايو شباط كانون رجب ذو القعدة الأحد الساعة"
    " في من منذ قبل ساعات يومين شهر عام أمس اليوم بتوقيت بيروت غرينتش GMT UTC ago hours h à le May st 08:05 1/2/2021"
    " كلمة و"
)


@given(ANY_TEXT)
def test_any_text_gives_a_moment_or_none(text: str) -> None:
    for read in (resolve, find):
        moment = read(text, reference=FETCHED)
        assert moment is None or datetime.fromisoformat(f"{moment.value}-01"[: max(10, len(moment.value))])


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=14), st.sampled_from(["", " "]))
def test_any_words_of_dates_give_a_value_that_reads_as_itself(pieces: list[str], blank: str) -> None:
    moment = resolve(blank.join(pieces), reference=FETCHED)
    if moment is not None:
        assert value_of(resolve(moment.value, reference=FETCHED)) == moment.value
        assert value_of(find(blank.join(pieces), reference=FETCHED)) == moment.value


@given(st.sampled_from(READ))
def test_values_read_as_themselves(row: tuple[str, str]) -> None:
    assert value_of(resolve(row[1], reference=FETCHED + timedelta(days=2000))) == row[1]


@given(st.sampled_from(MONTH_FAMILIES + TIMES + ZONES + HIJRI), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_digit_sets_are_equivalent(row: tuple[str, str | None], digits: str) -> None:
    text, expected = row
    assert value_of(resolve(text.translate(str.maketrans("0123456789", digits)), reference=FETCHED)) == expected


@given(st.sampled_from(MONTH_FAMILIES + TIMES + ZONES + HIJRI), st.sampled_from("\u200e\u200f\u202a\u2067\u00ad\ufeff"))
def test_invisible_characters_do_not_matter(row: tuple[str, str | None], invisible: str) -> None:
    text, expected = row
    assert value_of(resolve(invisible + invisible.join(text) + "\u202c", reference=FETCHED)) == expected


@given(st.dates(min_value=date(1971, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_every_month_family(day: date) -> None:
    for row in words.GREGORIAN_MONTHS:
        name = row.split(", ")[day.month - 1]
        if name != "-":
            assert value_of(resolve(f"{day.day} {name} {day.year}", reference=None)) == day.isoformat()
