"""Names in sentences that stand on a sanctions list: found by their rarest words, scored by rapidfuzz, explained.

In sentences of another script they are found by their sound, see `assess.sounds`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from claimwire.assess.sounds import SoundIndex, has_other_script
from claimwire.catalog.lists.listed import imo_in
from claimwire.text.fold import fold

THRESHOLD = 92.0
"""Of 100. At 92 a letter or two of a transliteration may differ; two persons of one family name may not."""

_WORD = re.compile(r"\w+")
_IMO_NAMED = re.compile(r"\bIMO\b\D{0,12}(\d{7})(?!\d)", re.IGNORECASE)
_SHORTEST = 8  # letters: shorter names are words of the language as often as names


@dataclass(frozen=True, slots=True)
class ListedName:
    """A row of `list_names`."""

    id: int
    name: str
    list_key: str
    entry_key: str
    kind: str
    imo: int | None = None


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A listed name found in a text; `score` of 100."""

    listed: ListedName
    text: str
    score: float
    explanation: str


@dataclass(slots=True)
class NameIndex:
    """Listed names by their two rarest words, and ships by IMO number."""

    by_word: dict[str, list[tuple[ListedName, tuple[str, ...]]]] = field(default_factory=lambda: defaultdict(list))
    by_imo: dict[int, list[ListedName]] = field(default_factory=lambda: defaultdict(list))
    listed: list[ListedName] = field(default_factory=list)
    _sounds: SoundIndex | None = None  # made for the first sentence that needs it

    @staticmethod
    def of(listed: Iterable[ListedName]) -> "NameIndex":
        """An index of these names; some microseconds a name."""
        index, known = NameIndex(), [(one, words_of(one.name)) for one in listed]
        index.listed = [one for one, _ in known]
        frequency = Counter(word for _, words in known for word in set(words))
        for one, words in known:
            if one.imo:
                index.by_imo[one.imo].append(one)
            if sum(map(len, words)) >= _SHORTEST:
                for word in sorted(set(words), key=lambda word: (frequency[word], word))[:2]:
                    index.by_word[word].append((one, words))
        return index

    def find(self, text: str) -> list[NameMatch]:
        """The best match of each entry in a text, the surest first."""
        spans = [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text)]
        candidates = {
            (one.id, words): one for _, _, word in spans for one, words in self.by_word.get(word, ()) if len(words) > 1
        }
        found = [match for (_, words), one in candidates.items() if (match := _best(one, words, text, spans))]
        found += self._ships(text)
        found += self._sounding(text)
        best: dict[tuple[str, str], NameMatch] = {}
        for match in sorted(found, key=lambda match: (-match.score, match.listed.id)):
            best.setdefault((match.listed.list_key, match.listed.entry_key), match)
        return list(best.values())

    def _sounding(self, text: str) -> Iterator[NameMatch]:
        if not has_other_script(text):
            return
        if self._sounds is None:
            self._sounds = SoundIndex.of(one.name for one in self.listed)
        for heard in self._sounds.find(text):
            one, written = self.listed[heard.place], text[heard.start : heard.end]
            read = "the same signs" if heard.is_same else f"sounds alike, {heard.score:.0f} of 100 letters"
            told = f"“{written}” and “{one.name}” ({one.list_key} {one.entry_key}): {read}"
            yield NameMatch(one, written, round(heard.score, 1), told)

    def _ships(self, text: str) -> list[NameMatch]:
        numbers = (imo_in(digits) for digits in _IMO_NAMED.findall(text))
        return [
            NameMatch(one, f"IMO {number}", 100.0, f"the same IMO number, {number}, on {one.list_key} as {one.name}")
            for number in numbers
            if number
            for one in self.by_imo.get(number, ())
        ]


def words_of(name: str) -> tuple[str, ...]:
    """Folded words: case, accents and hyphens do not tell names apart."""
    return tuple(_WORD.findall(fold(name)))


def _best(
    one: ListedName, words: tuple[str, ...], text: str, spans: Sequence[tuple[int, int, str]]
) -> NameMatch | None:
    """The stretch of as many words that is most like the name, in whatever order its words stand."""
    wanted, size, best = " ".join(words), len(words), (0.0, 0)
    for at in range(max(1, len(spans) - size + 1)):
        stretch = " ".join(word for _, _, word in spans[at : at + size])
        score = fuzz.token_sort_ratio(stretch, wanted, score_cutoff=THRESHOLD)
        best = max(best, (score, -at))
    score, at = best[0], -best[1]
    if not score:
        return None
    written = text[spans[at][0] : spans[min(at + size, len(spans)) - 1][1]]
    same = "the same words" if score == 100 else f"{score:.0f} of 100 alike"
    place = f"{one.list_key} {one.entry_key}"
    return NameMatch(one, written, round(score, 1), f"“{written}” and “{one.name}” ({place}): {same}")
