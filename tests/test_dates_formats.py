"""Labelled dates in many languages, and what looks like a date and is none."""

import pytest

from newsmine import resources
from newsmine.dates import find, parse
from newsmine.dates.common import parse_common
from newsmine.dates.grammar import build, whole
from newsmine.dates.lexer import lex

DAY, MINUTE = "2024-09-03", "2024-09-03T16:05"
FORMATS = [
    # machines
    ("20240903T160530Z", f"{MINUTE}:30Z"),
    ("20240903160530", f"{MINUTE}:30"),
    ("2024-09-03T16:05:30.123456Z", f"{MINUTE}:30Z"),
    ("2024-09-03T16:05:30,123+02", f"{MINUTE}:30+02:00"),
    ("2024-09-03 16:05:30 +0200", f"{MINUTE}:30+02:00"),
    ("2024-09-03 16:05 CEST", f"{MINUTE}+02:00"),
    ("Tue, 03 Sep 2024 16:05:30 GMT", f"{MINUTE}:30Z"),
    ("Tue, 3 Sep 2024 16:05:30 -0500", f"{MINUTE}:30-05:00"),
    ("Tuesday, 03-Sep-24 16:05:30 GMT", f"{MINUTE}:30Z"),
    ("Tue Sep  3 16:05:30 2024", f"{MINUTE}:30"),
    ("Tue Sep 03 16:05:30 +0000 2024", f"{MINUTE}:30+00:00"),
    # English
    ("Sept. 3, 2024, 4:05 p.m.", MINUTE),
    ("4:05 PM EDT, Tue September 3, 2024", f"{MINUTE}-04:00"),
    ("4:05 PM EDT • September 3, 2024", f"{MINUTE}-04:00"),
    ("September 3, 2024 at 4 PM ET", "2024-09-03T16:00"),
    ("September 3rd 2024", DAY),
    ("SEPTEMBER 3, 2024 4:05PM", MINUTE),
    ("03-Sep-24", DAY),
    ("03 SEP 2024, 16:05", MINUTE),
    ("2024 Sep 3", DAY),
    ("3 September, 2024 | 16:05", MINUTE),
    ("3 of September 2024", DAY),
    ("Tue 3 Sep 2024 16.05 BST", MINUTE),
    ("Tue 3 Sep 2024 11.05 EDT", "2024-09-03T11:05-04:00"),
    ("Sep 3, 2024 / 04:05 PM IST", MINUTE),
    ("September 3, 2024 (16:05)", MINUTE),
    ("Tuesday September 3 2024 16:05", MINUTE),
    ("Tue, 03/09/2024 - 16:05", MINUTE),
    ("9/13/2024 4:05:30 PM", "2024-09-13T16:05:30"),
    # German
    ("03.09.2024, 16:05 Uhr", MINUTE),
    ("03.09.24, 16:05 Uhr", MINUTE),
    ("3. 9. 2024", DAY),
    ("Dienstag, 03.09.2024 | 16.05 Uhr", MINUTE),
    ("Am Dienstag, den 3. September 2024, um 16 Uhr", "2024-09-03T16:00"),
    ("3. September 2024 um 16:05 Uhr MESZ", f"{MINUTE}+02:00"),
    ("3. Jänner 2024", "2024-01-03"),
    ("16:05 Uhr, 3. September 2024", MINUTE),
    # French
    ("le 3 septembre 2024 à 16h05", MINUTE),
    ("mardi 3 septembre 2024 à 16 h 05", MINUTE),
    ("le 03/09/2024 à 16:05", MINUTE),
    ("1er août 2024", "2024-08-01"),
    ("3 fevrier 2024", "2024-02-03"),
    ("mar. 3 sept. 2024", DAY),
    # Spanish, Catalan, Portuguese, Italian
    ("3 de septiembre de 2024 16:05", MINUTE),
    ("3 septiembre, 2024 - 16:05h", MINUTE),
    ("3 de septiembre de 2024, 4:05 p. m.", MINUTE),
    ("martes, 3 de septiembre del 2024 a las 16:05", MINUTE),
    ("3 de setembre de 2024 a les 16:05", MINUTE),
    ("3 d'agost de 2024", "2024-08-03"),
    ("3 de setembro de 2024 às 16h05", MINUTE),
    ("03 set 2024 às 16h05", MINUTE),
    ("martedì 3 settembre 2024 alle 16:05", MINUTE),
    ("3 settembre 2024 ore 16.05", MINUTE),
    # Dutch, Scandinavian, Finnish, Baltic
    ("di 3 sep. 2024, 16:05 uur", MINUTE),
    ("3 maart 2024 om 16:05", "2024-03-03T16:05"),
    ("den 3 september 2024 kl. 16.05", MINUTE),
    ("3 augusti 2024 klockan 16:05", "2024-08-03T16:05"),
    ("Tirsdag d. 3. september 2024 kl. 16:05", MINUTE),
    ("3. marts 2024 kl. 14.30", "2024-03-03T14:30"),
    ("3. desember 2024 kl 16:05", "2024-12-03T16:05"),
    ("3.9.2024 klo 16.05", MINUTE),
    ("tiistai 3. syyskuuta 2024 klo 16:05", MINUTE),
    ("3. september 2024, kell 16:05", MINUTE),
    ("2024 m. rugsėjo 3 d. 16:05", MINUTE),
    ("2024. gada 3. septembris", DAY),
    # Polish, Czech, Slovak, Hungarian, Romanian, South Slavic
    ("3 września 2024, 16:05", MINUTE),
    ("wtorek, 3 września 2024 r. o godz. 16:05", MINUTE),
    ("úterý 3. září 2024 v 16:05", MINUTE),
    ("utorok 3. septembra 2024 o 16:05", MINUTE),
    ("2024. szeptember 3. 16:05", MINUTE),
    ("2024. szeptember 3., kedd 16:05", MINUTE),
    ("2024.09.03. 16:05", MINUTE),
    ("Marți, 3 Septembrie 2024, ora 16:05", MINUTE),
    ("3. rujna 2024. u 16:05", MINUTE),
    ("3. septembra 2024. 16:05", MINUTE),
    ("3 септември 2024", DAY),
    # Russian, Ukrainian
    ("3 сентября 2024, 16:05", MINUTE),
    ("03 сентября 2024 г. в 16:05 МСК", f"{MINUTE}+03:00"),
    ("вторник, 3 сентября 2024 года", DAY),
    ("3 вересня 2024 р., 16:05", MINUTE),
    ("3 вересня 2024, вівторок, 16:05", MINUTE),
    # Turkish, Azerbaijani, Greek
    ("3 Eylül 2024 Salı, 16:05", MINUTE),
    ("3 KASIM 2024 16:05", "2024-11-03T16:05"),
    ("3 EKİM 2024", "2024-10-03"),
    ("3 Sentyabr 2024, 16:05", MINUTE),
    ("Τρίτη, 3 Σεπτεμβρίου 2024, 16:05", MINUTE),
    ("3 ΣΕΠΤΕΜΒΡΙΟΥ 2024", DAY),
    ("3 Σεπ. 2024 4:05 μ.μ.", MINUTE),
    # Arabic, Persian, Hebrew, Hindi
    ("٣ سبتمبر ٢٠٢٤ - ١٦:٠٥", MINUTE),
    ("الثلاثاء 3 أيلول 2024 الساعة 16:05", MINUTE),
    ("3 تشرين الأول 2024", "2024-10-03"),
    ("۳ سپتامبر ۲۰۲۴ ساعت ۱۶:۰۵", MINUTE),
    ("3 בספטמבר 2024, 16:05", MINUTE),
    ("३ सितंबर २०२४", DAY),
    # Chinese, Japanese, Korean
    ("2024年9月3日 16时05分", MINUTE),
    ("2024年9月3日 星期二 下午4:05", MINUTE),
    ("2024年9月3日（火曜日）午後4時5分", MINUTE),
    ("2024年9月3日(火) 16:05 JST", f"{MINUTE}+09:00"),
    ("2024/09/03（火） 16:05", MINUTE),
    ("2024년 9월 3일 오후 4:05", MINUTE),
    ("2024. 9. 3. 오후 4:05", MINUTE),
    # Indonesian, Vietnamese
    ("Selasa, 3 September 2024 | 16:05 WIB", f"{MINUTE}+07:00"),
    ("3 Agustus 2024 pukul 16.05", "2024-08-03T16:05"),
    ("Thứ ba, 3/9/2024, 16:05 (GMT+7)", f"{MINUTE}+07:00"),
    ("Thứ Ba, ngày 3 tháng 9 năm 2024", DAY),
    ("ngày 03/9/2024 lúc 16:05", MINUTE),
]
NO_DATES = [
    "May 2020 people may march",
    "In May 2024 12 people died",
    "12 May people 2024",
    "Sun 3",
    "Mon 24",
    "May 3",
    "March 2024",
    "Dec 1991",
    "2024 May",
    "Mar 2024 14",
    "24/7",
    "9/11 attacks",
    "3.4.2",
    "iOS 17.4.1",
    "v2024.02.28.1",
    "1.1.2024.5",
    "03.09.24",
    "192.168.20.24",
    "+49 30 2024 1999",
    "(202) 456-1111",
    "020 7946 2019",
    "2:1 (1:0)",
    "Euro 2024 3-2",
    "28-0 2024",
    "1999-2024",
    "2024-25 season",
    "2024/2025",
    "12/2024",
    "€2,024.50",
    "20.24%",
    "US$ 1.900.2020",
    "Formula 1 2024",
    "Apollo 11 1969",
    "Boeing 737 Max 8 2024",
    "10 Downing Street 2024",
    "ISBN 978-3-16-148410-0",
    "20240228",
    "32 March 2024",
    "30 février 2024",
    "3 Smarch 2024",
    "1993. June 20",
    "3 de 2024",
    "Act 3, 2024",
    "1 in 20 2024",
    "Room 2024, 3 beds",
    "Sept 3. 2024 began",
    "31/31/2024",
    "3/0/2024",
    "Tue, 0/3/2024",
    "2024年",
    "9月3日",
    "$19.95 2 for 1",
    "mars",
    "Mai",
    "сейчас",
]


@pytest.mark.parametrize(("text", "iso"), FORMATS)
def test_dates_in_many_languages(text: str, iso: str) -> None:
    stamp = parse(text)
    assert stamp is not None
    assert (stamp.iso, stamp.raw) == (iso, text)


@pytest.mark.parametrize(("text", "iso"), [pair for pair in FORMATS if "-24" not in pair[0] and ".24" not in pair[0]])
def test_they_are_found_among_words(text: str, iso: str) -> None:
    if text.startswith("2024") and text[4].isdigit():
        return
    found = find(f"Reporter: {text} «News»")
    assert len(found) == 1
    stamp = found[0].timestamp
    assert str(iso).startswith(str(stamp.value))
    assert stamp.raw in text


@pytest.mark.parametrize("text", NO_DATES)
def test_what_looks_like_a_date(text: str) -> None:
    assert find(text) == []
    for language in (None, "en", "ru", "is"):
        assert parse(text, language=language) is None, language


@pytest.mark.parametrize(("text", "iso"), FORMATS)
def test_the_common_forms_are_read_as_the_grammar_reads_them(text: str, iso: str) -> None:
    if common := parse_common(text, None):
        tokens = lex(text, 0, len(text))
        shape = whole(tokens.signature)
        assert shape is not None
        assert build(text, tokens, shape, None, None) == common


@pytest.mark.parametrize(("table", "size"), [("months.tsv", 12), ("weekdays.tsv", 7)])
def test_each_language_has_all_names(table: str, size: int) -> None:
    assert [row[0] for row in resources.rows(table) if len([cell for cell in row[1:] if cell]) != size] == []


def test_every_name_of_a_month_is_read() -> None:
    for language, *months in resources.rows("months.tsv"):
        for number, forms in enumerate(months, start=1):
            for form in forms.replace("_", " ").split() if "_" not in forms else [forms.split()[0].replace("_", " ")]:
                for word in (form, form.capitalize(), form.upper()):
                    stamp = parse(f"3 {word} 2024", language=language)
                    assert stamp is not None, (language, word)
                    assert stamp.value == f"2024-{number:02}-03", (language, word)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("3 listopada 2024", None, "2024-11-03"),
        ("3 listopada 2024", "pl", "2024-11-03"),
        ("3. listopada 2024.", "hr", "2024-10-03"),
        ("05/03/2024", None, "2024"),
        ("05/03/2024", "en", "2024"),
        ("05/03/2024", "fr", "2024-03-05"),
        ("3 верасня 2024", "be", "2024-09-03"),
        ("3 верасня 2024", None, None),
        ("3 верасня 2024", "de", None),
        ("3 სექტემბერი 2024", "ka", "2024-09-03"),
        ("3 words here 2024", "ka", None),
        ("3 სექტემბერი 2024", "xx", None),
    ],
)
def test_the_language_of_the_page(text: str, language: str | None, value: str | None) -> None:
    stamp = parse(text, language=language)
    assert (stamp and stamp.value) == value


def test_dateparser_is_not_asked_about_other_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsmine.dates import foreign

    def fail(language: str) -> None:
        raise AssertionError(language)

    monkeypatch.setattr(foreign, "_parser", fail)
    for text in (
        "3 verasnya",
        "2024",
        "May 2024",
        "3 2024",
        "3 4 2024",
        "3 x 4 y 2024",
        "3 people and 4 dogs in 2024",
        "3 words of some more text in 2024",
    ):
        assert parse(text, language="be") is None
    for text in ("3 words 2024", "3 слова 2024"):
        assert parse(text, language="ru") is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("3 September 2024 16:05 CET", "+01:00"),
        ("3 September 2024 16:05 UTC", "Z"),
        ("3 September 2024 16:05 GMT+05:30", "+05:30"),
        ("3 September 2024 16:05 (MSK)", "+03:00"),
        ("3 September 2024 16:05 EEST", "+03:00"),
        ("3 September 2024 4:05 PM PDT", "-07:00"),
        ("3 September 2024 16:05 KST", "+09:00"),
        ("3 September 2024 16:05 -07:00", "-07:00"),
        ("3 September 2024 16:05 BST", None),
        ("3 September 2024 16:05 EST", None),
        ("3 September 2024 16:05 IST", None),
        ("3 September 2024 16:05 CST", None),
        ("3 September 2024 16:05 ET", None),
        ("3 September 2024 16:05 PT", None),
        ("3 September 2024, 16:05 МСК", "+03:00"),
        ("3 September 2024 16:05 XYZT", None),
        ("3 September 2024 16:05", None),
    ],
)
def test_only_zones_that_mean_one_offset(text: str, zone: str | None) -> None:
    stamp = parse(text)
    assert stamp is not None
    assert (stamp.value, stamp.zone) == ("2024-09-03T16:05", zone)


def test_a_word_after_the_time_is_no_zone() -> None:
    assert parse("3 September 2024 16:05 est") is None
    found = find("3 September 2024 16:05 NATO meets")
    assert [(stamp.timestamp.raw, stamp.timestamp.zone) for stamp in found] == [("3 September 2024 16:05", None)]


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("Open 3 September 2024, 16:05-17:30", ["3 September 2024, 16:05"]),
        ("03.09.2024, 16:05Lesezeit: 5 Min.", ["03.09.2024"]),
        ("Veröffentlicht am 03.09.2024 um 16:05 Uhr.", ["am 03.09.2024 um 16:05 Uhr"]),
        ("20.05.2023 20. Mai 2023 12:36", ["20.05.2023", "20. Mai 2023 12:36"]),
        ("Radio. 22.04.2024. 00:21 Min.", ["22.04.2024"]),
        ("June 20, 1990: President 1994-1999, Nobel Prize 1993. June 20, 1990", ["June 20, 1990", "June 20, 1990"]),
        ("On 3 May 2024, 19.48 million people", ["3 May 2024"]),
        ("发布时间2024年9月3日来源", ["2024年9月3日"]),
        ("report_2024-09-03_final.pdf", []),
        ("_Sent 2024-09-03_", ["2024-09-03"]),
        ("https://example.org/2024/09/03/story", []),
        ("x" * 300 + " 3 May 2024 " + "y " * 300 + "4 May 2024", ["3 May 2024", "4 May 2024"]),
    ],
)
def test_places_of_dates(text: str, raws: list[str]) -> None:
    found = find(text)
    assert [item.timestamp.raw for item in found] == raws
    assert [text[item.start : item.end] for item in found] == raws
