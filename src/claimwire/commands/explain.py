"""`claimwire explain`: a text with its concepts marked, what was tried on it, and what came of it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from claimwire.catalog.claims import Claims
    from claimwire.detect.context import Mention
    from claimwire.detect.explain import ExplainedSentence, Trial

STYLES = {
    "measure": "bold red",
    "curb": "red",
    "act": "bold yellow",
    "flow": "green",
    "commodity": "bold green",
    "actor": "bold cyan",
    "organ": "bold blue",
    "instrument": "blue",
    "saying": "magenta",
    "stance": "italic magenta",
    "marker": "dim",
    "trap": "reverse red",
}
"""How each kind of mention is shown."""

_UNTOLD = ("evidence", "marks", "quantities", "field", "start", "end")  # seen above, or in `quantity`


@click.command()
@click.option("--text", required=True, help="What to explain: a sentence or more.")
@click.option("--title", default="", help="The headline above it, if it has one.")
@click.option("--lang", default="", metavar="CODE", help="Its language; else it is identified.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="When it was published, to tell what “Thursday” is.")
def explain(text: str, title: str, lang: str, date: datetime | None) -> None:
    """Show why a text is or is not a claim: concepts, frames, weights, roles."""
    from rich.console import Console

    from claimwire.detect.engine import load_detector
    from claimwire.model import Article
    from claimwire.settings import read_settings

    detector = load_detector(read_settings().data_dir)
    published_at = date.replace(tzinfo=UTC) if date else None
    explanation = detector.explain(Article("explained", title, text, language=lang, published_at=published_at))
    console = Console(highlight=False)
    gate = "closed: detection reads no further and finds nothing" if explanation.is_closed else "open"
    console.print(f"gate {gate}; language {explanation.language}")
    for sentence in explanation.sentences:
        show_sentence(console, sentence, detector.library.claims)


def show_sentence(console: "Console", sentence: "ExplainedSentence", vocabulary: "Claims") -> None:
    """Prints one sentence: marked, its mentions with their glosses, trials, and claims."""
    from rich.text import Text

    console.print()
    console.print(marked(sentence.view.sentence.text, sentence.view.mentions))
    console.print(_mentions(sentence, vocabulary))
    console.print(_trials(sentence.trials))
    for claim in sentence.claims:
        told = {key: value for key, value in claim.to_json().items() if key not in _UNTOLD and value not in (None, [])}
        console.print(Text.assemble(("claim  ", "bold"), "  ".join(f"{key} {_plain(told[key])}" for key in told)))
    if not sentence.claims:
        console.print("no claim", style="dim")


def marked(text: str, mentions: "tuple[Mention, ...]") -> "Text":
    """The text with every mention in the colour of its kind; of nested ones the inner shows."""
    from rich.text import Text

    shown = Text(text)
    for mention in mentions:
        shown.stylize(STYLES.get(mention.kind, "underline"), mention.start, mention.end)
    return shown


def _mentions(sentence: "ExplainedSentence", vocabulary: "Claims") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table("in the text", "is", "gloss", "code", "phrase of the lexicon", box=None, pad_edge=False)
    for mention in sentence.view.mentions:
        meaning = vocabulary.concepts.get(mention.concept)
        found = Text(sentence.view.sentence.text[mention.start : mention.end], STYLES.get(mention.kind, ""))
        gloss = meaning.gloss if meaning else mention.concept
        table.add_row(found, str(mention.kind), gloss, mention.code, Text(mention.form))
    return table


def _trials(trials: "tuple[Trial, ...]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(
        "tried", "chance", "needs", "frame", "acts", "words that tell it", "what weighed", box=None, pad_edge=False
    )
    for trial in trials:
        acts = ", ".join(f"{act} {chance:.2f}" for act, chance in trial.acts)
        told = ", ".join(f"{word} {weight:+.1f}" for word, weight in trial.told)
        weights = ", ".join(f"{name} {weight:+.1f}" for name, weight in trial.weighed)
        words = f"{trial.frame} ({' · '.join(trial.triggers)})" if trial.triggers else trial.frame
        style = "bold" if trial.has_fired else "dim"
        cells = (trial.category, f"{trial.chance:.2f}", f"{trial.threshold:.2f}", words, acts, told, weights)
        table.add_row(*(Text(cell, style) for cell in cells))
    return table


def _plain(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
