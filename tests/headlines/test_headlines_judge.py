import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.headlines import group, headline_table, near_table, stories
from newsmine.headlines.equate import words
from newsmine.headlines.judge import THRESHOLD, Form, judge
from newsmine.records import Headline, Source, Timestamp

ALIKE = [
    ("FM Orsk arrives in Beijing", "Foreign minister Orsk arrives in Beijing"),
    ("US, UK sign AI safety deal", "United States, United Kingdom sign AI safety deal"),
    ("EU fines maker 4.3 bn euros", "European Union fines maker 4.3 billion euros"),
    ("3 killed in harbour blast", "Three killed in harbor blast"),
    ("Shares fall 5%", "Shares fall 5 percent"),
    ("Türkiye hit by earthquake overnight", "Turkey hit by earthquake overnight"),
    ("Kyiv hit by overnight attack", "Kiev hit by overnight attack"),
    ("Iran's president visits Baku", "Iranian president visits Baku"),
    ("Council approves the new budget", "COUNCIL APPROVES THE NEW BUDGET"),
    ("Earthquake of magnitude 6.1 strikes coast", "Magnitude 6.1 earthquake strikes coast"),
    ("Former mayor dies in crash, officials say", "Officials say former mayor dies in crash"),
    ("Why the talks failed", "Opinion | Why the talks failed"),
    ("Govt to sell stake in BA", "Government to sell stake in British Airways"),
    ("UVW staff walk out over pay offer", "Union Valley Works staff walk out over pay offer"),
    ("Taskforce to study flood plan for lower valley", "Task force to study flood plan for lower valley"),
    ("Sri Lankan president resigns after protests", "Sri Lanka president resigns after protests"),
    ("IMF approves loan for the island", "International Monetary Fund approves loan for the island"),
    ("4.5L undergo surgery every year", "4.5 lakh undergo surgery every year"),
    ("No 10 defends the plan to build more homes", "No 10 defends plan to build more homes"),
]
VETOED = [
    ("number", "Bank cuts rate to 3.4% in May", "Bank cuts rate to 4.3% in May"),
    ("number", "What we know on day 12 of the strike", "What we know on day 13 of the strike"),
    ("date", "What to know before markets open on Monday", "What to know before markets open on Tuesday"),
    ("date", "Economy adds jobs in July as wages grow", "Economy adds jobs in June as wages grow"),
    ("place", "Earthquake of magnitude 6.1 strikes Japan", "Earthquake of magnitude 6.1 strikes Chile"),
    ("negation", "Council to approve the new budget this week", "Council will not approve the new budget this week"),
    ("opposite", "Stocks rise as investors await the decision", "Stocks fall as investors await the decision"),
    ("opposite", "Man rescued from river after bridge collapse", "Woman rescued from river after bridge collapse"),
    ("opposite", "Officer found not guilty of assault in court", "Officer found not guilty of rape in court"),
    ("role", "Russia accuses Ukraine of shelling the plant", "Ukraine accuses Russia of shelling the plant"),
    ("role", "Man bites dog in the old park", "Dog bites man in the old park"),
    ("role", "Police charge man over stabbing", "Man charged over police stabbing"),
    ("name", "Orsk United v Flamberg: Match Report", "Orsk United v Velenga: Match Report"),
    (
        "name",
        "Lawyer of Ivelson says the bank under-reported bad loans",
        "Lawyer of Orskaya says the bank under-reported bad loans",
    ),
]


@pytest.mark.parametrize(("a", "b"), ALIKE)
def test_headlines_that_say_the_same(a: str, b: str) -> None:
    verdict = judge(Form(a), Form(b))
    assert verdict.guard is None
    assert verdict.score >= THRESHOLD
    assert group([a, b]) == [0, 0]


@pytest.mark.parametrize(("guard", "a", "b"), VETOED)
def test_headlines_that_a_guard_keeps_apart(guard: str, a: str, b: str) -> None:
    verdict = judge(Form(a), Form(b))
    assert verdict.score >= THRESHOLD, "the guard is what keeps them apart"
    assert verdict.guard == guard
    assert group([a, b]) == [0, 1]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Police name victim", "Storm batters the coast"),
        ("", "Storm batters the coast"),
        ("Nokia launches smart TV", "Ministers meet in Geneva to end the war"),
    ],
)
def test_headlines_that_are_not_alike(a: str, b: str) -> None:
    assert judge(Form(a), Form(b)).score < THRESHOLD


def test_a_word_more_tells_formulas_apart_and_not_long_headlines() -> None:
    assert group(["Man charged over stabbing", "Man charged over Mudgee stabbing"]) == [0, 1]
    assert group(["Woman dies in truck crash", "Woman dies in ferry crash"]) == [0, 1]
    long = "charged over stabbing of prize llama at Tewkesbury agricultural show"
    assert group([f"Man {long}", f"Local man {long}"]) == [0, 0]


def test_a_word_spelled_almost_alike_does_not_tell_formulas_apart() -> None:
    assert group(["Finegan relishes new challenge", "Finnegan relishes new challenge"]) == [0, 0]


WORDS = "police man woman charge minister murder rises falls not Baku Leeds York Monday Friday 3 4 and rape".split()
PHRASES = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


@given(st.text(max_size=40) | PHRASES, st.text(max_size=40) | PHRASES)
def test_the_verdict_does_not_depend_on_the_order(a: str, b: str) -> None:
    one, other = judge(Form(a), Form(b)), judge(Form(b), Form(a))
    assert one.score == pytest.approx(other.score)
    assert one.guard == other.guard
    assert 0 <= one.score <= 100.000001
    assert judge(Form(a), Form(a)).score == 100


def test_a_scale_needs_its_number() -> None:
    assert words("5m flee; m and b") == ["5", "million", "flee", "m", "and", "b"]


def test_the_same_text_under_another_headline_is_the_same_story() -> None:
    body = {"oil prices fell on monday .": 6, "the cartel meets in may .": 6, "traders were calm .": 4}
    longer = {**body, "analysts shrugged .": 3}
    found = stories(["Oil falls", "Crude slides in Asia trade", "Rain in Baku"], bodies=[body, longer, {}])
    assert found.numbers == (0, 0, 1)


def test_a_million_of_one_headline_are_no_more_work_than_one() -> None:
    assert set(group(["Storm batters the coast"] * 200_000)) == {0}


def listed(text: str, day: str) -> Headline:
    return Headline(text, text, Source("a.txt", "a"), "Latest", published=Timestamp(day, day, "day"))


def test_near_shows_what_a_guard_kept_apart() -> None:
    _, a, b = VETOED[0]
    table = near_table([listed(b, "2024-05-02"), listed(a, "2024-05-01"), listed("Rain in Baku", "2024-05-01")])
    assert table.select(("guard", "headline", "near_headline", "differing")).rows == (("number", a, b, "3.4 | 4.3"),)


def test_why_shows_what_was_compared() -> None:
    rows = headline_table([listed(ALIKE[0][0], "2024-05-01"), listed(ALIKE[0][1], "2024-05-02")], why=True)
    assert rows.select(("headline", "rule", "compared", "differing")).rows == (
        (ALIKE[0][0], "first", "fm orsk arrives in beijing", None),
        (ALIKE[0][1], "identical words", "fm orsk arrives in beijing", None),
    )
