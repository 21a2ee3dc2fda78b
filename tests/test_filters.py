import re

import pytest

from newsmine.dates import parse_zone
from newsmine.filters import Filters
from newsmine.records import Article, Headline, Source, Timestamp

SOURCE = Source("pages/kurier-2024-02-28.txt", "kurier")
DATED = Headline("Talks resume", "", SOURCE, "Latest", published=Timestamp("", "2024-02-28T23:30", "minute", "Z"))
UNDATED = Headline("Talks resume", "", SOURCE, "Latest", language="en")
ARTICLE = Article("1", SOURCE, "A title", section="Politics", paragraphs=("Rain fell on Baku.",))


@pytest.mark.parametrize(
    ("filters", "record", "kept"),
    [
        (Filters(), UNDATED, True),
        (Filters(since="2024-02-28"), DATED, True),
        (Filters(since="2024-02-29"), DATED, False),
        (Filters(since="2024-02-29", zone=parse_zone("Asia/Baku")), DATED, True),
        (Filters(until="2024-02-28T23:00"), DATED, False),
        (Filters(since="2024-02-28"), UNDATED, False),
        (Filters(since="2024-02-28", undated="keep"), UNDATED, True),
        (Filters(undated="drop"), UNDATED, False),
        (Filters(source="KUR*"), DATED, True),
        (Filters(source="*/kurier-2024*"), DATED, True),
        (Filters(source="other"), DATED, False),
        (Filters(section="pol*"), ARTICLE, True),
        (Filters(section="sport"), ARTICLE, False),
        (Filters(section="pol*"), DATED, False),
        (Filters(match=re.compile("rain")), ARTICLE, False),
        (Filters(match=re.compile("rain", re.IGNORECASE)), ARTICLE, True),
        (Filters(language="en"), UNDATED, True),
        (Filters(language="en"), DATED, False),
    ],
)
def test_keeps(filters: Filters, record: Article | Headline, kept: bool) -> None:
    assert filters.keeps(record) is kept
