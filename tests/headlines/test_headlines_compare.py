import math
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from newsmine.errors import UnknownNameError, UsageError
from newsmine.headlines.clean import clean_headline
from newsmine.headlines.compare import SCORERS, Pair, Scorer, similar_pairs, similar_pairs_between
from newsmine.headlines.equate import words
from newsmine.headlines.guards import conflict

ORACLES = {
    "ratio": fuzz.ratio,
    "token_sort_ratio": fuzz.token_sort_ratio,
    "max": lambda a, b: max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)),
}
HEADLINES = st.lists(st.text(alphabet="ab ä東", max_size=12), max_size=12)


@given(HEADLINES, st.sampled_from(SCORERS), st.integers(60, 100))
def test_similar_pairs_finds_what_brute_force_finds(texts: list[str], scorer: Scorer, cutoff: int) -> None:
    score = ORACLES[scorer]
    expected = [
        Pair(i, j, score(texts[i], texts[j]))
        for i in range(len(texts))
        for j in range(i + 1, len(texts))
        if score(texts[i], texts[j]) >= cutoff
    ]
    found = similar_pairs(texts, scorer=scorer, cutoff=cutoff)
    assert sorted(found, key=lambda pair: (pair.i, pair.j)) == expected


def test_reach_limits_what_is_compared() -> None:
    assert list(similar_pairs(["a", "a", "a"], reach=[2, 3, 3])) == [Pair(0, 1, 100.0), Pair(1, 2, 100.0)]


def test_wrong_calls() -> None:
    for call in (similar_pairs, partial(similar_pairs_between, [])):
        with pytest.raises(UnknownNameError, match="unknown scorer 'levenshtein'") as caught:
            call([], scorer="levenshtein")  # type: ignore[arg-type]
        assert caught.value.hint == "known: max, ratio, token_sort_ratio"
        for cutoff in (101, -0.1, math.nan, math.inf):
            with pytest.raises(UsageError, match="between 0 and 100"):
                call([], cutoff=cutoff)
    with pytest.raises(UsageError, match="2 headlines, but 1 ends"):
        similar_pairs(["a", "b"], reach=[2])


@pytest.mark.parametrize(
    ("a", "b", "guard"),
    [
        ("inflation falls to 3.4", "inflation falls to 4.3", "number"),
        ("three killed in blast", "3 killed in blast", None),
        ("4,500 flee", "4500 flee", None),
        ("blast kills 3", "blast kills several", None),
        ("talks on monday", "talks on friday", "date"),
        ("talks on monday", "talks planned", None),
        ("strike goes on", "strike goes on for third day", "series"),
        ("strike enters day 3", "strike enters third day", None),
        ("week of strikes ends", "strikes end", None),
        ("economy grew in may", "economy grew in march", "date"),
        ("sales of 3 may", "sales of 3 march", "date"),
        ("protesters may gather", "protesters march", None),
        ("he sat down", "he wed her", None),
        ("hospital has no beds", "hospital has beds", "negation"),
        ("no 10 plans cuts", "number 10 plans cuts", None),
        ("fire in london", "fire in uk", None),
        ("fire in new york", "fire in new delhi", "place"),
        ("girl hurt in crash", "four hurt in crash", "opposite"),
        ("police charge man over stabbing", "man charged over police stabbing", "role"),
        ("police charge man over stabbing", "man charged by police over stabbing", None),
        ("first case of flu confirmed", "first flu case confirmed", None),
        ("rebels attacked troops", "rebels attacked by troops", "role"),
        ("rates raised 5 percent", "rates raised by 5 percent", None),
    ],
)
def test_guards(a: str, b: str, guard: str | None) -> None:
    assert conflict(words(a), words(b)) == guard
    assert conflict(words(b), words(a)) == guard


@pytest.mark.parametrize(
    ("raw", "text", "prefix", "suffix", "tags"),
    [
        ("UPDATE 1-Bank holds rates - Reuters", "Bank holds rates", "UPDATE 1", "Reuters", ()),
        ("BREAKING: Gunman shot dead", "Gunman shot dead", "BREAKING", None, ()),
        ("Opinion | Why talks failed", "Why talks failed", "Opinion", None, ()),
        ("Storm batters coast [VIDEO] | CNN", "Storm batters coast", None, "CNN", ("VIDEO",)),
        ("Aid reaches Kharkiv - Ukraine", "Aid reaches Kharkiv - Ukraine", None, None, ()),
        ("Tusk: Poland in talks", "Tusk: Poland in talks", None, None, ()),
        ("Bread &amp; butter", "Bread & butter", None, None, ()),
        (
            "Mayor&#8217;s  \u201ctrip\u201d \u2013 too dear",
            "Mayor\u2019s \u201ctrip\u201d \u2013 too dear",
            None,
            None,
            (),
        ),
        ("Ferry sinks PHOTO VIDEO", "Ferry sinks", None, None, ("PHOTO", "VIDEO")),
        ("[LIVE] Ferry sinks", "Ferry sinks", "LIVE", None, ()),
        ("WATCH: Ferry sinks", "Ferry sinks", "WATCH", None, ()),
        ("LIVE UPDATES | Ferry sinks", "Ferry sinks", "LIVE UPDATES", None, ()),
        ("BREAKING: WATCH: Ferry sinks", "Ferry sinks", "BREAKING", None, ()),
        ("RPT-UPDATE 2-Ferry sinks", "Ferry sinks", "RPT", None, ()),
        ("EXCLUSIVE-Ferry sinks", "Ferry sinks", "EXCLUSIVE", None, ()),
        ("Op-ed: Why ferries sink", "Why ferries sink", "Op-ed", None, ()),
        ("Ferry sinks - Reuters India", "Ferry sinks", None, "Reuters India", ()),
        ("Ferry sinks - ferrynews.example.com", "Ferry sinks", None, "ferrynews.example.com", ()),
        ("Ferry sinks | World News - BBC", "Ferry sinks", None, "BBC", ()),
        ("Ferry sinks – The Port Ellery Herald", "Ferry sinks", None, "The Port Ellery Herald", ()),
        ("Ferry sinks - PM", "Ferry sinks - PM", None, None, ()),
        ("Ferry sinks - U.S.", "Ferry sinks - U.S.", None, None, ()),
        ("Ferry news - 3 May 2024", "Ferry news - 3 May 2024", None, None, ()),
        ("Ferry sinks - Good News", "Ferry sinks - Good News", None, None, ()),
        ("Ferry sinks - but the paper reads the Times", "Ferry sinks - but the paper reads the Times", None, None, ()),
        ("Reuters", "Reuters", None, None, ()),
    ],
)
def test_clean_headline(raw: str, text: str, prefix: str | None, suffix: str | None, tags: tuple[str, ...]) -> None:
    cleaned = clean_headline(raw)
    assert (cleaned.text, cleaned.prefix, cleaned.suffix, cleaned.tags) == (text, prefix, suffix, tags)
