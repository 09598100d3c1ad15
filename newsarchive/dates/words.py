"""The words that dates are written with: months, weekdays, units, day times, labels. Tables, no rules.

Words stand here as they are printed and are folded when the lexicon is made of them, so every spelling that
folds alike (أبريل, ابريل, إبريل) needs one entry. A further month family or language is one more row.
"""

from __future__ import annotations

# One row a family or language, January first; a hyphen where it has no name of its own.
GREGORIAN_MONTHS = (
    # Egypt, Gulf, Sudan, with the second spellings of Egypt
    "يناير, فبراير, مارس, أبريل, مايو, يونيو, يوليو, أغسطس, سبتمبر, أكتوبر, نوفمبر, ديسمبر",
    "ينار, -, -, -, -, يونيه, يوليه, اغسطوس, -, أوكتوبر, -, دسمبر",
    # Syria, Lebanon, Iraq, Jordan, Palestine: full, without the article, numbered, abbreviated
    "كانون الثاني, شباط, آذار, نيسان, أيار, حزيران, تموز, آب, أيلول, تشرين الأول, تشرين الثاني, كانون الأول",
    "كانون ثاني, اشباط, مارت, -, مايس, -, -, -, -, تشرين أول, تشرين ثاني, كانون أول",
    "كانون ثان, -, -, -, نوار, -, -, -, -, -, تشرين ثان, -",
    "كانون 2, -, -, -, -, -, -, -, -, تشرين 1, تشرين 2, كانون 1",
    "كانون (2), -, -, -, -, -, -, -, -, تشرين (1), تشرين (2), كانون (1)",
    "ك2, -, -, -, -, -, -, -, -, ت1, ت2, ك1",
    # Tunisia and Algeria; Morocco
    "جانفي, فيفري, مارس, أفريل, ماي, جوان, جويلية, أوت, سبتمبر, أكتوبر, نوفمبر, ديسمبر",
    "يناير, فبراير, مارس, أبريل, ماي, يونيو, يوليوز, غشت, شتنبر, أكتوبر, نونبر, دجنبر",
    # English; French
    "january, february, march, april, may, june, july, august, september, october, november, december",
    "jan, feb, mar, apr, -, jun, jul, aug, sep, oct, nov, dec",
    "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre",
    "janv, févr, -, avr, -, -, juil, -, sept, -, -, déc",
    # Other languages of pages that Arab outlets publish or quote: German, Spanish, Italian, Portuguese,
    # Dutch, Turkish, Swedish and Danish, Norwegian
    "januar, februar, märz, april, mai, juni, juli, august, september, oktober, november, dezember",
    "enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre",
    "gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre",
    "janeiro, fevereiro, março, abril, maio, junho, julho, agosto, setembro, outubro, novembro, dezembro",
    "januari, februari, maart, april, mei, juni, juli, augustus, september, oktober, november, december",
    "ocak, şubat, mart, nisan, mayıs, haziran, temmuz, ağustos, eylül, ekim, kasım, aralık",
    "januari, februari, marts, april, maj, juni, juli, augusti, september, oktober, november, december",
    "januar, februar, mars, april, mai, juni, juli, august, september, oktober, november, desember",
    # Their abbreviations, but for those that are English words (out, set, ago): German, Spanish, Italian, Turkish
    "jän, fev, mrz, -, -, giu, lug, -, sept, okt, -, dez",
    "ene, şub, -, abr, -, haz, -, ağu, eyl, ott, -, dic",
    # Indonesian and Malay; Romanian; Finnish
    "januari, februari, maret, april, mei, juni, juli, agustus, september, oktober, november, desember",
    "ianuarie, februarie, martie, aprilie, mai, iunie, iulie, august, septembrie, octombrie, noiembrie, decembrie",
    "tammikuuta, helmikuuta, maaliskuuta, huhtikuuta, toukokuuta, kesäkuuta, heinäkuuta, elokuuta, syyskuuta,"
    " lokakuuta, marraskuuta, joulukuuta",
    # As they stand after a day: Polish, Czech, Russian, Ukrainian, Greek; Hungarian; Hindi
    "stycznia, lutego, marca, kwietnia, maja, czerwca, lipca, sierpnia, września, października, listopada, grudnia",
    "ledna, února, března, dubna, května, června, července, srpna, září, října, -, prosince",
    "января, февраля, марта, апреля, мая, июня, июля, августа, сентября, октября, ноября, декабря",
    "січня, лютого, березня, квітня, травня, червня, липня, серпня, вересня, жовтня, листопада, грудня",
    "ιανουαρίου, φεβρουαρίου, μαρτίου, απριλίου, μαΐου, ιουνίου, ιουλίου, αυγούστου, σεπτεμβρίου, οκτωβρίου,"
    " νοεμβρίου, δεκεμβρίου",
    "január, február, március, április, május, június, július, augusztus, szeptember, október, november, december",
    "जनवरी, फरवरी, मार्च, अप्रैल, मई, जून, जुलाई, अगस्त, सितंबर, अक्टूबर, नवंबर, दिसंबर",
)

HIJRI_MONTHS = (
    "محرم, صفر, ربيع الأول, ربيع الآخر, جمادى الأولى, جمادى الآخرة, رجب, شعبان, رمضان, شوال, ذو القعدة, ذو الحجة",
    "المحرم, -, ربيع أول, ربيع الثاني, جمادى الأول, جمادى الثانية, -, -, رمضان المبارك, -, ذي القعدة, ذي الحجة",
    "محرم الحرام, -, ربيع 1, ربيع ثاني, جمادى أولى, جمادى الآخر, -, -, -, -, ذوالقعدة, ذوالحجة",
    "-, -, -, ربيع آخر, جماد الأول, جمادى الثاني, -, -, -, -, ذيالقعدة, ذيالحجة",
    "-, -, -, ربيع ثان, جماد أول, جمادى آخرة, -, -, -, -, ذو قعدة, ذو حجة",
    "-, -, -, ربيع 2, جماد الأولى, جماد الآخر, -, -, -, -, ذا القعدة, ذا الحجة",
    "-, -, -, -, جمادى 1, جماد الثاني, -, -, -, -, ذي قعدة, ذي حجة",
    "-, -, -, -, -, جماد ثاني, -, -, -, -, -, -",
    "-, -, -, -, -, جماد الآخرة, -, -, -, -, -, -",
    "-, -, -, -, -, جمادى ثانية, -, -, -, -, -, -",
    "-, -, -, -, -, جمادى 2, -, -, -, -, -, -",
)

WEEKDAYS = (
    "الاثنين, الثلاثاء, الأربعاء, الخميس, الجمعة, السبت, الأحد",
    "الأثنين, الثلثاء, الاربعا, خميس, جمعة, سبت, أحد",
    "الإتنين, التلات, أربعاء, -, -, -, -",
    "-, ثلاثاء, -, -, -, -, -",
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday",
    "mon, tue, wed, thu, fri, sat, sun",
    "-, tues, weds, thur, -, -, -",
    "-, -, -, thurs, -, -, -",
    "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche",
    "lun, -, mer, jeu, ven, sam, dim",
    "montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag",
    "lunes, martes, miércoles, jueves, viernes, sábado, domingo",
    "lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica",
    "segunda-feira, terça-feira, quarta-feira, quinta-feira, sexta-feira, -, -",
    "maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag",
    "pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar",
    "måndag, tisdag, onsdag, torsdag, fredag, lördag, söndag",
    "mandag, tirsdag, -, -, -, lørdag, søndag",
)

# How a half of the day is told: "am", "pm", "noon" (11 to 4 o'clock) or "night" (6 in the evening to 5).
# Letters and abbreviations mean it only beside a time, words may also stand before the weekday.
MERIDIEM_LETTERS = {"am": "ص, am, a.m, ق.ظ", "pm": "pm, p.m, ب.ظ"}
MERIDIEM_WORDS = {
    "am": "صباحا, صباح, الصباح, في الصباح, قبل الظهر, فجرا, فجر, بعد منتصف الليل, ضحى",
    "pm": "مساء, مساءا, مسا, المساء, في المساء, بعد الظهر, بعد ظهر, عصرا, عصر",
    "noon": "ظهرا, ظهر, الظهر",
    "night": "ليلا, ليل, ليلة, منتصف الليل, منتصف ليل",
}

# Unit words with the count that each implies (0: a plural, which says nothing without a number), in the unit of
# their row: ساعتان are two hours, "half an hour" is 30 minutes.
UNITS = {
    "second": {"ثانية, second, seconde": 1, "ثانيتين, ثانيتان": 2, "ثوان, ثواني, seconds, secs, sec, secondes": 0},
    "minute": {
        "دقيقة, دقيقة واحدة, minute, a minute, une minute": 1,
        "دقيقتين, دقيقتان": 2,
        "دقائق, دقايق, minutes, mins, min": 0,
        "ربع ساعة": 15,
        "ثلث ساعة": 20,
        "نصف ساعة, half an hour, une demi-heure": 30,
        "ساعة وربع": 75,
        "ساعة ونصف, ساعة و نصف": 90,
    },
    "hour": {
        "ساعة, ساعة واحدة, hour, an hour, hr, heure, une heure": 1,
        "ساعتين, ساعتان": 2,
        "ساعات, hours, hrs, heures": 0,
    },
    "day": {
        "يوم واحد, يوما, يوما واحدا, day, a day, d, un jour": 1,
        "يومين, يومان": 2,
        "أيام, days, jours": 0,
    },
    "week": {
        "أسبوع, أسبوع واحد, أسبوعا, week, a week, wk, w, semaine, une semaine": 1,
        "أسبوعين, أسبوعان": 2,
        "أسابيع, weeks, wks, semaines": 0,
    },
    "month": {"شهر واحد, شهرا, month, a month": 1, "شهرين, شهران": 2, "أشهر, شهور, months, mois": 0},
    "year": {
        "سنة واحدة, عاما, year, a year, un an": 1,
        "سنتين, سنتان, عامين, عامان": 2,
        "سنوات, سنين, أعوام, years, ans": 0,
    },
}
# Unit words that as well introduce what follows: «يوم الأحد», «شهر نيسان», «عام 2017».
INTRODUCING_UNITS = {"day": "يوم, jour", "month": "شهر", "year": "سنة, عام"}

COUNTS = {
    "واحد, واحدة, one, un, une": 1,
    "اثنين, اثنان, اثنتين, اثنتان, two, deux": 2,
    "ثلاث, ثلاثة, three, trois": 3,
    "أربع, أربعة, four, quatre": 4,
    "خمس, خمسة, five, cinq": 5,
    "ست, ستة, six": 6,
    "سبع, سبعة, seven": 7,
    "ثمان, ثماني, ثمانية, eight, huit": 8,
    "تسع, تسعة, nine, neuf": 9,
    "عشر, عشرة, ten, dix": 10,
    "أحد عشر, إحدى عشرة, أحد عشرة, eleven, onze": 11,
    "اثنا عشر, اثني عشر, اثنتا عشرة, اثنتي عشرة, twelve, douze": 12,
    "خمسة عشر, خمس عشرة, fifteen, quinze": 15,
    "عشرين, عشرون, twenty, vingt": 20,
    "ثلاثين, ثلاثون, thirty, trente": 30,
    "أربعين, أربعون, forty, quarante": 40,
    "خمسين, خمسون, fifty, cinquante": 50,
}

# The day of a month and the hour in words: «الخامس عشر من أيار», «الساعة العاشرة والنصف» with its minutes.
ORDINALS = {
    1: "الأول, الواحدة, غرة",
    2: "الثاني, الثانية",
    3: "الثالث, الثالثة",
    4: "الرابع, الرابعة",
    5: "الخامس, الخامسة",
    6: "السادس, السادسة",
    7: "السابع, السابعة",
    8: "الثامن, الثامنة",
    9: "التاسع, التاسعة",
    10: "العاشر, العاشرة",
    11: "الحادي عشر, الحادية عشرة, الحادية عشر",
    12: "الثاني عشر, الثانية عشرة, الثانية عشر",
    13: "الثالث عشر",
    14: "الرابع عشر",
    15: "الخامس عشر",
    16: "السادس عشر",
    17: "السابع عشر",
    18: "الثامن عشر",
    19: "التاسع عشر",
    20: "العشرين, العشرون",
    21: "الحادي والعشرين, الحادي والعشرون, الواحد والعشرين, الواحد والعشرون",
    22: "الثاني والعشرين, الثاني والعشرون",
    23: "الثالث والعشرين, الثالث والعشرون",
    24: "الرابع والعشرين, الرابع والعشرون",
    25: "الخامس والعشرين, الخامس والعشرون",
    26: "السادس والعشرين, السادس والعشرون",
    27: "السابع والعشرين, السابع والعشرون",
    28: "الثامن والعشرين, الثامن والعشرون",
    29: "التاسع والعشرين, التاسع والعشرون",
    30: "الثلاثين, الثلاثون",
    31: "الحادي والثلاثين, الحادي والثلاثون, الواحد والثلاثين, الواحد والثلاثون",
}
FRACTIONS = {
    30: "والنصف, ونصف, و النصف, و نصف",
    15: "والربع, وربع, و الربع, و ربع",
    20: "والثلث, وثلث, و الثلث, و ثلث",
    -15: "إلا الربع, إلا ربعا, إلا ربع",
    -20: "إلا الثلث, إلا ثلثا, إلا ثلث",
}

# What says of a date that it is that of the publication, or that of a change.
PUBLISHED = "نشر, نشرت, النشر, نشره, نشرها, منشور, أضيف, أضيفت, الإضافة, published, posted, publié, publiée"
CHANGED = (
    "تحديث, التحديث, حدث, محدث, تحديثه, تحديثها, تعديل, التعديل, عدل, تعديله,"
    " updated, update, modified, edited, mis, mise, modifié, modifiée"
)

# Words about a date that say nothing about when.
LABELS = (
    "في, بتاريخ, تاريخ, التاريخ, وقت, الوقت, الموافق, الموافق ل, موافق, المصادف, ل, على,"
    " تم, تمت, الخبر, المقال, المقالة, الموضوع, التقرير, آخر, الأخير, أخير, إضافة, إضافته, إضافتها, كتب, كتبت,"
    " أرسل, أرسلت, إرسال, الإرسال, بث, صدر, الإصدار, حرر, تاريخ التحرير, أدرج, أدرجت, إدراج, إنشاء, الإنشاء,"
    " إنشاؤه, أنشئ, أنشئت, ساعة النشر, زمن النشر,"
    " بالتوقيت المحلي, التوقيت المحلي, بتوقيت محلي, توقيت محلي, local time, heure locale,"
    " publish, created, added, issued, submitted, first,"
    " last, latest, on, at, the, date, dated, release, article, t,"
    " publication, modification, créé, rédigé, ajouté,"
    " dernière, le, la, du, à, a, au, paru, vers,"
    " publicado, actualizado, el, las, los, em, às, pubblicato, aggiornato, il, alle, ore,"
    " veröffentlicht, aktualisiert, stand, vom, den, um, yayınlanma, güncelleme, tarihi"
)

DAYS_FROM_TODAY = {
    "اليوم, هذا اليوم, today, aujourd'hui": 0,
    "أمس, الأمس, البارحة, yesterday, hier": -1,
    "أول أمس, أمس الأول, أول من أمس, قبل أمس, avant-hier": -2,
}

# Words by what they do in a date; the letter is the code in which the grammar's patterns are written.
ROLES = {
    "r": "منذ, قبل, il y a",  # ago, before the span
    "b": "ago, مضت, مضى, خلت",  # ago, after it
    "~": "حوالي, نحو, تقريبا, about, around, environ",
    "j": "و, and",
    "k": "الساعة, على الساعة, عند الساعة, في الساعة, بالساعة",
    "q": "h, heures, uhr",  # 14h52, 15:10 Uhr
    "p": "توقيت, بتوقيت, بالتوقيت, التوقيت, حسب توقيت, time, heure de",
    "i": "ه, هجري, هجرية, للهجرة",
    "e": "م",  # of the Christian era, or past noon: its place decides
    # before the number of an issue, or of readers
    "#": "رقم العدد, العدد, السنة, عدد, issue, issue no, عدد القراءات, عدد القراء, عدد المشاهدات, عدد الزيارات,"
    " عدد التعليقات, عدد الردود, عدد الزوار, القراءة, القراءات, المشاهدات, الزيارات, التعليقات",
    "*": "مشاهدة, مشاهدات, قراءة, قراءات, زيارة, زيارات, تعليق, تعليقا, تعليقات,"
    " views, view, hits, reads, visits, comments",
    "g": "ميلادي, ميلادية, للميلاد",
    "d": "من, لعام, لسنة, من شهر, من عام, من سنة, لشهر, of, de, d', del",
    "l": LABELS,
}
