from hypothesis import given
from hypothesis import strategies as st

from newsmine.config import DEFAULT_MODEL
from newsmine.nlp.documents import analyse, digest, is_packed, pack, rules_version, unpack
from newsmine.nlp.model import load_model
from newsmine.nlp.repair import RULES, chosen
from newsmine.records import KINDS, Span

SPANS = st.builds(Span, st.integers(0, 50), st.integers(0, 50), st.sampled_from(KINDS), st.sampled_from(RULES))
LIMITS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9))
ANALYSES = st.lists(
    st.tuples(st.lists(SPANS, max_size=5).map(tuple), st.lists(LIMITS, max_size=5).map(tuple)), max_size=4
).map(tuple)


@given(ANALYSES)
def test_what_is_packed_is_what_is_unpacked(
    analyses: tuple[tuple[tuple[Span, ...], tuple[tuple[int, int], ...]], ...],
) -> None:
    data = pack(analyses)
    assert is_packed(data)
    assert unpack(data) == analyses


@given(ANALYSES, st.integers(0, 10**6), st.integers(1, 255))
def test_damage_is_seen(
    analyses: tuple[tuple[tuple[Span, ...], tuple[tuple[int, int], ...]], ...], at: int, by: int
) -> None:
    data = bytearray(pack(analyses))
    data[at % len(data)] ^= by
    assert not is_packed(bytes(data))
    assert not is_packed(b"")


def test_a_digest_tells_texts_and_their_limits_apart() -> None:
    assert len({digest(parts) for parts in (["ab"], ["a", "b"], ["", "ab"], ["ab", ""], [], ["\udc80"])}) == 6
    assert digest(["Baku", "Ağdam"]) == digest(("Baku", "Ağdam"))


def test_the_rules_have_a_version() -> None:
    assert rules_version() == rules_version() != ""


def test_the_parts_of_a_document_agree_on_a_name() -> None:
    (found,) = analyse(
        load_model(DEFAULT_MODEL), [["Angela Merkel spoke in Baku.", "Yesterday Angela Merkel left."]], chosen()
    )
    assert [[(s.start, s.end, s.kind) for s in spans] for spans, _ in found] == [
        [(0, 13, "person"), (23, 27, "place")],
        [(10, 23, "person")],
    ]
