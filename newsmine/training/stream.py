"""The endless stream of examples: news as it stands, headlines made of it, templates, and what people labelled."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from newsmine.training.casing import like_a_headline, recased
from newsmine.training.headline import headline
from newsmine.training.labelled import Labelled, joined
from newsmine.training.names import Names
from newsmine.training.sources import Page, Sources
from newsmine.training.templates import Templates

_WEIGHTS = {
    "btc_g": 6.0,
    "cross_politics": 1.5,
    "pudw": 1.5,
    "btc_f": 1.2,
    "gum_bio": 1.2,
    "gum_interview": 1.2,
    "btc_h": 1.0,
    "btc_e": 1.0,
    "gum_speech": 1.0,
    "gum_voyage": 1.0,
    "ewt": 0.8,
    "btc_b": 0.7,
    "btc_a": 0.7,
    "cross_literature": 0.7,
    "cross_music": 0.7,
    "gum_court": 0.7,
    "cross_science": 0.5,
    "gum_academic": 0.5,
    "cross_ai": 0.3,
}


@dataclass(frozen=True, slots=True)
class Mixture:
    """The shares of the stream, in words, and how often a text is changed."""

    gold: float = 0.2
    headlines: float = 0.36
    templates: float = 0.25  # of the headlines
    encyclopaedia: float = 0.08  # of the news
    renamed: float = 0.25  # of the texts
    rename_rate: float = 0.6  # of the names in a renamed text
    recased: float = 0.1  # of the paragraphs of news


class Stream:
    """Draws labelled texts; the same seed draws the same."""

    def __init__(self, sources: Sources, mixture: Mixture, seed: int) -> None:
        """Take the texts, the shares and the seed."""
        self._rng = Random(seed)
        self._mixture = mixture
        self._sources = sources
        self._weights = [_WEIGHTS.get(gold.source, 0.5) for gold in sources.gold]
        news = [item for page in sources.news for item in page]
        self._paragraphs = news
        self._names = Names([*news, *(gold.labelled for gold in sources.gold)])
        self._templates = Templates(self._names)

    def batch(self, words: int) -> list[Labelled]:
        """Return texts of at least so many words together."""
        drawn: list[Labelled] = []
        left = words
        while left > 0:
            draw = self._rng.random()
            if draw < self._mixture.gold:
                part = self._several(self._gold, 90)
            elif draw < self._mixture.gold + self._mixture.headlines:
                part = self._several(self._headline, 90)
            else:
                part = [self._news()]
            drawn += part
            left -= sum(len(labelled.text.split()) for labelled in part)
        return drawn

    def _several(self, one: Callable[[], Labelled], words: int) -> list[Labelled]:
        drawn: list[Labelled] = []
        while sum(len(labelled.text.split()) for labelled in drawn) < words:
            drawn.append(one())
        return drawn

    def _renamed(self, source: Labelled) -> Labelled:
        if self._rng.random() < self._mixture.renamed:
            return self._names.replaced(source, self._rng, self._mixture.rename_rate)
        return source

    def _page(self) -> Page:
        if self._rng.random() < self._mixture.encyclopaedia:
            return self._rng.choice(self._sources.encyclopaedia)
        return self._rng.choice(self._sources.news)

    def _news(self) -> Labelled:
        """Return one to four paragraphs that followed each other, at times under a headline."""
        rng, page = self._rng, self._page()
        at = rng.randrange(len(page))
        between = rng.choice(("\n\n", "\n\n", " "))
        parts: list[Labelled | str] = []
        for item in page[at : at + rng.choice((1, 1, 2, 3, 4))]:
            paragraph = self._renamed(item)
            if rng.random() < self._mixture.recased:
                paragraph = recased(paragraph, rng.choice(("title", "upper", "lower")), rng)
            parts += [between, paragraph]
        if rng.random() < 0.2 and (title := headline(page[at], rng)):
            parts = ["", like_a_headline(title, rng) if rng.random() < 0.4 else title, "\n\n", *parts[1:]]
        return joined(parts[1:])

    def _headline(self) -> Labelled:
        rng = self._rng
        if rng.random() < self._mixture.templates:
            return like_a_headline(self._templates.draw(rng), rng)
        while True:
            if made := headline(self._renamed(rng.choice(self._paragraphs)), rng):
                return like_a_headline(made, rng)

    def _gold(self) -> Labelled:
        rng = self._rng
        gold = rng.choices(self._sources.gold, self._weights)[0]
        source = self._renamed(gold.labelled)
        draw = rng.random()
        if gold.source == "btc_g" or 0.3 <= draw < 0.4:
            return like_a_headline(source, rng)
        if draw < 0.3 and (made := headline(source, rng)):
            return like_a_headline(made, rng)
        return source
