"""Text that was UTF-8, was taken for another encoding on its way, and saved so: "cafÃ©" for "café".

It is repaired only where there is no doubt: every stretch of the text that is not ASCII, read back into bytes, is valid
UTF-8, and there are several of them. One accent that stands as it should is proof against it.
"""

import re

_FEWEST = 3
_MOST_TIMES = 3


def repair_mojibake(text: str) -> tuple[str, str | None]:
    """Return the text as it was, and the encoding it was taken for; or the text as it is, and None.

    >>> repair_mojibake("cafÃ©, â€œseÃ±orâ€\\x9d, naÃ¯ve")
    ('café, “señor”, naïve', 'cp1252')
    >>> repair_mojibake("café, cafÃ©")
    ('café, cafÃ©', None)
    """
    if not text.isascii():
        for name, table in _TABLES:
            repaired = _repaired(text, table)
            if repaired != text:
                for _ in range(_MOST_TIMES - 1):  # it happens to some texts twice
                    repaired = _repaired(repaired, table)
                return repaired, name
    return text, None


def _repaired(text: str, table: dict[str, int]) -> str:
    found = 0

    def read_back(match: re.Match[str]) -> str:
        nonlocal found
        repaired = bytes(table[char] for char in match.group()).decode()
        found += len(repaired)
        return repaired

    try:
        repaired = _NOT_ASCII.sub(read_back, text)
    except (KeyError, UnicodeDecodeError):
        return text
    return repaired if found >= _FEWEST else text


def _table(encoding: str) -> dict[str, int]:
    """Return the byte of each character that is not ASCII; a byte without a character is the control of its number."""
    controls = {chr(byte): byte for byte in range(0x80, 0xA0)}
    return controls | {bytes([byte]).decode(encoding, "replace"): byte for byte in range(0x80, 0x100)}


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_TABLES = tuple((name, _table(name)) for name in ("cp1252", "cp1251"))
