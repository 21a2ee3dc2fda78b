import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy.stats import chi2_contingency, false_discovery_control, hypergeom

from newsmine.analysis.stats import (
    MEASURES,
    Contingency,
    benjamini_hochberg,
    chi2,
    dice,
    fisher,
    jaccard,
    llr,
    measure,
    npmi,
    pmi,
    tscore,
)
from newsmine.errors import UnknownNameError


@st.composite
def tables(draw: st.DrawFn) -> Contingency:
    units = draw(st.integers(1, 10_000))
    a, b = draw(st.integers(1, units)), draw(st.integers(1, units))
    return Contingency(draw(st.integers(max(0, a + b - units), min(a, b))), a, b, units)


def inner(table: Contingency) -> bool:
    """Tell whether no margin is zero: what scipy asks for."""
    return max(table.a, table.b) < table.units


def square(table: Contingency) -> list[list[int]]:
    both, only_a, only_b, neither = (cell[0] for cell in table.cells)
    return [[both, only_a], [only_b, neither]]


@given(tables())
def test_measures_agree_with_nltk(table: Contingency) -> None:
    marginals = (table.both, (table.a, table.b), table.units)
    assert dice(table) == pytest.approx(BigramAssocMeasures.dice(*marginals))
    assert jaccard(table) == pytest.approx(BigramAssocMeasures.jaccard(*marginals))
    if table.both:
        assert pmi(table) == pytest.approx(BigramAssocMeasures.pmi(*marginals), abs=1e-12)
        assert tscore(table) == pytest.approx(BigramAssocMeasures.student_t(*marginals), abs=1e-9)
    # NLTK adds 1e-20 inside the logarithm, and divides by zero for a name in every unit.
    if inner(table):
        assert llr(table) == pytest.approx(BigramAssocMeasures.likelihood_ratio(*marginals), abs=1e-6)
        assert chi2(table) == pytest.approx(BigramAssocMeasures.chi_sq(*marginals), abs=1e-6)


@given(tables().filter(inner))
def test_llr_and_chi2_agree_with_scipy(table: Contingency) -> None:
    g2 = chi2_contingency(square(table), correction=False, lambda_="log-likelihood")
    assert llr(table) == pytest.approx(g2.statistic, abs=1e-6)
    assert chi2(table) == pytest.approx(chi2_contingency(square(table), correction=False).statistic, abs=1e-6)
    assert table.expected == pytest.approx(g2.expected_freq[0][0])


@given(tables())
@example(Contingency(both=1, a=928, b=1959, units=4063))
@example(Contingency(both=900, a=928, b=1959, units=4063))
def test_fisher_is_the_upper_tail_of_the_hypergeometric_distribution(table: Contingency) -> None:
    tail = hypergeom.sf(table.both - 1, table.units, table.a, table.b)
    assert fisher(table) == pytest.approx(tail, rel=1e-6, abs=1e-300)


@given(tables())
def test_measures_keep_their_range_and_do_not_care_which_name_is_first(table: Contingency) -> None:
    swapped = Contingency(table.both, table.b, table.a, table.units)
    assert [f(table) for f in MEASURES.values()] == [f(swapped) for f in MEASURES.values()]
    assert llr(table) >= 0
    assert chi2(table) >= 0
    assert -1 <= npmi(table) <= 1
    assert 0 <= jaccard(table) <= dice(table) <= 1
    assert 0 <= fisher(table) <= 1


LN2 = math.log(2)
EDGES = {
    "never together": ((0, 2, 2, 4), (-math.inf, -1, 8 * LN2, 0, 0, 4, -math.inf), 1),
    "never together, one or the other everywhere": (
        (0, 1, 3, 4),
        (-math.inf, -1, 2 * math.log(4) + 6 * math.log(4 / 3), 0, 0, 4, -math.inf),
        1,
    ),
    "only together": ((2, 2, 2, 4), (1, 1, 8 * LN2, 1, 1, 4, math.sqrt(0.5)), 1 / 6),
    "independent": ((1, 2, 2, 4), (0, 0, 0, 1 / 2, 1 / 3, 0, 0), 5 / 6),
    "one unit": ((1, 1, 1, 1), (0, 0, 0, 1, 1, 0, 0), 1),
    "a in every unit": ((2, 5, 2, 5), (0, 0, 0, 4 / 7, 2 / 5, 0, 0), 1),
    "both in every unit": ((5, 5, 5, 5), (0, 0, 0, 1, 1, 0, 0), 1),
    "no unit with neither": (
        (1, 3, 3, 5),
        (
            math.log2(5 / 9),
            math.log2(5 / 9) / math.log2(5),
            2 * math.log(5 / 9) + 8 * math.log(5 / 3),
            1 / 3,
            1 / 5,
            20 / 9,
            -0.8,
        ),
        1,
    ),
}


@pytest.mark.parametrize(("counts", "values", "p"), EDGES.values(), ids=EDGES)
def test_edge_cases(counts: tuple[int, int, int, int], values: tuple[float, ...], p: float) -> None:
    table = Contingency(*counts)
    assert [function(table) for function in MEASURES.values()] == pytest.approx(list(values))
    assert fisher(table) == pytest.approx(p, abs=1e-6)


def test_large_counts_lose_nothing() -> None:
    table = Contingency(10**9, 2 * 10**9, 5 * 10**9, 10**10)
    assert (pmi(table), llr(table), chi2(table)) == (0, 0, 0)


def test_llr_is_not_negative_where_rounding_would_make_it_so() -> None:
    table = Contingency(227_496, 344_345, 660_663, 1_000_000)
    assert 0 <= llr(table) < 1e-9
    assert 0 <= fisher(table) <= 1


@pytest.mark.parametrize(
    "counts", [(3, 2, 5, 9), (-1, 2, 2, 9), (0, 0, 2, 9), (1, 10, 1, 9), (0, 5, 5, 9), (0, 1, 1, 1)]
)
def test_impossible_counts(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="impossible counts"):
        Contingency(*counts)


def test_measures_by_name() -> None:
    assert list(MEASURES) == ["pmi", "npmi", "llr", "dice", "jaccard", "chi2", "tscore"]
    assert measure("npmi") is npmi
    with pytest.raises(UnknownNameError, match="unknown measure 'mi3'") as caught:
        measure("mi3")
    assert caught.value.hint == "known: chi2, dice, jaccard, llr, npmi, pmi, tscore"


p_values = st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.5, 1.0]), max_size=30)


@given(p_values, st.integers(0, 50))
def test_q_values_agree_with_scipy_when_the_pairs_not_seen_are_written_out(p: list[float], more: int) -> None:
    q = benjamini_hochberg(p, len(p) + more)
    oracle = false_discovery_control([*p, *[1.0] * more])[: len(p)] if p else []
    assert q == pytest.approx(list(oracle))


@given(p_values)
def test_q_values_rise_with_the_p_values(p: list[float]) -> None:
    q = benjamini_hochberg(p)
    by_p = [q[i] for i in sorted(range(len(p)), key=p.__getitem__)]
    assert by_p == sorted(by_p)
    assert all(value >= own or value == pytest.approx(own) for own, value in zip(p, q, strict=True))
    assert all(q[p.index(own)] == value for own, value in zip(p, q, strict=True))


def test_q_values_worked_by_hand() -> None:
    assert benjamini_hochberg([0.25, 0.125, 0.125], 4) == pytest.approx([1 / 3, 0.25, 0.25])
    assert benjamini_hochberg([]) == []


@pytest.mark.parametrize(("p", "tests"), [([0.1, 0.2], 1), ([1.1], 1), ([-0.1], 1), ([math.nan], 1)])
def test_q_values_of_nonsense(p: list[float], tests: int) -> None:
    with pytest.raises(ValueError, match="p value"):
        benjamini_hochberg(p, tests)
