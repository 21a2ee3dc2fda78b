"""What holds for any names: the order of documents does not matter, and names that are resolved stay as they are."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from names_samples import document, ledger

from newsmine.names import read_merges, resolve
from newsmine.names.check import problems
from newsmine.names.merges import read_lines
from newsmine.names.suggest import AUTOMATIC, suggestions

GIVEN = st.sampled_from(
    ["", "Ilham ", "Heydar ", "I. ", "President ", "Joe ", "Joseph ", "Joseph R. ", "Al ", "George W. "]
)
SURNAMES = st.sampled_from(
    ["Aliyev", "Biden", "Paris", "Zelenskyy", "Zelensky", "Trump Jr.", "von der Leyen", "Kim-un"]
)
OTHERS = st.sampled_from(
    ["EU", "European Union", "US", "U.S.", "Georgia", "ABC", "American Bus Company", "Alpha Beta Club"]
)
NAMES = st.one_of(
    st.builds("{}{}".format, GIVEN, SURNAMES), OTHERS, st.text("aA.-' jrJRé", min_size=1, max_size=8).filter(str.strip)
)
TEXTS = st.builds("{}{} {}".format, st.sampled_from(["", "("]), st.sampled_from("plo"), NAMES)
COLLECTIONS = st.lists(st.lists(TEXTS, max_size=5), max_size=6)


@settings(max_examples=300)
@given(COLLECTIONS, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(texts, random):
    documents = [document(*found) for found in texts]
    order = list(range(len(documents)))
    random.shuffle(order)
    straight, shuffled = resolve(documents), resolve([documents[i] for i in order])
    assert [straight.mentions[i] for i in order] == list(shuffled.mentions)
    assert straight.entities == shuffled.entities


@settings(max_examples=300)
@given(COLLECTIONS)
def test_every_mention_has_a_name_of_its_own_documents(texts):
    documents = [document(*found) for found in texts]
    found = resolve(documents)
    assert [[(m.start, m.text) for m in mentions] for mentions in found.mentions] == [
        [(m.start, m.text) for m in mentions] for mentions in documents
    ]
    named = {(m.name, m.kind) for mentions in found.mentions for m in mentions}
    assert all(name for name, _ in named)
    assert named == {(entity.name, entity.kind) for entity in found.entities}
    counts = sum(variant.mentions for entity in found.entities for variant in entity.variants)
    assert counts == sum(map(len, documents))


@settings(max_examples=300)
@given(COLLECTIONS)
def test_without_merging_a_name_is_its_own(texts):
    found = resolve([document(*names) for names in texts], merge=False)
    again = resolve([[replace(m, text=m.name) for m in mentions] for mentions in found.mentions], merge=False)
    assert [[(m.name, m.kind) for m in mentions] for mentions in again.mentions] == [
        [(m.name, m.kind) for m in mentions] for mentions in found.mentions
    ]


@settings(max_examples=300)
@given(
    st.sampled_from("plo").flatmap(
        lambda kind: st.lists(st.lists(NAMES.map(f"{kind} {{}}".format), max_size=5), max_size=6)
    )
)
def test_names_that_are_resolved_stay_as_they_are(texts):
    # Of one kind: how often a name is found as which kind is evidence, and that changes with the names.
    once = resolve([document(*names) for names in texts])
    again = resolve([[replace(m, text=m.name) for m in mentions] for mentions in once.mentions])
    assert [[(m.name, m.kind) for m in mentions] for mentions in again.mentions] == [
        [(m.name, m.kind) for m in mentions] for mentions in once.mentions
    ]


@settings(max_examples=300)
@given(COLLECTIONS)
def test_automatic_merges_can_be_replayed(tmp_path_factory, texts):
    documents = [document(*names) for names in texts]
    path = tmp_path_factory.getbasetemp() / "merges.csv"
    book = ledger(documents)
    suggestions(book).write(path)
    assert not problems(read_lines(path), book).rows
    suggestions(book, least=AUTOMATIC).write(path)
    replayed, automatic = resolve(documents, merges=read_merges(path)), resolve(documents)
    assert [[(m.name, m.kind) for m in mentions] for mentions in replayed.mentions] == [
        [(m.name, m.kind) for m in mentions] for mentions in automatic.mentions
    ]
