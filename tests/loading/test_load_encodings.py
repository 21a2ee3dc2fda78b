import codecs
import json
import random
from pathlib import Path

import pytest

from newsmine.loading import pages
from newsmine.loading.decode import binary_kind, decode, wide_encoding
from newsmine.loading.mojibake import repair_mojibake
from newsmine.records import Page

FRENCH = "Le café d’Orléans a rouvert vendredi, « déjà » selon la maire — à l’été."
GERMAN = "Die Brücke über die Förde wurde für Fußgänger geöffnet."
POLISH = "Łódź otwiera pierwszą linię tramwajową w Świętokrzyskiem, mówi burmistrz."
RUSSIAN = "Мост через реку открыли в городе, сообщил мэр журналистам в пятницу утром."
CHINESE = "港口大桥十年后开通，市长周五上午宣布。"
TEXTS = [FRENCH, GERMAN, POLISH, RUSSIAN, CHINESE]


def sloppy(data: bytes, encoding: str) -> str:
    """Return the text as a browser reads it: a byte that the encoding lacks is a control character."""
    return "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in data)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["cp1252", "cp1251"])
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_repaired(text: str, encoding: str, times: int) -> None:
    broken = text
    for _ in range(times):
        broken = sloppy(broken.encode(), encoding)
    assert decode(broken.encode()) == (text, f"utf-8 (mojibake of {encoding} repaired)")
    assert decode(codecs.BOM_UTF8 + broken.encode()) == (text, f"utf-8 (mojibake of {encoding} repaired)")


def test_mojibake_read_as_latin_1_is_repaired() -> None:
    assert repair_mojibake(FRENCH.encode().decode("latin-1")) == (FRENCH, "cp1252")


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "Plain text",
        "",
        "NÃO É ISSO: AÇÃO À VISTA, A 30 °C",
        "one cafÃ©, and one café, one naÃ¯ve seÃ±or",  # some of it stands as it should
        "only one cafÃ©, naÃ¯ve",  # too little to be certain
        "cafÃ©, naÃ¯ve, seÃ±or and Ã cut off",
        "cafÃ©, naÃ¯ve, seÃ±or and 東京",
        "Ð ° © ® ½",
        "Ђђ Ѓѓ Єє Її Љљ Њњ Ћћ Ўў Џџ",
    ],
)
def test_what_is_not_mojibake_beyond_doubt_stays(text: str) -> None:
    assert repair_mojibake(text) == (text, None)
    assert decode(text.encode()) == (text, "utf-8")


def test_an_encoding_that_is_given_is_not_second_guessed() -> None:
    broken = FRENCH.encode().decode("latin-1")
    assert decode(broken.encode(), "utf-8") == (broken, "utf-8")


@pytest.mark.parametrize("text", [text + "\nAnd a line of it, with spaces.\n" for text in TEXTS])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert decode(data) == (text, encoding)
    assert wide_encoding(data) == encoding
    assert binary_kind(data) is None
    large = (text * 2000).encode(encoding)
    assert decode(large)[1] == encoding
    assert binary_kind(large[:-1]) is None


def test_json_lines_in_utf_16_without_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = "".join(json.dumps({"title": text, "text": "A text."}, ensure_ascii=False) + "\n" for text in TEXTS)
    path.write_bytes(lines.encode("utf-16-le"))
    loaded = [page for page in pages([path]) if isinstance(page, Page)]
    assert [page.articles[0].title for page in loaded] == TEXTS
    assert {page.encoding for page in loaded} == {"utf-16-le"}


def test_a_repair_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"A title\n\n3 May 2024\n\n{FRENCH.encode().decode('latin-1')}\n", encoding="utf-8")
    [page] = pages([path])
    assert isinstance(page, Page)
    assert page.encoding == "utf-8 (mojibake of cp1252 repaired)"
    assert page.articles[0].paragraphs == (FRENCH,)


def test_binary_data_is_not_taken_for_utf_16() -> None:
    source = random.Random(1)
    numbers = b"".join(source.randrange(70_000).to_bytes(4, "little") for _ in range(5000))
    small = b"".join(source.randrange(256).to_bytes(2, "little") for _ in range(5000))
    sound = b"".join(source.randrange(-3000, 3000).to_bytes(2, "little", signed=True) for _ in range(5000))
    for data in (numbers, small, sound, bytes(10_000), source.randbytes(10_000), b"\0" * 5 + b"a" * 100):
        assert wide_encoding(data) is None
        assert binary_kind(data) is not None


def test_a_few_nuls_in_a_text_are_damage_and_no_encoding() -> None:
    data = (FRENCH * 5).encode().replace(b"Orl", b"\0rl")
    assert binary_kind(data) is None
    assert decode(data)[1] == "utf-8"


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (POLISH.encode("iso8859-2"), "ISO-8859-2", (POLISH, "iso-8859-2")),
        (POLISH.encode("cp1250"), "iso-8859-2", (POLISH, "cp1250")),  # there are no letters at 80 to 9F in the other
        (POLISH.encode(), "iso-8859-2", (POLISH, "utf-8")),  # valid UTF-8 goes before what is declared
        (codecs.BOM_UTF16_LE + POLISH.encode("utf-16-le"), "iso-8859-2", (POLISH, "utf-16")),
        ("“Orléans” – café".encode("cp1252"), "iso-8859-1", ("“Orléans” – café", "cp1252")),
        (CHINESE.encode("gb18030"), "GB2312", (CHINESE, "gb18030")),
        ((POLISH * 19).encode("cp1250") + b"\x81", "cp1250", (POLISH * 19 + "\ufffd", "cp1250 (damaged)")),
        (RUSSIAN.encode("koi8-r"), "klingon", (RUSSIAN, "koi8-r")),
        (RUSSIAN.encode("cp1251"), "euc-jp", (RUSSIAN, "windows-1251")),  # it cannot be that
        (RUSSIAN.encode("cp1251"), "base64", (RUSSIAN, "windows-1251")),
    ],
)
def test_what_a_source_declares(data: bytes, declared: str, expected: tuple[str, str]) -> None:
    assert decode(data, declared=declared) == expected


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH * 3, "cp1252"),
        (POLISH * 3, "cp1250"),
        (RUSSIAN, "koi8-r"),
        (CHINESE * 3, "gb18030"),
        (CHINESE * 3, "big5"),
    ],
)
def test_old_encodings_are_detected(text: str, encoding: str) -> None:
    text = text.encode(encoding, "ignore").decode(encoding)
    assert decode(text.encode(encoding), declared="klingon")[0] == text
    assert decode(text.encode(encoding))[0] == text


def test_the_byte_order_mark_of_utf_8_does_not_make_binary_data_text() -> None:
    assert binary_kind(codecs.BOM_UTF8 + bytes(range(32)) * 10) == "binary data"
    assert binary_kind(codecs.BOM_UTF8 + FRENCH.encode()) is None
