"""Reads an article: its sentences, the language of each, and what the lexicons, numbers and dates make of them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from claimwire.detect.context import Almanac, Context, Kind, Mention, SentenceView
from claimwire.detect.library import Library
from claimwire.model import Article, Sentence
from claimwire.text.dates import find_anchor
from claimwire.text.language import UNDETERMINED, guess_languages, identify_language, identify_surely
from claimwire.text.sentences import split_sentences

_TELLING = (Kind.MEASURE, Kind.CURB, Kind.ACT, Kind.ORGAN)  # a sentence with one of these is in the language thought
_ENOUGH = 400  # code points; more of a text would have been identified
_LONGEST_SENTENCE = 1500  # code points
_MOST_SENTENCES = 150
_WORTH_IDENTIFYING = 40  # code points; a shorter sentence tells too little of its language


def read_article(article: Article, library: Library) -> Context:
    """The article as frames see it; a sentence that its lexicon makes nothing of is read in its own language."""
    language = language_of(article, library)
    almanac = Almanac(library.units, library.calendars, _published_at(article, language, library))
    views: list[SentenceView] = []
    for field in ("title", "text"):
        for view in _read_field(article, field, language, library):
            views.append(replace(view, almanac=almanac, previous=views[-1] if views else None))
    return Context(article, language, tuple(views))


def parted(context: Context) -> Iterator[Context]:
    """The context, in parts where it is longer than any article: what is settled over all of it costs its square."""
    if len(context.views) <= _MOST_SENTENCES:
        yield context
        return
    for start in range(0, len(context.views), _MOST_SENTENCES):
        yield replace(context, views=context.views[start : start + _MOST_SENTENCES])


def language_of(article: Article, library: Library) -> str:
    """What the feed says where a lexicon exists for it, else what the text says."""
    said = article.language.lower().partition("-")[0]
    if said in library.lexicons:
        return said
    text = f"{article.title}\n{article.text}"
    found = identify_language(text, said)
    return found if found != UNDETERMINED else _language_by_words(text[:_ENOUGH], library)


def _language_by_words(text: str, library: Library) -> str:
    """The first guess whose lexicon makes about as much as any of a text too short for any other sign: a headline."""
    told: dict[str, int] = {}
    for language in guess_languages(text):
        if finder := library.finder(language):
            told[language] = sum(found.end - found.start for found in finder.find(text) if found.kind in _TELLING)
    most = max(told.values(), default=0)
    return next((language for language, letters in told.items() if letters and letters > most / 2), UNDETERMINED)


def _published_at(article: Article, language: str, library: Library) -> datetime | None:
    """When it was published, or the day that its dateline tells."""
    if article.published_at:
        return article.published_at
    day = find_anchor(article.title, article.text, language, library.calendars)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _read_field(article: Article, field: str, language: str, library: Library) -> Iterator[SentenceView]:
    text = article.title if field == "title" else article.text
    sentences = [piece for sentence in split_sentences(text, field, language) for piece in _cut(sentence)]
    finder = library.finder(language)
    found = _by_sentence(finder.find(text), sentences) if finder else [[] for _ in sentences]
    for sentence, mentions in zip(sentences, found, strict=True):
        if any(mention.kind in _TELLING for mention in mentions) or len(sentence.text) < _WORTH_IDENTIFYING:
            yield SentenceView(sentence, language, tuple(mentions))
        else:
            yield _read_alone(sentence, language, mentions, library)


def _cut(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, in pieces where it is longer than news writes: what looks at pairs must not see thousands."""
    text, begun = sentence.text, 0
    while len(text) - begun > _LONGEST_SENTENCE:
        end = begun + _LONGEST_SENTENCE
        end = text.rfind(" ", begun + 1, end) + 1 or end
        yield Sentence(sentence.field, sentence.start + begun, sentence.start + end, text[begun:end])
        begun = end
    yield Sentence(sentence.field, sentence.start + begun, sentence.end, text[begun:]) if begun else sentence


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
