from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.errors import InputError, UnknownNameError, UsageError
from newsmine.names import Resolution, read_merges, resolve
from newsmine.names.forms import initials, key, romanised
from newsmine.names.merges import Merges
from newsmine.records import Kind, Mention

KINDS: dict[str, Kind] = {"p": "person", "l": "place", "o": "organisation"}


def document(*names: str) -> tuple[Mention, ...]:
    """Return mentions from texts such as "p Ilham Aliyev"."""
    return tuple(Mention(0, i, i + 1, name[2:], KINDS[name[0]]) for i, name in enumerate(names))


def names(resolution: Resolution) -> list[list[str]]:
    return [[mention.name for mention in mentions] for mentions in resolution.mentions]


def resolved(*documents: tuple[Mention, ...], merge: bool = True, merges: Merges | None = None) -> list[list[str]]:
    return names(resolve(documents, merge=merge, merges=merges))


def test_a_surname_is_the_full_name_of_its_document() -> None:
    assert resolved(document("p Ilham Aliyev", "p Aliyev"), document("p Heydar Aliyev", "p Aliyev")) == [
        ["Ilham Aliyev", "Ilham Aliyev"],
        ["Heydar Aliyev", "Heydar Aliyev"],
    ]


def test_a_surname_alone_is_the_one_full_name_of_the_collection() -> None:
    assert resolved(document("p Ilham Aliyev"), document("p Aliyev"))[1] == ["Ilham Aliyev"]
    assert resolved(document("p Ilham Aliyev"), document("o Aliyev"))[1] == ["Ilham Aliyev"]


def test_a_surname_that_two_share_stays_apart_unless_one_is_far_more_frequent() -> None:
    two = [document("p Ilham Aliyev"), document("p Heydar Aliyev"), document("p Aliyev")]
    assert resolved(*two)[2] == ["Aliyev"]
    assert resolved(*two, *[document("p Ilham Aliyev")] * 8)[2] == ["Aliyev"]
    assert resolved(*two, *[document("p Ilham Aliyev")] * 9)[2] == ["Ilham Aliyev"]


def test_a_place_is_no_surname() -> None:
    assert resolved(document("p Hunter Biden"), document("l Paris"), document("p Geoffrey Paris"))[1] == ["Paris"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("p Volodymyr Zelensky", "p Volodymyr Zelenskyy"),
        ("p Joe Biden", "p Joe R. Biden"),
        ("p Recep Tayyip Erdoğan", "p Recep Tayyip Erdogan"),
        ("p ILHAM ALIYEV", "p Ilham Aliyev"),
        ("o Acme Corp.", "o Acme"),
        ("o European Union", "o EU"),
        ("l Türkiye", "l Turkey"),
        ("l US", "l United States"),
        ("l Kiev", "l Kyiv"),
        ("o the Kremlin", "o Kremlin"),
    ],
)
def test_one_name(first: str, second: str) -> None:
    for documents in ([document(first), document(second)], [document(second, first)]):
        assert len({name for found in resolved(*documents) for name in found}) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("p Ilham Aliyev", "p Mehriban Aliyeva"),
        ("p Ilham Aliyev", "p Heydar Aliyev"),
        ("p John Smith", "p Joan Smith"),
        ("l Iran", "l Iraq"),
        ("o Ministry of Defence", "o Ministry of Finance"),
        ("l Niger", "l Nigeria"),
    ],
)
def test_two_names(first: str, second: str) -> None:
    found = resolved(document(first), document(second))
    assert found[0] != found[1]


def test_no_merge_leaves_spellings_apart() -> None:
    assert resolved(document("p Ilham Aliyev", "p Aliyev"), merge=False) == [["Ilham Aliyev", "Aliyev"]]


def test_an_entity_keeps_its_variants_with_reasons() -> None:
    (entity,) = resolve([document("p Ilham Aliyev", "p Aliyev", "p Aliyev")]).entities
    assert [(v.text, v.mentions, v.reason) for v in entity.variants] == [
        ("Aliyev", 2, "surname in the document"),
        ("Ilham Aliyev", 1, "name"),
    ]


TEXTS = st.sampled_from(
    ["p Ilham Aliyev", "p Aliyev", "p Heydar Aliyev", "o EU", "o European Union", "l US", "o Aliyev", "p I. Aliyev"]
)


@given(st.lists(st.lists(TEXTS, max_size=4), max_size=6), st.randoms())
def test_the_order_of_documents_does_not_matter(texts: list[list[str]], random: object) -> None:
    documents = [document(*found) for found in texts]
    order = list(range(len(documents)))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight, shuffled = resolve(documents), resolve([documents[i] for i in order])
    assert [straight.mentions[i] for i in order] == list(shuffled.mentions)
    assert straight.entities == shuffled.entities


def test_a_merge_file_decides(tmp_path: Path) -> None:
    path = tmp_path / "merges.csv"
    path.write_text("variant,canonical,kind\nAliyev,Heydar Aliyev,person\nKremlin,Russia,place\n", encoding="utf-8")
    found = resolve([document("p Ilham Aliyev", "p Aliyev", "o Kremlin")], merges=read_merges(path))
    assert [(m.name, m.kind) for m in found.mentions[0]] == [
        ("Ilham Aliyev", "person"),
        ("Heydar Aliyev", "person"),
        ("Russia", "place"),
    ]


def test_a_merge_file_that_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the merge file"):
        read_merges(tmp_path / "none.csv")
    path = tmp_path / "merges.csv"
    for text, error in (
        ("a,b\n1,2\n", UsageError),
        ("variant,canonical,kind\nA,B,planet\n", UnknownNameError),
        ("variant,canonical\nA,\n", UsageError),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(error):
            read_merges(path)


def test_forms() -> None:
    assert key("the Kremlin", "organisation") == "kremlin"
    assert romanised("Sergei Lavrov") == romanised("Sergey Lavrov")
    assert initials("Collective Security Treaty Organization") == "CSTO"
