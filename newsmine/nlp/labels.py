"""The labels of entity schemes, mapped to the three kinds."""

from newsmine.records import Kind

_KINDS: dict[str, Kind] = {
    # OntoNotes
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
    # WikiNER and CoNLL, which most pipelines for other languages use
    "PER": "person",
    # a few pipelines' own
    "persName": "person",
    "placeName": "place",
    "geogName": "place",
    "orgName": "organisation",
    "PRS": "person",
    # NorNE
    "GPE_LOC": "place",
    "GPE_ORG": "organisation",
    # KLUE
    "PS": "person",
    "LC": "place",
    "OG": "organisation",
    # written out
    "LOCATION": "place",
    "FACILITY": "place",
    "ORGANIZATION": "organisation",
    "ORGANISATION": "organisation",
}


def kind_of(label: str) -> Kind | None:
    """Return the kind that an entity label stands for, None for dates, numbers, nationalities and the like."""
    return _KINDS.get(label)
