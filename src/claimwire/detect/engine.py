"""The engine: gate, reading, reference, frames. Its only state is what it compiled from the catalogue."""

from functools import cache
from pathlib import Path

from claimwire import __version__
from claimwire.catalog import DATA
from claimwire.detect.explain import Explanation, explain_context
from claimwire.detect.frames import find_claims
from claimwire.detect.gate import Gate
from claimwire.detect.library import Library
from claimwire.detect.reading import parted, read_article
from claimwire.detect.reference import resolve_references
from claimwire.model import Article, Claim
from claimwire.text.language import UNDETERMINED


class Detector:
    """Finds the claims of articles; pure, deterministic, and safe to share between calls.

    Raises:
        CatalogError: a data file is wrong; names file, key and line.
    """

    def __init__(self, data_dir: Path = DATA) -> None:
        self.library = Library(data_dir)
        self.gate = Gate(self.library)
        self.engine_version = __version__
        self.lexicon_version = self.library.version()

    def is_closed(self, raw: str | bytes) -> bool:
        """Whether the gate says, in microseconds, that a text (UTF-8 where bytes) cannot hold a claim."""
        return self.gate.is_closed(raw)

    def detect(self, article: Article) -> list[Claim]:
        """The claims of an article, title first, in the order of its sentences."""
        return self.read(article)[1]

    def read(self, article: Article) -> tuple[str, list[Claim]]:
        """The language of an article and its claims.

        Where the gate is closed nothing is read: no claim, and the language is what the feed says or `und`.
        """
        if self.gate.is_closed(f"{article.title}\n{article.text}"):
            return article.language or UNDETERMINED, []
        context = resolve_references(read_article(article, self.library))
        return context.language, [claim for part in parted(context) for claim in find_claims(part)]

    def explain(self, article: Article) -> Explanation:
        """What was seen, tried and weighed in every sentence, also where the gate is closed."""
        context = resolve_references(read_article(article, self.library))
        return explain_context(context, is_closed=self.gate.is_closed(f"{article.title}\n{article.text}"))


@cache
def load_detector(data_dir: Path = DATA) -> Detector:
    """The detector of a data directory, compiled once a process.

    Raises:
        CatalogError: a data file is wrong; names file, key and line.
    """
    return Detector(data_dir)
