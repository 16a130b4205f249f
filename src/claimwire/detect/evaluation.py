"""Scores claims against labelled articles: what the codebook's gold files are for.

flag      is the article flagged at all
category  article by category
claim     a claim found and one labelled, of the same category and act, whose evidence and quote overlap; one to one
loose     the same without the act
roles     over the loose pairs: actor, addressee, target, commodity as sets (micro F1); measure and modality as
          accuracy; event_date and period as accuracy where the label has one
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
"""A labelled or found claim, or an article with its claims, as JSON has it."""

SETS = ("actor", "addressee", "target", "commodity")
VALUES = ("measure", "modality")
DATES = ("event_date", "period")


@dataclass(slots=True)
class Found:
    """True and false positives and false negatives of one figure."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, labelled: int, found: int, shared: int) -> None:
        """Counts one comparison of so many labelled with so many found, of which some are the same."""
        self.right += shared
        self.wrong += found - shared
        self.missed += labelled - shared

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1, and how many there were to find."""
        precision, recall = _share(self.right, self.right + self.wrong), _share(self.right, self.right + self.missed)
        return {
            "p": precision,
            "r": recall,
            "f1": _share(2 * precision * recall, precision + recall),
            "n": self.right + self.missed,
        }


@dataclass(slots=True)
class Scores:
    """The figures of one set of articles, in the order in which they are shown."""

    found: dict[str, Found] = field(default_factory=dict)
    exact: dict[str, list[int]] = field(default_factory=dict)  # right, of

    def figures(self) -> dict[str, dict[str, float]]:
        """Figure → p, r, f1, n; or accuracy, n."""
        accuracies = {name: {"accuracy": _share(right, of), "n": of} for name, (right, of) in self.exact.items()}
        return {name: found.figures() for name, found in self.found.items()} | accuracies

    def count(self, name: str, labelled: int, found: int, shared: int) -> None:
        """Adds one comparison to a figure."""
        self.found.setdefault(name, Found()).add(labelled, found, shared)

    def compare(self, name: str, *, is_same: bool) -> None:
        """Adds one comparison of single values to a figure."""
        right, of = self.exact.get(name, [0, 0])
        self.exact[name] = [right + is_same, of + 1]


def evaluate(
    articles: Iterable[Row], found: Mapping[str, list[Row]], keep: Callable[[Row], bool] = lambda _claim: True
) -> dict[str, dict[str, float]]:
    """The figures over labelled articles.

    Args:
        articles: each with id, title, text and labelled claims.
        found: claims found by article id.
        keep: which claims count, among the labelled and the found.
    """
    scores = Scores()
    for article in articles:
        labelled = [claim for claim in article["claims"] if keep(claim)]
        _score_article(scores, article, labelled, [claim for claim in found.get(article["id"], []) if keep(claim)])
    return scores.figures()


def _score_article(scores: Scores, article: Row, labelled: list[Row], found: list[Row]) -> None:
    scores.count("flag", bool(labelled), bool(found), bool(labelled and found))
    kinds, kinds_found = {claim["category"] for claim in labelled}, {claim.get("category") for claim in found}
    scores.count("category", len(kinds), len(kinds_found), len(kinds & kinds_found))
    scores.count("claim", len(labelled), len(found), len(pair_claims(article, labelled, found, need_act=True)))
    pairs = pair_claims(article, labelled, found, need_act=False)
    scores.count("loose", len(labelled), len(found), len(pairs))
    for label, claim in pairs:
        for name in SETS:
            ours, theirs = _codes(label, name), _codes(claim, name)
            scores.count(name, len(ours), len(theirs), len(ours & theirs))
        for name in VALUES + tuple(name for name in DATES if label.get(name)):
            scores.compare(name, is_same=label.get(name) == claim.get(name))


def pair_claims(article: Row, labelled: list[Row], found: list[Row], *, need_act: bool) -> list[tuple[Row, Row]]:
    """Labelled and found claims that are the same, one to one, the most alike paired first."""
    at_labelled = [_places(article, claim["quote"]) for claim in labelled]
    at_found = [_places(article, claim.get("evidence", "")) for claim in found]
    ranked = sorted(
        (-_likeness(label, claim), i, j)
        for i, label in enumerate(labelled)
        for j, claim in enumerate(found)
        if label["category"] == claim.get("category")
        and not (need_act and label["act"] != claim.get("act"))
        and _overlap(at_labelled[i], at_found[j])
    )
    pairs, used_labelled, used_found = [], set(), set()
    for _, i, j in ranked:
        if i not in used_labelled and j not in used_found:
            used_labelled.add(i)
            used_found.add(j)
            pairs.append((labelled[i], found[j]))
    return pairs


def _likeness(label: Row, claim: Row) -> int:
    same: int = 4 * (label["act"] == claim.get("act")) + 2 * (label.get("measure") == claim.get("measure"))
    return same + sum(len(_codes(label, name) & _codes(claim, name)) for name in ("target", "actor"))


def _places(article: Row, snippet: str) -> list[tuple[str, int, int]]:
    """Every place of the snippet: field, start, end."""
    places = []
    for name in ("title", "text"):
        body, start = article.get(name) or "", -1
        while snippet and (start := body.find(snippet, start + 1)) >= 0:
            places.append((name, start, start + len(snippet)))
    return places


def _overlap(ones: list[tuple[str, int, int]], others: list[tuple[str, int, int]]) -> bool:
    return any(
        one == other and max(start, begin) < min(end, stop) for one, start, end in ones for other, begin, stop in others
    )


def _codes(claim: Row, name: str) -> set[str]:
    value = claim.get(name) or []
    return {str(code).strip().casefold() for code in ([value] if isinstance(value, str) else value)}


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
