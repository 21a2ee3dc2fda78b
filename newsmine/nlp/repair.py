"""News-specific repair of what a model finds: each rule names itself, and can be left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsmine.errors import UnknownNameError
from newsmine.nlp.rules.acronyms import acronyms
from newsmine.nlp.rules.common import case, common
from newsmine.nlp.rules.credits import credit
from newsmine.nlp.rules.demonyms import demonyms
from newsmine.nlp.rules.document import document, surnames
from newsmine.nlp.rules.heads import heads
from newsmine.nlp.rules.known import organisations, places
from newsmine.nlp.rules.limits import limits
from newsmine.nlp.rules.pairs import pairs
from newsmine.nlp.rules.spans import Parts
from newsmine.nlp.rules.titles import titles
from newsmine.records import Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A step of repair: what it does to the spans of a document's parts, and whether it knows English only."""

    name: str
    apply: Callable[[Sequence[str], Parts], Parts]
    english: bool
    usual: bool = True


STEPS = (
    Rule("case", case, english=False),
    Rule("limits", limits, english=False),
    Rule("title", titles, english=True),
    Rule("pair", pairs, english=True),
    Rule("common", common, english=True),
    Rule("head", heads, english=True),
    Rule("lexicon", organisations, english=True),
    Rule("gazetteer", places, english=True),
    Rule("acronym", acronyms, english=True),
    Rule("surname", surnames, english=False),
    Rule("document", document, english=False),
    Rule("credit", credit, english=True),
    Rule("demonym", demonyms, english=True, usual=False),
)
"""The rules, in the order in which they are applied."""

RULES = ("model", *(rule.name for rule in STEPS))
"""What can decide a mention: the model alone, or a rule named here."""


def chosen(text: str | None = None, *, language: str = "en", demonyms: bool = False) -> tuple[Rule, ...]:
    """Return the rules that a choice names: "all", "none", names with commas, or names to leave out ("-head,-case").

    In another language than English those that know English only are left out; demonyms are mentions only where that
    is asked for. Raises UnknownNameError.

    >>> [rule.name for rule in chosen("limits,pair")], [rule.name for rule in chosen("none")]
    (['limits', 'pair'], [])
    >>> len(chosen("-pair")), len(chosen("all"))
    (11, 12)
    """
    choices = [rule.name for rule in STEPS if rule.usual]
    names = [name.strip() for name in (text or "all").split(",") if name.strip()]
    for name in names:
        if name.removeprefix("-") not in (*choices, "all", "none"):
            raise UnknownNameError("rule", name.removeprefix("-"), ("all", "none", *choices))
    wanted = {name for name in names if name[0] != "-"}
    left_out = {name[1:] for name in names if name[0] == "-"}
    everything = "all" in wanted or not wanted
    return tuple(
        rule
        for rule in STEPS
        if (((everything or rule.name in wanted) and rule.name not in left_out) if rule.usual else demonyms)
        and (language == "en" or not rule.english)
    )


def repair(texts: Sequence[str], found: Sequence[Sequence[Span]], rules: Sequence[Rule]) -> list[tuple[Span, ...]]:
    """Return the mentions of one document, part by part: the model's spans after every rule, in the order given."""
    parts: Parts = [list(spans) for spans in found]
    for rule in rules:
        parts = rule.apply(texts, parts)
    return [tuple(spans) for spans in parts]
