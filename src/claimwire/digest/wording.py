"""Codes and numbers as a reader says them, in the language of the labels."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from claimwire.catalog.labels import Labels, Plural

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\{(\w+)\|(\w+)\}")
_BREAKING = {"Cc", "Zl", "Zp"}
_INVISIBLE = {"Cf", "Cs", "Co"}  # bidi overrides, tags, lone surrogates
_JOINERS = {"\u200c", "\u200d"}  # several scripts need them inside of words
_EASING = {"lift", "ease"}


def one_line(text: str | None, limit: int = 2000) -> str:
    """Untrusted text on one line: no control, bidi-override or other invisible characters, cut at `limit`.

    A headline that ends a header, starts a new paragraph of the text part, or turns the reading direction of what
    follows would let a publisher write the digest.
    """
    visible = "".join(map(_seen, text or ""))
    line = " ".join(visible.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _seen(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in _BREAKING:
        return " "
    return "" if kind in _INVISIBLE and character not in _JOINERS else character


def is_right_to_left(text: str) -> bool:
    """Whether most letters with a direction run from right to left."""
    directions = [unicodedata.bidirectional(character) for character in text]
    return sum(each in {"R", "AL"} for each in directions) > sum(each == "L" for each in directions)


def fill(phrase: str, **values: str) -> str:
    """The phrase with its names filled in; a stretch in square brackets goes when a name in it is empty."""

    def keep(match: re.Match[str]) -> str:
        return match[1] if all(values.get(name) for name in _NAME.findall(match[1])) else ""

    return _NAME.sub(lambda match: values.get(match[1], ""), _OPTIONAL.sub(keep, phrase))


def agree(phrase: str, number: int) -> str:
    """The phrase with the verbs that go with one actor or with several: `{asks|ask}`."""
    return _NUMBER.sub(lambda match: match[1 if number == 1 else 2], phrase)


class Wording:
    """The words of one language and zone."""

    def __init__(self, labels: Labels, language: str, zone: ZoneInfo) -> None:
        self.labels, self.phrases, self.language, self.zone = labels, labels.phrases, language, zone
        self.locale = _locale(language)

    def name(self, code: str) -> str:
        """A state or body by its usual name; anyone else as the text has it."""
        known = self.labels.names.get(code) or (self.locale.territories.get(code) if len(code) == 2 else None)
        return known or one_line(code, 60)

    def names(self, codes: Iterable[str], most: int = 3) -> str:
        """Several names; those over `most` are counted."""
        known = [self.name(code) for code in codes]
        return ", ".join(known[:most]) + (f" +{len(known) - most}" if len(known) > most else "")

    def goods(self, codes: Iterable[str]) -> str:
        """Commodities; one that the codebook does not know keeps its own word."""
        return ", ".join(
            self.labels.commodities.get(code) or one_line(code.removeprefix("other:"), 30) for code in codes
        )

    def gist(self, item: Any) -> str:
        """A claim in one line: who does what to whom, and how sure the writer is."""
        actor, target = self.names(item.actor), self.names(item.target)
        values = {"actor": actor, "addressee": self.names(item.addressee), "goods": self.goods(item.commodity[:3])}
        measure = self.labels.measures[item.measure]
        values["target"] = "" if target == actor and item.act not in {"violate", "in_force"} else target
        values |= {"measure": fill(measure.noun, **values), "ask": fill(measure.ask, **values)}
        words = self._act_words(item)
        told = fill(agree(words.by, len(item.actor)) if actor else words.bare, **values)
        source = self.name(item.attribution) if getattr(item, "attribution", None) else ""
        line = one_line(fill(self.labels.modalities[item.modality], gist=told, source=source), 160)
        return line[:1].upper() + line[1:]

    def who(self, item: Any) -> str:
        """Who → whom → target, as far as they are known."""
        named = [self.names(getattr(item, role), 5) for role in ("actor", "addressee", "target")]
        return " → ".join(name for name in dict.fromkeys(named) if name)

    def count(self, plural: Plural, number: int) -> str:
        """A counted thing in the number that its language asks for."""
        phrase = plural.one if self.locale.plural_form(number) == "one" else plural.many
        return fill(phrase, n=self.number(number))

    def number(self, value: float) -> str:
        """A number with at most two decimals."""
        return str(format_decimal(round(value, 2), locale=self.locale))

    def percent(self, share: float) -> str:
        """A share, without decimals from ten per cent up."""
        pattern = self.locale.percent_formats[None].pattern
        fine = pattern if abs(share) >= 0.1 else pattern.replace("0", "0.0")
        return str(format_percent(share, fine, locale=self.locale))

    def day(self, day: date, form: str = "EEEE d MMMM y") -> str:
        """A day by name."""
        return str(format_date(day, form, locale=self.locale))

    def moment(self, at: datetime) -> str:
        """A time in the zone of the reader."""
        return str(format_datetime(at, "d MMM y HH:mm", tzinfo=self.zone, locale=self.locale))

    def _act_words(self, item: Any) -> Any:
        acts = self.labels.acts
        base = "un_request" if item.category == "un_request" else item.act
        # The code of a request does not say whether the measure is to come or to go; the words that matched do.
        is_easing = any(
            mark.get("role") == "act" and mark.get("code") in _EASING for mark in getattr(item, "marks", None) or ()
        )
        wanted = [f"{base}.lift"] if is_easing else []
        return next(acts[key] for key in (*wanted, f"{base}.{item.measure}", base, item.act) if key in acts)


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(language)
