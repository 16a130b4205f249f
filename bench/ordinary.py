"""False flags on ordinary news, of our own writing and without a claim: a line a language, and what was found.

    python -m bench.ordinary

The items are in tests/golden/ordinary. Exit code 1 where more than 1 in 100 of all are flagged.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from claimwire.detect.engine import Detector, load_detector
from claimwire.model import Article, Claim

ORDINARY = Path(__file__).resolve().parent.parent / "tests" / "golden" / "ordinary"
BAR = 0.01


@dataclass(frozen=True, slots=True)
class Verdict:
    """What detection says of one ordinary item; every claim is a false one."""

    article: Article
    is_closed: bool
    claims: list[Claim]

    def __str__(self) -> str:
        found = (f"\n    {one.category} {one.act} {one.measure} {one.score:.2f}: {one.evidence}" for one in self.claims)
        return f"{self.article.language} {self.article.title}{''.join(found)}"


def read_items() -> list[Article]:
    """The items of every language; a file has items apart by a blank line, each a line `# title` and its text."""
    return [
        Article(f"{path.stem}-{number}", title.removeprefix("# "), text, language=path.stem)
        for path in sorted(ORDINARY.glob("*.txt"))
        for number, item in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n"), 1)
        for title, _, text in [item.partition("\n")]
    ]


def judge(detector: Detector, articles: list[Article]) -> list[Verdict]:
    """Whether the gate is closed at each article, and the claims that are found in it."""
    return [Verdict(one, detector.is_closed(f"{one.title}\n{one.text}"), detector.detect(one)) for one in articles]


def main() -> int:
    """Prints the shares and the flagged items; gives the exit code."""
    verdicts = judge(load_detector(), read_items())
    flagged = [one for one in verdicts if one.claims]
    for language in [*sorted({one.article.language for one in verdicts}), "all"]:
        own = [one for one in verdicts if language in (one.article.language, "all")]
        count, false, closed = len(own), sum(bool(one.claims) for one in own), sum(one.is_closed for one in own)
        print(f"{language:4}{count:4} items, {false:3} flagged ({false / count:.1%}), gate closed {closed / count:.0%}")
    print(*flagged, sep="\n")
    return 1 if len(flagged) > BAR * len(verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
