"""Small lexicons for tests, written as a linguist would write them."""

from textwrap import dedent

import yaml

from claimwire.catalog.claims import load_claims
from claimwire.catalog.lexicons import Lexicon
from claimwire.detect.concepts import Finder
from claimwire.detect.context import Mention


def a_finder(text: str = "", **settings: object) -> Finder:
    """A finder over the sections given as YAML, for a language "xx" with the given settings."""
    sections = yaml.safe_load(dedent(text)) or {}
    lexicon = {"language": "xx", "name": "X", "script": "Latin", "concepts": {}, **settings, **sections}
    return Finder(Lexicon.model_validate(lexicon), load_claims())


def seen(finder: Finder, text: str) -> list[tuple[str, str]]:
    """What was found: concept (or code, for who has one of his own) and the words."""
    return [(_name(mention), text[mention.start : mention.end]) for mention in finder.find(text)]


def _name(mention: Mention) -> str:
    return mention.code if mention.kind in ("actor", "marker", "reference") else mention.concept
