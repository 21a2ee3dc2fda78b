"""The main text of a page in the quick way, which is also the last resort. The only importer of resiliparse."""

from newsmine.text import clean

# Elements that are never closed are opened again in each that follows: 30,000 of them take minutes.
_INLINE = ("a", "b", "i", "u", "em", "font", "strong", "code", "small")
_MANY = 5000
_OPEN = 1000


def paragraphs(html: str) -> tuple[str, ...]:
    """Return the paragraphs of a page's main text, however deep it is; () of a page that was made to jam it."""
    if html.count("<") > _MANY and any(_left_open(html, tag) > _OPEN for tag in _INLINE):
        return ()
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(
        html, main_content=True, list_bullets=False, alt_texts=False, comments=False, post_meta=False
    )
    return tuple(line for raw in text.split("\n") if (line := clean(raw)))


def _left_open(html: str, tag: str) -> int:
    return html.count(f"<{tag} ") + html.count(f"<{tag}>") - html.count(f"</{tag}>")
