"""One line for each phenomenon: what is one name, and what must not be.

Names with commas between them are one document, documents have bars between them; "*9" repeats a document.
"""

import re

import pytest
from names_samples import called, documents

from newsmine.names import resolve


def spread(line: str) -> str:
    return re.sub(r"([^|]+?) \*(\d+)", lambda m: " | ".join([m[1].strip()] * int(m[2])), line)


ONE = [
    ("surname in the document", "p Ilham Aliyev, p Aliyev"),
    ("surname in the collection", "p Ilham Aliyev | p Aliyev"),
    ("surname with particle", "p Ursula von der Leyen | p von der Leyen"),
    ("surname found as an organisation", "p Ilham Aliyev | o Aliyev"),
    ("two surnames", "p Andrés Manuel López Obrador, p López Obrador"),
    ("name without its last part", "p Nicolás Maduro Moros, p Nicolás Maduro"),
    ("first name in the document", "p Ahmed Khalil, p Ahmed"),
    ("initial", "p Joe Biden | p J. Biden"),
    ("middle initial", "p Joe Biden | p Joe R. Biden"),
    ("middle name and initial", "p Joseph Robinette Biden | p Joseph R. Biden"),
    ("nickname", "p Joe Biden | p Joseph Biden"),
    ("nickname", "p Bill Clinton | p William Clinton"),
    ("nickname", "p Bob Menendez | p Robert Menendez"),
    ("nickname and middle initial", "p Joe Biden | p Joseph R. Biden"),
    ("title", "p President Aliyev, p Ilham Aliyev"),
    ("title", "p Sen. Warren | p Elizabeth Warren"),
    ("title", "p Mr Blinken | p US Secretary of State Antony Blinken"),
    ("title with an adjective", "p Russian President Vladimir Putin | p Vladimir Putin"),
    ("romanisation", "p Volodymyr Zelensky | p Volodymyr Zelenskyy"),
    ("romanisation of a surname", "p Volodymyr Zelensky | p Zelenskyy"),
    ("romanisation", "p Muammar Gaddafi | p Muammar Qaddafi | p Muammar Kadhafi"),
    ("romanisation of a surname", "p Muammar Gaddafi | p Kadhafi"),
    ("romanisation of a place", "l Garabagh | l Karabakh"),
    ("romanised given name", "p Sergei Lavrov | p Sergey Lavrov"),
    ("given name in another language", "p Mohammed bin Salman | p Mohamed bin Salman"),
    ("diacritics", "p Recep Tayyip Erdoğan | p Recep Tayyip Erdogan"),
    ("diacritics", "p Lars Løkke Rasmussen | p Lars Lokke Rasmussen"),
    ("diacritics", "p İlham Əliyev | p Ilham Aliyev"),
    ("hyphen", "p Kim Jong-un | p Kim Jong Un"),
    ("family name first", "p Kim Jong-un, p Kim"),
    ("family name first", "p Xi Jinping | p Xi"),
    ("case", "p ILHAM ALIYEV | p Ilham Aliyev"),
    ("apostrophe", "p Sinead O’Connor | p Sinead OConnor"),
    ("possessive", "p Ilham Aliyev's | p Ilham Aliyev"),
    ("article", "o the Kremlin | o Kremlin"),
    ("company suffix", "o Acme Corp. | o Acme | o ACME Inc."),
    ("small words", "o Bank of Baku | o the Bank of Baku"),
    ("small words", "o Food Standards Australia New Zealand | o Food Standards of Australia and New Zealand"),
    ("British spelling", "o World Health Organisation | o World Health Organization"),
    ("acronym", "o European Union | o EU"),
    ("acronym with full stops", "o United Nations | o U.N."),
    ("acronym in the document", "o Azerbaijan Bar Association, o ABA"),
    ("acronym in the collection", "o Azerbaijan Union of Bar Associations | o AUBA"),
    ("acronym in another document", "o Azerbaijan Bar Association, o ABA | o ABA"),
    ("acronym in brackets", "o Collective Security Treaty Organization, (o CSTO | o CSTO"),
    ("acronym before its name", "o CSTO, (o Collective Security Treaty Organization"),
    ("acronym of another language", "o Italian Episcopal Conference, (o CEI | o CEI"),
    ("short form", "o Andy Warhol Foundation for the Visual Arts, o Andy Warhol Foundation"),
    ("short form", "o US State Department, o State Department"),
    ("country alias", "l Türkiye | l Turkey"),
    ("country alias", "l US | l United States | l U.S."),
    ("a country is a place", "o Azerbaijan | l Azerbaijan"),
    ("kind of the majority", "o Hamas *5 | l Hamas"),
    ("kind of the majority", "p Ilham Aliyev *3 | o Ilham Aliyev"),
]

APART = [
    ("two Aliyevs", "p Ilham Aliyev | p Heydar Aliyev | p Aliyev"),
    ("two Aliyevs in the document", "p Ilham Aliyev, p Heydar Aliyev, p Aliyev"),
    ("father and son", "p Donald Trump | p Donald Trump Jr."),
    ("George Bush, father and son", "p George H. W. Bush | p George W. Bush"),
    ("George Bush, without initials", "p George H. W. Bush | p George W. Bush | p George Bush"),
    ("feminine form", "p Ilham Aliyev | p Mehriban Aliyeva"),
    ("given names", "p John Smith | p Joan Smith"),
    ("initial of two", "p John Smith | p James Smith | p J. Smith"),
    ("nickname of two", "p Alexander Smith | p Alexandra Smith | p Alex Smith"),
    ("nickname with another surname", "p Bill Clinton | p William Hague"),
    ("English y", "p John Smith | p John Smyth"),
    ("German k and g", "p Erich Kessler | p Erich Gessler"),
    ("Korean names", "p Kim Jong-un | p Kim Jong-il"),
    ("person and place", "p Paris Hilton | l Paris"),
    ("person and place in one document", "p Paris Hilton, l Paris"),
    ("place and surname", "p Whitney Houston, l Houston"),
    ("place and surname", "p Geoffrey Paris | l Paris"),
    ("ambiguous place", "p Jordan | l Jordan *20"),
    ("ambiguous place", "p Washington | l Washington *20"),
    ("ambiguous place", "p Georgia | l Georgia *20"),
    ("countries", "l Iran | l Iraq"),
    ("countries", "l Niger | l Nigeria"),
    ("ministries", "o Ministry of Defence | o Ministry of Finance"),
    ("acronym of two", "o American Broadcasting Company | o Australian Broadcasting Company | o ABC"),
    ("acronym of another well-known name", "o Union of Novelists | o UN"),
    ("acronym explained twice", "o Bar Association of Baku, (o BAB | o Bus Authority of Baku, (o BAB | o BAB"),
    ("two letters", "o Estonian Union | o EU"),
    ("three letters by chance", "o San Antonio Spurs | o SAS"),
    ("a first name", "p Sly James | p James"),
    ("a first name", "p Amy Taylor | p Taylor Swift | p Taylor"),
    ("short romanised surname", "p Narendra Modi | p Moody"),
    ("department of the same name", "o University of Texas, o University of Texas Press"),
    ("newspaper and city", "o New York Times, l New York"),
    ("little evidence for a kind", "o Hamas | l Hamas"),
    ("first name elsewhere", "p Ahmed Khalil | p Ahmed"),
    ("a pope and a surname", "p Dorothy Francis | p Pope Francis"),
]


@pytest.mark.parametrize(("what", "line"), ONE, ids=[line for _, line in ONE])
def test_one_name(what: str, line: str) -> None:
    found = documents(spread(line))
    for order in (found, found[::-1]):
        names = {(m.name, m.kind) for mentions in resolve(order).mentions for m in mentions}
        assert len(names) == 1, what


@pytest.mark.parametrize(("what", "line"), APART, ids=[line for _, line in APART])
def test_names_apart(what: str, line: str) -> None:
    found = documents(spread(line))
    for order in (found, found[::-1]):
        names = {(m.name, m.kind) for mentions in resolve(order).mentions for m in mentions}
        spelled = {(m.text, m.kind) for mentions in found for m in mentions}
        assert len(names) == len(spelled), what


@pytest.mark.parametrize(("line", "names"), [
    ("p Ilham Aliyev, p Aliyev | p Heydar Aliyev, p Aliyev", ["Ilham Aliyev"] * 2 + ["Heydar Aliyev"] * 2),
    ("p Ilham Aliyev | p Heydar Aliyev, p Aliyev | p Aliyev",
     ["Ilham Aliyev", "Heydar Aliyev", "Heydar Aliyev", "Aliyev"]),
    ("p George W. Bush, p George Bush, p Bush | p George H. W. Bush", ["George W. Bush"] * 3 + ["George H. W. Bush"]),
    ("p Michael Jordan, p Jordan | l Jordan", ["Michael Jordan", "Michael Jordan", "Jordan"]),
    ("o American Broadcasting Company, o ABC | o Australian Broadcasting Company, o ABC",
     ["American Broadcasting Company"] * 2 + ["Australian Broadcasting Company"] * 2),
    ("p Scientologist Tom Cruise, p Tom Cruise, p Tom Cruise, p Cruise", ["Tom Cruise"] * 4),
    ("p President Joe Biden | p President Biden", ["Joe Biden"] * 2),
])  # fmt: skip
def test_the_document_decides(line: str, names: list[str]) -> None:
    assert called(line) == names


@pytest.mark.parametrize(("line", "name"), [
    ("p Aliyev *9 | p Ilham Aliyev", "Ilham Aliyev"),
    ("p Joe Biden *2 | p Joseph R. Biden | p J. Biden *5", "Joe Biden"),
    ("o EU *9 | o European Union", "European Union"),
    ("o NATO *11 | o North Atlantic Treaty Organization", "NATO"),
    ("p ILHAM ALIYEV *2 | p Ilham Aliyev", "Ilham Aliyev"),
    ("p President Ilham Aliyev *2 | p Ilham Aliyev", "Ilham Aliyev"),
    ("l US *5", "United States"),
])  # fmt: skip
def test_the_canonical_name(line: str, name: str) -> None:
    assert set(called(spread(line))) == {name}


def test_reasons_are_kept() -> None:
    found = resolve(documents("p Ilham Aliyev, p Heydar Aliyev, p Aliyev, p I. Aliyev | o EU | o European Union"))
    reasons = {v.text: v.reason for entity in found.entities for v in entity.variants}
    assert reasons == {
        "Ilham Aliyev": "name",
        "Heydar Aliyev": "name",
        "Aliyev": "several full names in the document",
        "I. Aliyev": "full name in the document",
        "EU": "acronym",
        "European Union": "name",
    }
