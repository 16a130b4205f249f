"""Reads an article: its sentences, the language of each, and what the lexicons, numbers and dates make of them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from claimwire.detect.context import Almanac, Context, Kind, Mention, SentenceView
from claimwire.detect.library import Library
from claimwire.model import Article, Sentence
from claimwire.text.dates import find_anchor
from claimwire.text.language import identify_language, identify_surely
from claimwire.text.sentences import split_sentences

_TELLING = (Kind.MEASURE, Kind.CURB, Kind.ACT, Kind.ORGAN)  # a sentence with one of these is in the language thought
_WORTH_IDENTIFYING = 40  # code points; a shorter sentence tells too little of its language


def read_article(article: Article, library: Library) -> Context:
    """The article as frames see it; a sentence that its lexicon makes nothing of is read in its own language."""
    language = language_of(article, library)
    almanac = Almanac(library.units, library.calendars, _published_at(article, language, library))
    read = (_read_field(article, field, language, library) for field in ("title", "text"))
    views = [replace(view, almanac=almanac) for views in read for view in views]
    return Context(article, language, tuple(views))


def language_of(article: Article, library: Library) -> str:
    """What the feed says where a lexicon exists for it, else what the text says."""
    said = article.language.lower().partition("-")[0]
    return said if said in library.lexicons else identify_language(f"{article.title}\n{article.text}", said)


def _published_at(article: Article, language: str, library: Library) -> datetime | None:
    """When it was published, or the day that its dateline tells."""
    if article.published_at:
        return article.published_at
    day = find_anchor(article.title, article.text, language, library.calendars)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _read_field(article: Article, field: str, language: str, library: Library) -> Iterator[SentenceView]:
    text = article.title if field == "title" else article.text
    sentences = split_sentences(text, field, language)
    finder = library.finder(language)
    found = _by_sentence(finder.find(text), sentences) if finder else [[] for _ in sentences]
    for sentence, mentions in zip(sentences, found, strict=True):
        if any(mention.kind in _TELLING for mention in mentions) or len(sentence.text) < _WORTH_IDENTIFYING:
            yield SentenceView(sentence, language, tuple(mentions))
        else:
            yield _read_alone(sentence, language, mentions, library)


def _read_alone(sentence: Sentence, language: str, mentions: list[Mention], library: Library) -> SentenceView:
    """A sentence that the article's lexicon makes nothing of: perhaps it is in another language."""
    own = identify_surely(sentence.text) or language
    finder = library.finder(own) if own != language else None
    return SentenceView(sentence, own, tuple(finder.find(sentence.text) if finder else mentions))


def _by_sentence(mentions: list[Mention], sentences: list[Sentence]) -> list[list[Mention]]:
    """Mentions parted by sentence, offsets made relative to it; one that crosses a border is dropped."""
    starts = [sentence.start for sentence in sentences]
    parted: list[list[Mention]] = [[] for _ in sentences]
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index < 0 or mention.end > sentences[index].end:
            continue
        start, end = mention.start - sentences[index].start, mention.end - sentences[index].start
        parted[index].append(Mention(start, end, mention.concept, mention.kind, mention.code, mention.form))
    return parted
