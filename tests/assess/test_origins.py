import pytest

from claimwire.assess.origins import origin_of
from claimwire.model import Article

AGENCIES = ("ats", "afp", "Reuters")
VOICES = {"state-wire": "state:FR", "harbour-radio": "house:harbour", "harbour-tv": "house:harbour"}


@pytest.mark.parametrize(
    ("feed_key", "credit", "origin"),
    [
        ("daily", "(ats/afp)", "afp"), ("daily", "Reuters/EP", "reuters"), ("daily", "", "The Daily"),
        ("state-wire", "", "state:FR"), ("state-wire", "(afp)", "afp"),
        ("harbour-radio", "", "house:harbour"), ("harbour-tv", "", "house:harbour"),
    ],
)  # fmt: skip
def test_whose_word_a_copy_is(feed_key: str, credit: str, origin: str) -> None:
    article = Article("1", "A title", "A text", feed_key=feed_key, publisher="The Daily", credit=credit)
    assert origin_of(article, AGENCIES, VOICES).lower() == origin.lower()
