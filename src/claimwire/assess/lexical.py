"""What the lexicons see in a stretch of text, for questions that the slots of a claim do not answer."""

from collections.abc import Sequence

from claimwire.detect.context import Kind, Mention
from claimwire.detect.engine import load_detector
from claimwire.model import Act, Article
from claimwire.text.sentences import split_sentences


def mentions_in(text: str, language: str) -> Sequence[Mention]:
    """Phrases of the language's lexicon, by start; none where there is no lexicon."""
    finder = load_detector().library.finder(language)
    return finder.find(text) if finder else ()


def goods_in(text: str, language: str) -> set[str]:
    """Codes of the goods named."""
    return {mention.code for mention in mentions_in(text, language) if mention.kind == Kind.COMMODITY}


def lead_of(article: Article) -> str:
    """The title and the first sentence: what the article is about."""
    sentences = split_sentences(article.text, "text", article.language)
    return f"{article.title}\n{sentences[0].text if sentences else ''}"


def parties_and_acts(text: str, language: str) -> tuple[set[str], set[str]]:
    """Codes of the parties named, and the acts that words tell."""
    found = mentions_in(text, language)
    parties = {mention.code for mention in found if mention.kind == Kind.ACTOR and mention.code}
    return parties, {mention.code for mention in found if mention.kind == Kind.ACT} & set(map(str, Act))
