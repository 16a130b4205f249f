"""Claims in the words of a reader: verbs agree with their actors, and nothing is said twice."""

from typing import Any

from sqlalchemy import Engine

from claimwire.digest.compose import compose_digest
from claimwire.digest.preview import plain_text
from claimwire.settings import Settings
from claimwire.warehouse.digests import Stored

from .conftest import DAY, NOW, a_subscription, add_item


def digest_of(store: Engine, settings: Settings, **item: Any) -> Stored:
    with store.begin() as connection:
        add_item(connection, **item)
        return compose_digest(connection, a_subscription(), DAY, NOW, settings).stored


def test_several_actors_ask_where_one_asks(store: Engine, settings: Settings) -> None:
    digest = digest_of(store, settings, actor=["RU", "CN"])
    assert digest.subject == "1 new: Russia, China ask UN to halt oil exports to North Korea"


def test_a_headline_that_is_the_evidence_is_said_once(store: Engine, settings: Settings) -> None:
    text = "Freedonia asked"
    digest = digest_of(store, settings, headline=text, evidence=text, evidence_field="title")
    assert plain_text(digest).count(text) == 1
