"""A sentence of a report turned into a headline, with its labels."""

import re
from collections.abc import Iterator
from random import Random

from newsmine.training.labelled import NAMED, Edit, Entity, Labelled, cut, edited, joined, within
from newsmine.training.lists import read_lists

_SENTENCE_END = re.compile(r"[.!?][\"”]?(?= [A-Z\"“])")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Lt|Col|Sgt|Gov|No|vs|Jr|Inc|Corp|Ltd|Co)$")
_BRACKETS = re.compile(r" ?\([^()]*\)")
_CLAUSE = re.compile(r", (?=[A-Z])| as (?=[A-Z])| after (?=[A-Z])| while (?=[A-Z])| that (?=[A-Z])| saying (?=[A-Z])")
_BREAK = re.compile(
    r", | after | while | which | where | during | following | amid | because | with | in | to | on | for | at | over "
    r"| and (?=[a-z])| by | as | near | since "
)
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?) ")
_AUXILIARY = re.compile(r" (?:is|are|was|were|has been|have been|has|have)(?= \w+(?:ed|ing|en)\b)")
_SAYS_THAT = re.compile(r"\b(?:says|said|announces|announced|claims|warns) that\b")
_OFFICE = re.compile(
    r"(?:[A-Z]\w+ )?(?:former )?(?:President|Prime Minister|PM|Chancellor|Senator|Governor|Minister|King|Pope|Mayor)"
    r"(?: of [A-Z]\w+)? (?=[A-Z])"
)
_LISTS = read_lists("headlines.toml")


def headline(source: Labelled, rng: Random) -> Labelled | None:
    """Return the first sentence as a headline in sentence case, None if nothing fit to be one is left of it."""
    made = _bare(_first_sentence(source))
    made = _clause(made, rng)
    if len(made.text.split()) > 18:
        return None
    made = edited(made, _shortenings(made, rng))
    office = _OFFICE.match(made.text)
    if office and rng.random() < 0.5 and any(start == office.end() for start, _, _ in made.entities):
        made = cut(made, office.end(), len(made.text))
    made = cut(made, len(made.text) - len(made.text.lstrip()), len(made.text))
    if len(made.text.split()) < 3:
        return None
    made = Labelled(made.text[0].upper() + made.text[1:], made.entities)
    return _ending(_opening(made, rng), rng)


def _first_sentence(source: Labelled) -> Labelled:
    for match in _SENTENCE_END.finditer(source.text):
        inside = within(source, match.start(), match.end())
        if match.start() > 25 and not inside and not _ABBREVIATED.search(source.text[: match.start()]):
            source = cut(source, 0, match.start())
            break
    return cut(source, 0, len(source.text.rstrip(".")))


def _bare(source: Labelled) -> Labelled:
    """Return the text without brackets and what they hold."""
    return edited(source, [Edit(match.start(), match.end(), "") for match in _BRACKETS.finditer(source.text)])


def _clause(source: Labelled, rng: Random) -> Labelled:
    """Return one clause of a sentence, ended where a headline could end."""
    text = source.text
    if rng.random() < 0.25:
        starts = [m.end() for m in _CLAUSE.finditer(text) if not within(source, *m.span()) and len(text) - m.end() > 30]
        if starts:
            source = cut(source, rng.choice(starts), len(text))
            text = source.text
    ends = [
        m.start()
        for m in _BREAK.finditer(text)
        if not within(source, *m.span()) and 4 <= len(text[: m.start()].split()) <= 14
    ]
    if ends and (len(text.split()) > 9 or rng.random() < 0.3):
        source = cut(source, 0, rng.choice(ends))
    return source


def _shortenings(source: Labelled, rng: Random) -> Iterator[Edit]:
    """Yield what a headline leaves out or says shorter."""
    text = source.text
    without_articles = rng.random() < 0.85
    for match in _ARTICLE.finditer(text):
        inner = any(start < match.start() < end for start, end, _ in source.entities)
        if without_articles and not inner and rng.random() < 0.92:
            yield Edit(*match.span(), "")
    for match in _AUXILIARY.finditer(text):
        if rng.random() < 0.6 and not within(source, *match.span(), NAMED):
            yield Edit(*match.span(), "")
    for match in _SAYS_THAT.finditer(text):
        yield Edit(*match.span(), "says")
    for long, short in _LISTS["names"].items():
        for match in re.finditer(rf"\b{long}\b", text):
            if rng.random() < 0.75 and any(a <= match.start() and match.end() <= b for a, b, _ in source.entities):
                yield Edit(*match.span(), rng.choice(short))
    for long, short in _LISTS["words"].items():
        if rng.random() < 0.5:
            bounds = long if long.startswith(" ") else rf"\b{long}\b"
            for match in re.finditer(bounds, text):
                if not within(source, *match.span(), NAMED):
                    yield Edit(*match.span(), rng.choice(short))
    if rng.random() < 0.6:
        yield from _surnames(source, rng)


def _surnames(source: Labelled, rng: Random) -> Iterator[Edit]:
    """Yield the removals that leave of each full name the surname, or an initial before it."""
    for start, end, label in source.entities:
        words = re.sub(r"['’]s$", "", source.text[start:end]).split(" ")
        if label != "PERSON" or not 2 <= len(words) <= 4 or words[-1].rstrip(".") in ("Jr", "Sr", "III", "II"):
            continue
        if len(words[-1]) > 2 and words[-1][0].isupper():
            before = len(" ".join(words[:-1])) + 1
            yield Edit(start, start + before, f"{words[0][0]}. " if rng.random() < 0.04 else "")


def _opening(source: Labelled, rng: Random) -> Labelled:
    """Return the headline with what may stand before it, or with another name worked in."""
    draw = rng.random()
    if draw < 0.05:
        return joined([rng.choice(_LISTS["before"]), source])
    if draw < 0.13 and (topic := _one_name(source, rng, {"PERSON", "GPE", "ORG", "LOC"}, 25)):
        sign = ": " if topic.entities[0].label == "PERSON" else rng.choice(_LISTS["topic"])
        return joined([topic, sign, source])
    if draw < 0.17 and (name := _one_name(source, rng, {"GPE", "ORG"}, 15)) and " " not in name.text:
        nouns = [m.start(1) for m in re.finditer(r" ([a-z]{4,}s)\b", source.text) if not within(source, *m.span(1))]
        if nouns:
            at = rng.choice(nouns)
            return _inserted(source, at, joined([name, rng.choice(_LISTS["linked"]), " "]))
    if draw < 0.2:
        return _paired(source, rng)
    if draw < 0.24:
        return _with_role(source, rng)
    return source


def _paired(source: Labelled, rng: Random) -> Labelled:
    """Return the headline led by two of its places as a pair, as "Baku-Yerevan talks: …"."""
    places = sorted({source.text[a:b] for a, b, label in source.entities if label == "GPE" and b - a < 15})
    places = [place for place in places if place.isalpha()]
    if len(places) < 2:
        return source
    first, second = rng.sample(places, 2)
    pair = [_name(first, "GPE"), rng.choice("--–/"), _name(second, "GPE"), " ", rng.choice(_LISTS["pair"])]
    return joined([*pair, ": ", source])


def _with_role(source: Labelled, rng: Random) -> Labelled:
    """Return the headline with an office before a person's bare name, and sometimes a possessive after it."""
    people = [
        e for e in source.entities if e.label == "PERSON" and not re.search(r"['’]s$", source.text[e.start : e.end])
    ]
    if not people:
        return source
    person = rng.choice(people)
    return _inserted(source, person.start, Labelled(rng.choice(_LISTS["role"]) + " "))


def _inserted(source: Labelled, at: int, part: Labelled) -> Labelled:
    return joined([cut(source, 0, at), part, cut(source, at, len(source.text))])


def _one_name(source: Labelled, rng: Random, labels: set[str], longest: int) -> Labelled | None:
    found = [e for e in source.entities if e.label in labels and e.end - e.start < longest]
    if not found:
        return None
    start, end, label = rng.choice(found)
    return _name(re.sub(r"^[Tt]he |['’]s$", "", source.text[start:end]), label)


def _name(name: str, label: str) -> Labelled:
    return Labelled(name, (Entity(0, len(name), label),))


def _ending(source: Labelled, rng: Random) -> Labelled:
    """Return the headline with what may stand behind it: a source, a remark."""
    draw = rng.random()
    if draw < 0.08:
        return joined([source, rng.choice(_LISTS["after"])])
    if draw < 0.17:
        return joined(
            [source, rng.choice((" - ", " | ", " – ", " — ")), _name(rng.choice(_LISTS["publishers"]), "ORG")]
        )
    return source
