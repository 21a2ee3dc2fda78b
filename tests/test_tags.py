import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.tags import split_tags


@pytest.mark.parametrize(
    ("text", "rest", "tags"),
    [
        ("Bridge opens in Ellery PHOTO", "Bridge opens in Ellery", ("PHOTO",)),
        ("Bridge opens in Ellery PHOTOS", "Bridge opens in Ellery", ("PHOTO",)),
        ("Bridge opens in Ellery - VIDEO", "Bridge opens in Ellery", ("VIDEO",)),
        ("Bridge opens in Ellery [Photo]", "Bridge opens in Ellery", ("PHOTO",)),
        ("Bridge opens in Ellery (video)", "Bridge opens in Ellery", ("VIDEO",)),
        ("Bridge opens in Ellery (VIDEO)", "Bridge opens in Ellery", ("VIDEO",)),
        ("Bridge opens in Ellery PHOTO/VIDEO", "Bridge opens in Ellery", ("PHOTO", "VIDEO")),
        ("Bridge opens in Ellery (Photo, Video)", "Bridge opens in Ellery", ("PHOTO", "VIDEO")),
        ("Bridge opens in Ellery VIDEO PHOTO", "Bridge opens in Ellery", ("VIDEO", "PHOTO")),
        ("Bridge opens in Ellery PHOTO PHOTOS", "Bridge opens in Ellery", ("PHOTO",)),
        ("Bridge opens in Ellery (Photo) VIDEO", "Bridge opens in Ellery", ("PHOTO", "VIDEO")),
        ("Bridge opens in Ellery IN PICTURES", "Bridge opens in Ellery", ("PHOTO",)),
        ("Мост открыт в городе ФОТО", "Мост открыт в городе", ("PHOTO",)),
        ("Körpü açıldı VİDEO", "Körpü açıldı", ("VIDEO",)),
        ("PHOTO", "", ("PHOTO",)),
        ("[Video]", "", ("VIDEO",)),
        ("PHOTO, VIDEO", "", ("PHOTO", "VIDEO")),
    ],
)
def test_tags(text: str, rest: str, tags: tuple[str, ...]) -> None:
    assert split_tags(text) == (rest, tags)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bridge opens in Ellery",
        "Ministers clarify position on CSTO",
        "Sweden signs papers to join NATO",
        "Court hears case over stolen photo",
        "Minister resigns over leaked Video",
        "Reporter on trial for CCTVIDEO",
        "BAND TO TOUR NORTH AND PLAY LIVE",
        "COUNTY FINALLY PUT ON THE MAP",
        "PHOTO of missing boat found in archive",
        "Mayor says (again) bridge is safe",
    ],
)
def test_no_tags(text: str) -> None:
    assert split_tags(text) == (text, ())


def test_a_bracketed_tag_is_one_even_in_capitals() -> None:
    assert split_tags("BAND TO TOUR NORTH [LIVE]") == ("BAND TO TOUR NORTH", ("LIVE",))


@given(st.text(), st.sampled_from(["PHOTO", "[Video]", "(LIVE)"]))
def test_what_is_left_begins_the_text_and_has_no_tags(text: str, tag: str) -> None:
    rest, tags = split_tags(f"{text} {tag}")
    assert f"{text} {tag}".startswith(rest)
    assert tags or (text.isupper() and tag == "PHOTO")
    assert split_tags(rest)[0] == rest
