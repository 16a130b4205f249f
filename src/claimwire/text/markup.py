"""Markup to plain text, for the small pieces of HTML that feeds embed."""

import html
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement, PreformattedString

from claimwire.text.guard import drop_floods

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol"}
    | {"p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "block"}
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "iframe", "svg", "head", "title", "figcaption", "object", "media"}
)
_BREAK = "\ue000"  # private use: stands for a line's end while blanks are collapsed
_TAG = re.compile(r"<[a-zA-Z/!?]")
_PROLOG = re.compile(r"^\s*<\?xml[^>]*>")


def html_to_text(markup: str) -> str:
    """What a reader would see, one paragraph a line; scripts, styles and captions left out. Never fails."""
    if not _TAG.search(markup):
        return collapse_blanks(html.unescape(markup))
    soup = BeautifulSoup(drop_floods(_PROLOG.sub("", markup)).replace(_BREAK, ""), "lxml")
    return break_lines("".join(_pieces(soup)), _BREAK)


def _pieces(soup: BeautifulSoup) -> Iterator[str]:
    """Texts and breaks in reading order; by a stack of its own, for markup nested or long beyond measure."""
    waiting: list[PageElement | str] = [soup]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _UNSEEN:
                continue
            edge = _BREAK if node.name in _BLOCKS else " " if node.name in _CELLS else ""
            yield _BREAK if node.name == "br" else edge
            waiting += [edge, *reversed(node.contents)]
        elif not isinstance(node, PreformattedString):  # comments and declarations
            yield str(node)


def collapse_blanks(text: str) -> str:
    """Plain text with one blank between words, lines kept, empty lines dropped."""
    return break_lines(text, "\n")


def break_lines(text: str, mark: str) -> str:
    """Lines end at `mark`; other white space becomes one blank; empty lines vanish."""
    lines = (" ".join(line.split()) for line in text.split(mark))
    return "\n".join(line for line in lines if line)


def unwrap_lines(text: str) -> str:
    """Plain text that was wrapped for a printer, one paragraph a line.

    A paragraph begins after an empty line, or with an indented line; where the text has neither, each line is one.
    """
    lines = text.expandtabs(4).replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    indented = {line.startswith("  ") for line in lines if line.strip()}
    if len(indented) < 2 and all(line.strip() for line in lines):
        return collapse_blanks("\n".join(lines))
    starts = ("\0" if not line.strip() or (len(indented) == 2 and line.startswith("  ")) else "\n" for line in lines)
    return break_lines("".join(map("".join, zip(starts, lines, strict=True))), "\0")
