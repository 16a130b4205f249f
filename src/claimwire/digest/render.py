"""Content to HTML and to plain text, by two templates that lay out and decide nothing."""

import textwrap
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from claimwire.catalog.labels import Phrases
from claimwire.digest.chart import draw_chart
from claimwire.digest.content import Content, Point

HTML_LIMIT_BYTES = 95_000  # Gmail clips a message at about 102 kB and hides the rest, the link to unsubscribe included
TEXT_WIDTH = 76  # RFC 5322 asks for lines below 78
CHART_CID = "caps@digest"

_ISOLATE, _END = "\u2068", "\u2069"  # first-strong isolate: the line around keeps its own direction


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a mail; `chart` is a PNG, empty where there is nothing to draw."""

    html: str
    text: str
    chart: bytes = b""

    @property
    def is_fitting(self) -> bool:
        """Whether mail programs will show all of it."""
        return len(self.html.encode()) <= HTML_LIMIT_BYTES


def render_parts(content: Content, phrases: Phrases) -> Parts:
    """The digest as it is mailed."""
    chart = draw_chart(content.bars, phrases.chart_axis) if content.bars else b""
    return Parts(render_html(content, phrases, has_chart=bool(chart)), render_text(content, phrases), chart)


def render_html(content: Content, phrases: Phrases, *, has_chart: bool) -> str:
    """The HTML part, with its styles inlined and a style sheet kept for dark mode and narrow screens."""
    page = templates().get_template("digest.html").render(d=content, w=phrases, chart=CHART_CID if has_chart else "")
    inlined: str = _inliner().inline(page)
    return inlined


def render_text(content: Content, phrases: Phrases) -> str:
    """The plain-text part: the same, for people who read mail as text."""
    page = templates().get_template("digest.txt").render(d=content, w=phrases)
    lines = [line.rstrip() for line in page.splitlines()]
    return "\n".join(line for number, line in enumerate(lines) if line or (number and lines[number - 1])) + "\n"


def _wrap(text: str, indent: int = 0) -> str:
    """Lines of at most `TEXT_WIDTH`, indented; scripts without blanks are left to the reader's program."""
    pad = " " * indent
    if any(unicodedata.east_asian_width(character) in "WF" for character in text):
        return pad + text
    return textwrap.fill(
        text, TEXT_WIDTH, initial_indent=pad, subsequent_indent=pad, break_long_words=False, break_on_hyphens=False
    )


def _isolated(text: str) -> str:
    """The text so that its direction stays its own, if it has letters that run from right to left."""
    turns = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
    return f"{_ISOLATE}{text}{_END}" if turns else text


def _sentence(point: Point) -> str:
    return "".join(piece.text for piece in point.pieces)


@cache
def templates() -> Environment:
    """The environment of all templates: an unknown name is an error, and HTML is escaped."""
    # What is untrusted is escaped in HTML, which the file's suffix tells; in text there is no markup to escape.
    environment = Environment(
        loader=PackageLoader("claimwire.digest"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"fold": _wrap, "isolated": _isolated, "sentence": _sentence}
    return environment


@cache
def _inliner() -> Any:
    # Style tags are kept, else @media goes; remote sheets are never fetched, else a template could reach the network.
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
