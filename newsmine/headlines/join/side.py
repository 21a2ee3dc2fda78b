"""One side of a join: distinct texts with their signatures."""

from collections.abc import Iterable
from dataclasses import dataclass

from newsmine.headlines.join.signatures import Alphabet, Words, bigrams
from newsmine.headlines.join.texts import Texts


@dataclass(frozen=True, slots=True)
class Side:
    """Texts, and what tells quickly that two of them differ too much. Both sides of a join share an alphabet."""

    texts: Texts
    alphabet: Alphabet
    letters: Words
    bigrams: Words

    @classmethod
    def of(cls, texts: Iterable[str], alphabet: Alphabet | None = None, base: int = 0) -> "Side":
        """Return the texts as a side, their indices counted from the base; the alphabet is theirs if none is given."""
        distinct = Texts.of(texts, base)
        alphabet = alphabet or Alphabet.of(distinct)
        return cls(distinct, alphabet, alphabet.letters(distinct), bigrams(distinct))

    def __len__(self) -> int:
        return len(self.texts)
