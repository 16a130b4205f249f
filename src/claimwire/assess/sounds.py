"""Listed names in sentences of another script: by how they sound, since each desk spells them its own way.

A name is read as Latin letters by anyascii, and of these only the consonants are held against each other, sounds that
languages confuse as one. How like the letters are is the score, so that a reader sees how far a match carries.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from anyascii import anyascii
from rapidfuzz import fuzz

from claimwire.text.fold import fold

LIKE, LIKE_UNVOWELLED, LIKE_OF_SIGNS, LIKE_OF_HAN = 66.0, 60.0, 80.0, 97.0
"""Of 100 letters alike, below which one sound is another name: of each word, in scripts that write vowels or leave them
out; of the whole in those without spaces, where any three signs of Han may be a name unless they must fit exactly."""

_ENOUGH, _ENOUGH_UNVOWELLED = 4, 5  # consonants: of fewer, any two names have them in common
_LONGEST = 6  # words
_SIGNS = range(3, 13)  # of a name in a script without spaces
_WORD = re.compile(r"\w+")
_OTHER = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")  # letters, but for Latin ones
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")  # kana, Han, Hangul
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNVOWELLED = re.compile(r"[\u0590-\u07ff\ufb1d-\ufdff\ufe70-\ufefc]")  # scripts that leave vowels out
_ARTICLE = re.compile(r"\b([ae]l)[\W_]+(?=\w)")  # "al-Qasim" is written as one word in its own script
_SPELT = "shch:S sch:S tch:j dzh:j sh:S kh:h ph:f th:t dh:t gh:k ck:k dj:j zh:j ch:j ts:s tz:s x:ks q:k"
_READ = dict(pair.split(":") for pair in _SPELT.split())
_PAIRS = re.compile("|".join(_READ))  # the longer first, as they stand
_ALIKE = str.maketrans("bdgczvw", "ptkksvv", "aeiouy")


@dataclass(frozen=True, slots=True)
class Sounding:
    """A name on the list at `place` that a stretch of the text sounds like; `score` of 100 letters."""

    place: int
    start: int
    end: int
    score: float
    is_same: bool  # sign for sign, in the script of the list


@dataclass(slots=True)
class SoundIndex:
    """Names by their sounds; a name is known by its place among those given."""

    names: list[str] = field(default_factory=list)
    by_sound: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_signs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @staticmethod
    def of(names: Iterable[str]) -> "SoundIndex":
        """An index of these names; twenty microseconds and 400 bytes a name."""
        index = SoundIndex()
        for place, name in enumerate(names):
            index.names.append(latin_of(name))
            if _UNSPACED.fullmatch(name):
                index.by_signs[fold(name)].append(place)
            sounds = sounds_of(name)
            if sum(map(len, sounds)) >= _ENOUGH and 1 < len(sounds) <= _LONGEST:
                index.by_sound[" ".join(sorted(sounds))].append(place)
                index.by_sound[sound_of("".join(index.names[-1].split()))].append(place)
        return index

    def find(self, text: str) -> Iterator[Sounding]:
        """Names in those words of a text that are not in Latin letters."""
        words = [match for match in _WORD.finditer(text) if has_other_script(match.group())]
        yield from self._of_words(text, [word for word in words if not _UNSPACED.search(word.group())])
        for run in _UNSPACED.finditer(text):
            yield from self._of_signs(text, run.start(), run.end())

    def _of_words(self, text: str, words: list[re.Match[str]]) -> Iterator[Sounding]:
        read = [latin_of(word.group()) for word in words]
        sounds = [sound_of(word) for word in read]
        for at in range(len(words)):
            for past in range(at + 2, min(at + _LONGEST, len(words)) + 1):
                for place in self.by_sound.get(" ".join(sorted(sounds[at:past])), ()):
                    start, end = words[at].start(), words[past - 1].end()
                    is_bare = bool(_UNVOWELLED.search(text, start, end))
                    if is_bare and sum(map(len, sounds[at:past])) < _ENOUGH_UNVOWELLED:
                        continue
                    least = LIKE_UNVOWELLED if is_bare else LIKE
                    if (score := _likeness(read[at:past], self.names[place].split(), least)) is not None:
                        yield Sounding(place, start, end, score, is_same=False)

    def _of_signs(self, text: str, first: int, last: int) -> Iterator[Sounding]:
        """In scripts without spaces a name may begin and end anywhere, and a particle may stick to it."""
        for start in range(first, last):
            for end in range(start + _SIGNS.start, min(start + _SIGNS.stop - 1, last) + 1):
                signs = text[start:end]
                for place in self.by_signs.get(fold(signs), ()):
                    yield Sounding(place, start, end, 100.0, is_same=True)
                if end - start > _LONGEST:
                    continue
                latin = latin_of(signs)
                least = LIKE_OF_HAN if _HAN.search(signs) else LIKE_OF_SIGNS
                for place in self.by_sound.get(sound_of(latin), ()):
                    score = fuzz.ratio(latin, self.names[place].replace(" ", ""))
                    if score >= least:
                        yield Sounding(place, start, end, score, is_same=False)


def has_other_script(text: str) -> bool:
    """Whether a letter of the text is not Latin, accents or not."""
    return not text.isascii() and bool(_OTHER.search(text))


def latin_of(name: str) -> str:
    """A name in plain small Latin letters, its words apart."""
    letters = anyascii(name).lower().replace("'", "").replace("`", "")
    return " ".join(_WORD.findall(_ARTICLE.sub(r"\1", letters)))


def sounds_of(name: str) -> list[str]:
    """The sounds of each word."""
    return [sound for word in latin_of(name).split() if (sound := sound_of(word))]


def sound_of(letters: str) -> str:
    """The consonants of a word, alike ones as one; a v within it is often a vowel, and so is a final h."""
    read = _PAIRS.sub(lambda match: _READ[match.group()], letters).translate(_ALIKE)
    kept = read[:1] + read[1:].replace("v", "")
    kept = kept.removesuffix("h") if len(kept) > 1 else kept
    return "".join(sound for sound, _ in groupby(kept))


def _likeness(written: list[str], name: list[str], least: float) -> float | None:
    """How like the letters of two names are that sound alike, in any order; None where one word is too unlike."""
    pairs = list(zip(sorted(written, key=_sound_first), sorted(name, key=_sound_first), strict=False))
    if any(fuzz.ratio(*pair) < least for pair in pairs):
        return None
    return fuzz.ratio(*(" ".join(words) for words in zip(*pairs, strict=True)))


def _sound_first(word: str) -> tuple[str, str]:
    return sound_of(word), word
