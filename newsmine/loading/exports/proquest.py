"""The text export of ProQuest: blocks of labelled lines between lines of underscores."""

import re
from collections.abc import Iterator, Sequence

from newsmine.loading.exports.chunks import Chunk
from newsmine.loading.plain import Stated, turned, unwrapped

NAME = "proquest"
_RULE = re.compile(r"\s*_{20,}\s*")
_NUMBERED = re.compile(r"\s*Document \d+ of \d+\s*")
_LABELS = (
    "Title|Author|Publication title|Publication info|Publication date|Publication year|Full text|Abstract|Subject|"
    "Location|People|Company / organization|Classification|Pages|First page|Number of pages|Year|Section|Publisher|"
    "Place of publication|Country of publication|Publication subject|ISSN|e-ISSN|ISBN|Source type|"
    "Language of publication|Document type|ProQuest document ID|Document URL|Copyright|Last updated|Database|Links|"
    "Identifier / keyword|Volume|Issue|Dateline|Column|Credit|Business indexing term|Document feature|"
    "Accession number|Subtitle|Alternate title|Source|Source attribution|Supplement|Edition"
)
_LABEL = re.compile(rf"\s*({_LABELS}):(?:\s+(.*)|\s*)$")
_SIGNS = (
    re.compile(r"^[ \t]*_{20,}[ \t]*$", re.MULTILINE),
    re.compile(r"^[ \t]*Full text:", re.MULTILINE),
    re.compile(r"^[ \t]*Publication (?:title|info):", re.MULTILINE),
    re.compile(r"^[ \t]*(?:ProQuest document ID:|Publication date:|Document \d+ of \d+[ \t]*$)", re.MULTILINE),
)
_OWN = ("Title", "Full text", "Abstract", "Publication title", "Publication info", "ProQuest document ID")
_AFTER_THE_TEXT = ("Title", "Publication title", "ProQuest document ID", "Source type", "Document type")
_NO_TEXT = re.compile(r"Not available\.?|None available\.?", re.IGNORECASE)
_QUICK_WITHIN = 4000
_DATE_IN_INFO = re.compile(r"(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?(?:19|20)\d\d")


def sign(text: str) -> str | None:
    """Return the sign of a ProQuest export: a rule of underscores, and labels of its own."""
    # The quick look first: this is asked of every text.
    if "_" * 20 not in text[:_QUICK_WITHIN] or not all(pattern.search(text) for pattern in _SIGNS):
        return None
    return "lines of underscores and the labels of ProQuest (Full text, Publication title, …)"


def chunks(lines: Sequence[str]) -> Iterator[Chunk]:
    """Yield the blocks between the lines of underscores; one without any label is no record."""
    start = 0
    for index, line in enumerate([*lines, "_" * 20]):
        if _RULE.fullmatch(line):
            block = lines[start:index]
            is_record = any((match := _LABEL.match(text)) and match[1] in _OWN for text in block)
            if any(text.strip() for text in block):
                yield Chunk(start + 1, block, is_record=is_record)
            if index < len(lines):
                yield Chunk(index + 1, [line], is_record=False)
            start = index + 1


def stated(lines: Sequence[str]) -> Stated | None:
    """Return what a block says of its article."""
    fields = _fields(lines)
    text = fields.get("Full text", [])
    if not any(line.strip() for line in text) or _NO_TEXT.fullmatch("\n".join(text).strip()):
        text = fields.get("Abstract", [])
    info = _value(fields, "Publication info")
    publisher = _value(fields, "Publication title") or re.split(r"\s*[;:,\[]", info)[0]
    in_info = _DATE_IN_INFO.search(info)
    return Stated(
        title=_value(fields, "Title") or _heading(lines),
        paragraphs=unwrapped(text),
        subtitle=_value(fields, "Subtitle"),
        publisher=publisher,
        date=_value(fields, "Publication date") or (in_info[0] if in_info else _value(fields, "Publication year")),
        authors=[turned(name) for name in _value(fields, "Author").split(";") if "@" not in name],
        section=_value(fields, "Section"),
        url=_value(fields, "Document URL"),
        language=_value(fields, "Language of publication"),
    )


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    """Return the lines of each label; those of the text may begin with words that are labels too."""
    fields: dict[str, list[str]] = {}
    label = ""
    end = _end_of_text(lines)
    is_text = False
    for index, line in enumerate(lines):
        match = _LABEL.match(line)
        is_text = is_text and index < end
        if match and not is_text:
            label = match[1]
            is_text = label == "Full text" and index < end
            fields.setdefault(label, []).append(match[2] or "")
        elif label and (label in ("Full text", "Abstract") or line.strip()):
            fields[label].append(line)
    return fields


def _end_of_text(lines: Sequence[str]) -> int:
    """Return the index of the label that ends the full text: the first of the labels that lead up to a sure one."""
    labels = [(match[1] if (match := _LABEL.match(line)) else "") for line in lines]
    if "Full text" not in labels:
        return 0
    begin = labels.index("Full text")
    end = next((index for index in range(begin + 1, len(lines)) if labels[index] in _AFTER_THE_TEXT), len(lines))
    for index in range(end - 1, begin, -1):
        if labels[index]:
            end = index
        elif lines[index].strip():
            break
    return end


def _value(fields: dict[str, list[str]], label: str) -> str:
    return " ".join(line.strip() for line in fields.get(label, []) if line.strip())


def _heading(lines: Sequence[str]) -> str:
    """Return the title that stands without a label above the fields."""
    for line in lines:
        if _LABEL.match(line):
            return ""
        if line.strip() and not _NUMBERED.fullmatch(line):
            return line.strip()
    return ""
