"""Text that was UTF-8, was taken for another encoding on its way, and saved so: "cafÃ©" for "café".

It is repaired only where there is no doubt: every stretch of the text that is not ASCII, read back into bytes, is valid
UTF-8, and there are several of them. One accent that stands as it should is proof against it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_FEWEST = 3
_MOST_TIMES = 3
_DEEPEST = 6
_BETWEEN = "\x1e"


def repair_mojibake(text: str) -> tuple[str, str | None]:
    """Return the text as it was, and the encoding it was taken for; or the text as it is, and None.

    >>> repair_mojibake("cafÃ©, â€œseÃ±orâ€\\x9d, naÃ¯ve")
    ('café, “señor”, naïve', 'cp1252')
    >>> repair_mojibake("café, cafÃ©")
    ('café, cafÃ©', None)
    """
    first = _NOT_ASCII.search(text)
    if first:
        for name, table in _TABLES:
            if _read_back(first.group(), table) is None:  # in nearly all texts, and then no more need be looked at
                continue
            repaired = _repaired(text, table)
            if repaired != text:
                for _ in range(_MOST_TIMES - 1):  # it happens to some texts twice
                    repaired = _repaired(repaired, table)
                return repaired, name
    return text, None


def repair_texts(texts: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the texts of one article as they were, and the encoding they were taken for; or as they are, and None.

    Taken together they are proof of more than each by itself. If they are none, as where one of them came another way,
    each is repaired that is proof enough.

    >>> repair_texts(["CafÃ©", "The cafÃ© of SeÃ±or Paz", "no accent"])
    (['Café', 'The café of Señor Paz', 'no accent'], 'cp1252')
    """
    if len(texts) == 1:
        text, taken_for = repair_mojibake(texts[0])
        return [text], taken_for
    whole, taken_for = repair_mojibake(_BETWEEN.join(texts))
    parts = whole.split(_BETWEEN)
    if taken_for and len(parts) == len(texts):
        return parts, taken_for
    found = [repair_mojibake(text) for text in texts]
    return [text for text, _ in found], next((name for _, name in found if name), None)


def repair_record(record: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Return a record with its texts repaired as `repair_texts` does, those in lists and objects in it included."""
    texts = [text for text in _texts(record, _DEEPEST) if not text.isascii()]
    repaired, taken_for = repair_texts(texts) if texts else (texts, None)
    if taken_for is None:
        return record, None
    known = dict(zip(texts, repaired, strict=True))
    return _replaced(record, lambda text: known.get(text, text), _DEEPEST), taken_for


def noted(encoding: str, taken_for: str | None) -> str:
    """Return the name of an encoding that says of a text in it that it was repaired, if it was.

    >>> noted("utf-8", "cp1252"), noted("utf-8", None)
    ('utf-8 (mojibake of cp1252 repaired)', 'utf-8')
    """
    is_noted = taken_for is None or encoding.endswith(" repaired)")
    return encoding if is_noted else f"{encoding} (mojibake of {taken_for} repaired)"


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item, depth - 1)


def _replaced(value: Any, replace: Callable[[str], str], depth: int) -> Any:
    if isinstance(value, str):
        return replace(value)
    if depth and isinstance(value, list):
        return [_replaced(item, replace, depth - 1) for item in value]
    if depth and isinstance(value, dict):
        return {name: _replaced(item, replace, depth - 1) for name, item in value.items()}
    return value


def _repaired(text: str, table: dict[str, int]) -> str:
    found = 0

    def repaired_one(match: re.Match[str]) -> str:
        nonlocal found
        repaired = _read_back(match.group(), table)
        if repaired is None:
            raise ValueError
        found += len(repaired)
        return repaired

    try:
        repaired = _NOT_ASCII.sub(repaired_one, text)
    except ValueError:
        return text
    return repaired if found >= _FEWEST else text


def _read_back(stretch: str, table: dict[str, int]) -> str | None:
    """Return the text whose bytes in UTF-8 the characters were taken from, or None if they were not."""
    try:
        return bytes(table[char] for char in stretch).decode()
    except (KeyError, UnicodeDecodeError):
        return None


def _table(encoding: str) -> dict[str, int]:
    """Return the byte of each character that is not ASCII; a byte without a character is the control of its number."""
    controls = {chr(byte): byte for byte in range(0x80, 0xA0)}
    return controls | {bytes([byte]).decode(encoding, "replace"): byte for byte in range(0x80, 0x100)}


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_TABLES = tuple((name, _table(name)) for name in ("cp1252", "cp1251"))
