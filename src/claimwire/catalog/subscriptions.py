"""The catalogue of subscriptions: `data/subscriptions.yml`, who is sent what, when, by which sink.

Sinks are named here and known in `digest.sinks` only: a new one needs no word in this file.
"""

from collections import Counter
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from claimwire.catalog.strict import Strict, load_strict
from claimwire.errors import CatalogError
from claimwire.model import Act, Category, Measure, Modality, ReviewStatus

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _clock_text(value: object) -> object:
    # YAML 1.1 reads an unquoted 17:30 as the number 1050, in base sixty.
    return f"{value // 60:02d}:{value % 60:02d}" if isinstance(value, int) else value


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {name!r}; say Europe/Zurich or UTC") from error
    return name


def _one_line(recipient: str) -> str:
    if not recipient.strip() or any(ord(character) < 32 or ord(character) == 127 for character in recipient):
        raise ValueError("a recipient is one line of text")
    return recipient.strip()


Recipient = Annotated[str, AfterValidator(_one_line)]


class Filter(Strict):
    """Which flagged items a subscriber wants; an empty list takes all, several lists must all hold."""

    category: tuple[Category, ...] = ()
    act: tuple[Act, ...] = ()
    measure: tuple[Measure, ...] = ()
    modality: tuple[Modality, ...] = ()
    actor: tuple[str, ...] = ()  # any one of these codes among the item's actors, and so on
    addressee: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    commodity: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    feed_key: tuple[str, ...] = ()


class Subscription(Strict):
    """What one group of recipients is sent."""

    key: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    title: str = Field(min_length=1, max_length=120)
    kind: Literal["daily", "alert"] = "daily"
    is_enabled: bool = True
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")  # of the labels; sentences stay as written
    at: Annotated[str, BeforeValidator(_clock_text)] = Field(default="07:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    days: tuple[Day, ...] = Field(default=WEEK, min_length=1)
    filter: Filter = Filter()
    minimum_score: float = Field(default=0.0, ge=0, le=1)
    states: tuple[ReviewStatus, ...] = Field(
        default=(ReviewStatus.NEW, ReviewStatus.CONFIRMED, ReviewStatus.CORRECTED, ReviewStatus.ESCALATED), min_length=1
    )
    limit: int = Field(default=20, ge=1, le=100)  # matters told in full; the rest is counted and linked
    when_quiet: Literal["note", "nothing"] = "note"
    minimum_priority: float = Field(default=70, ge=0, le=100)  # alerts only
    quiet_minutes: int = Field(default=60, ge=5, le=1440)  # alerts only: at most one in this time, grouped
    deliver: dict[str, tuple[Recipient, ...]] = Field(min_length=1)  # sink: recipients

    @property
    def sending_time(self) -> time:
        """The hour of sending, on the clock of `zone`."""
        return time.fromisoformat(self.at)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days begin and the hour is told."""
        return ZoneInfo(self.timezone)


class SubscriptionFile(Strict):
    """The whole of `subscriptions.yml`."""

    subscriptions: tuple[Subscription, ...] = ()


def load_subscriptions(root: Path) -> list[Subscription]:
    """Every enabled subscription of `root/subscriptions.yml`, in the order of the file.

    Raises:
        CatalogError: for the first fault, with file, key and line; keys are unique, labels must exist.
    """
    path = root / "subscriptions.yml"
    subscriptions = load_strict(path, SubscriptionFile).subscriptions
    twice = [key for key, count in Counter(each.key for each in subscriptions).items() if count > 1]
    if twice:
        raise CatalogError(path, f"two subscriptions are called {twice[0]}", key="subscriptions")
    for number, each in enumerate(subscriptions):
        if not (root / "digest" / f"{each.language}.yml").exists():
            raise CatalogError(path, f"no labels in {each.language!r}", key=f"subscriptions.{number}.language")
    return [each for each in subscriptions if each.is_enabled]
