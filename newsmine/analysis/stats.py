"""Measures of association between two names, from four counts: pure mathematics, counts in, floats out.

The counts are numbers of units (documents, paragraphs, sentences), never of mentions; a unit has a name or
has it not. In the docstrings p(a), p(b) and p(a,b) are the shares of units with a, with b, and with both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, fsum, inf, lgamma, log, log2, sqrt

from newsmine.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Contingency:
    """How many units have both names, how many have a, how many have b, and how many units there are.

    Both names occur somewhere: a measure of a name that is in no unit would be 0/0. Raises ValueError for
    counts that no set of units can have.

    >>> Contingency(both=3, a=2, b=5, units=9)
    Traceback (most recent call last):
    ValueError: impossible counts: both=3, a=2, b=5, units=9
    """

    both: int
    a: int
    b: int
    units: int

    def __post_init__(self) -> None:
        fewest = max(0, self.a + self.b - self.units)
        if not (min(self.a, self.b) > 0 and fewest <= self.both <= min(self.a, self.b)):
            raise ValueError(f"impossible counts: both={self.both}, a={self.a}, b={self.b}, units={self.units}")

    @property
    def expected(self) -> float:
        """The units with both names to expect if the names did not depend on each other: a·b/units.

        >>> Contingency(2, 4, 5, 10).expected
        2.0
        """
        return self.a * self.b / self.units

    @property
    def cells(self) -> tuple[tuple[int, int, int], ...]:
        """The four cells (both, only a, only b, neither), each as observed count, row total, column total.

        >>> Contingency(2, 4, 5, 10).cells
        ((2, 4, 5), (2, 4, 5), (3, 6, 5), (3, 6, 5))
        """
        both, a, b, units = self.both, self.a, self.b, self.units
        return (
            (both, a, b),
            (a - both, a, units - b),
            (b - both, units - a, b),
            (units - a - b + both, units - a, units - b),
        )


Measure = Callable[[Contingency], float]


def pmi(table: Contingency) -> float:
    """Return the pointwise mutual information in bits: log2 of p(a,b) / (p(a) p(b)).

    0 if the names are independent, -inf if they never meet. It favours rare names: two that occur once,
    together, get the highest value there is. Church and Hanks (1990), Word association norms, mutual
    information, and lexicography, Computational Linguistics 16(1), 22–29.

    >>> pmi(Contingency(4, 4, 8, 32))
    2.0
    """
    if table.both == 0:
        return -inf
    return log2(table.both * table.units / (table.a * table.b))


def npmi(table: Contingency) -> float:
    """Return the normalised pointwise mutual information, PMI / -log2 p(a,b), from -1 to 1.

    -1 if the names never meet, 0 if they are independent, 1 if they occur only together. Two names that are
    both in every unit are "independent" and "only together" at once, and the limit depends on the way there:
    it is 1 along a = b = both, and 0 where one name stays in every unit. Here it is 0, as PMI and LLR are:
    what is everywhere says nothing. Bouma (2009), Normalized (pointwise) mutual information in collocation
    extraction, Proceedings of GSCL, 31–40.

    >>> npmi(Contingency(4, 4, 8, 32)), npmi(Contingency(3, 3, 3, 7)), npmi(Contingency(0, 2, 2, 9))
    (0.6666666666666666, 1.0, -1.0)
    """
    if table.both == 0:
        return -1.0
    if table.both == table.units:
        return 0.0
    return pmi(table) / log2(table.units / table.both)


def llr(table: Contingency) -> float:
    """Return the log-likelihood ratio G² = 2 Σ O ln(O/E) over the four cells, 0 ln 0 being 0; never negative.

    It says how surely the names depend on each other, not how strongly, and not in which direction: names
    that shun each other score high too. Dunning (1993), Accurate methods for the statistics of surprise and
    coincidence, Computational Linguistics 19(1), 61–74.

    >>> round(llr(Contingency(10, 10, 10, 100)), 4), llr(Contingency(2, 4, 5, 10))
    (65.0166, 0.0)
    """
    # O·units/(row·column) is divided once, in whole numbers, so that independent names give exactly 0.
    terms = (seen * log(seen * table.units / (row * column)) for seen, row, column in table.cells if seen)
    return max(0.0, 2 * fsum(terms))


def dice(table: Contingency) -> float:
    """Return Dice's coefficient, 2·both / (a + b), from 0 to 1.

    Dice (1945), Measures of the amount of ecologic association between species, Ecology 26(3), 297–302.

    >>> dice(Contingency(4, 4, 12, 32))
    0.5
    """
    return 2 * table.both / (table.a + table.b)


def jaccard(table: Contingency) -> float:
    """Return Jaccard's coefficient, both / (units with a or b), from 0 to 1.

    Jaccard (1912), The distribution of the flora in the alpine zone, New Phytologist 11(2), 37–50.

    >>> jaccard(Contingency(3, 4, 11, 32))
    0.25
    """
    return table.both / (table.a + table.b - table.both)


def chi2(table: Contingency) -> float:
    """Return Pearson's chi-squared, Σ (O-E)²/E over the four cells, without Yates' correction.

    0 if a name is in every unit. It overstates rare names, see Dunning (1993). Pearson (1900), On the
    criterion …, Philosophical Magazine 50(302), 157–175.

    >>> chi2(Contingency(10, 10, 10, 100)), chi2(Contingency(3, 3, 7, 7))
    (100.0, 0.0)
    """
    both, a, b, units = table.both, table.a, table.b, table.units
    margins = a * b * (units - a) * (units - b)
    return units * (both * units - a * b) ** 2 / margins if margins else 0.0


def tscore(table: Contingency) -> float:
    """Return the t-score, (both - expected) / √both; -inf if the names never meet.

    It favours frequent pairs. Church, Gale, Hanks and Hindle (1991), Using statistics in lexical analysis, in
    Zernik (ed.), Lexical Acquisition, 115–164.

    >>> tscore(Contingency(4, 4, 8, 32))
    1.5
    """
    return (table.both - table.expected) / sqrt(table.both) if table.both else -inf


MEASURES: dict[str, Measure] = {
    "pmi": pmi,
    "npmi": npmi,
    "llr": llr,
    "dice": dice,
    "jaccard": jaccard,
    "chi2": chi2,
    "tscore": tscore,
}


def measure(name: str) -> Measure:
    """Return the measure of that name; raises UnknownNameError if there is none.

    >>> measure("dice")(Contingency(1, 1, 1, 1))
    1.0
    """
    if name not in MEASURES:
        raise UnknownNameError("measure", name, MEASURES)
    return MEASURES[name]


def fisher(table: Contingency) -> float:
    """Return the p value of attraction: the chance of independent names to meet at least as often.

    Fisher's exact test, one-sided: the upper tail of the hypergeometric distribution. It holds for any counts,
    where the χ² approximation of G² is far too bold for names seen once or twice: two names that occur once,
    together, in 100 units get 0.01 here, and 0.0004 from G². Pairs that never meet have p = 1. Fisher (1922), On
    the interpretation of χ² from contingency tables, Journal of the Royal Statistical Society 85(1), 87–94.

    >>> round(fisher(Contingency(1, 1, 1, 100)), 6), fisher(Contingency(0, 4, 5, 10))
    (0.01, 1.0)
    """
    least = max(0, table.a + table.b - table.units)
    if table.both <= least:
        return 1.0
    if table.both > table.expected:
        return min(1.0, _tail(table, range(table.both, min(table.a, table.b) + 1)))
    # Below the mean the terms first grow from what may be too small for a float: the other tail does not.
    return max(0.0, 1.0 - _tail(table, range(table.both - 1, least - 1, -1)))


def _tail(table: Contingency, counts: range) -> float:
    """Return the chance of each of the counts together, which go away from the mean."""
    a, b, units = table.a, table.b, table.units
    first, step = counts[0], counts.step
    total = term = exp(_log_choose(a, first) + _log_choose(units - a, b - first) - _log_choose(units, b))
    for k in counts[:-1]:
        low = min(k, k + step)
        ratio = (a - low) * (b - low) / ((low + 1) * (units - a - b + low + 1))
        term *= ratio if step > 0 else 1 / ratio
        total += term
        if term < total * 1e-15:
            break
    return total


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def benjamini_hochberg(p_values: Sequence[float], tests: int | None = None) -> list[float]:
    """Return the q value of each p value: the false discovery rate from which on it is a discovery.

    The order is that of the p values. `tests` is the number of all hypotheses; those without a p value
    count with p = 1. Equal p values get equal q values, and no q value exceeds 1. Raises ValueError for fewer
    tests than p values and for a p value outside 0 … 1. Benjamini and Hochberg (1995), Controlling the false
    discovery rate, Journal of the Royal Statistical Society B 57(1), 289–300.

    >>> benjamini_hochberg([0.25, 0.015625, 0.125])
    [0.25, 0.046875, 0.1875]
    >>> benjamini_hochberg([0.25, 0.015625, 0.125], tests=8)
    [0.6666666666666666, 0.125, 0.5]
    """
    number = len(p_values) if tests is None else tests
    if number < len(p_values):
        raise ValueError(f"{len(p_values)} p values, but only {number} tests")
    if not all(0 <= p <= 1 for p in p_values):
        raise ValueError("a p value lies between 0 and 1")
    q_values = [1.0] * len(p_values)
    lowest = 1.0
    for rank, at in reversed(list(enumerate(sorted(range(len(p_values)), key=p_values.__getitem__), 1))):
        lowest = min(lowest, p_values[at] * number / rank)
        q_values[at] = lowest
    return q_values
