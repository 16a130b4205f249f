"""What changed between two versions of a text, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

Change = tuple[str, str]
"""`("=", words)` kept, `("-", words)` gone, `("+", words)` new. All but "-" joined are the new text."""

# A word with the blanks after it; signs of scripts without spaces one by one.
_TOKEN = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]\s*|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+\s*|\s+"
)
_MOST_TOKENS = 4000  # the comparison costs their square: longer stretches are told as wholly new


def diff_words(old: str, new: str) -> list[Change]:
    """The changes in the order of the text; one `=` where nothing changed.

    Paragraphs are compared first and words within changed ones, so that a story of ten pages costs milliseconds.
    """
    changes: list[Change] = []
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(old_lines) + len(new_lines) > _MOST_TOKENS:
        return list(_joined([("=", new)] if old == new else [("-", old), ("+", new)]))
    for kind, a, b, c, d in SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
        gone, come = "".join(old_lines[a:b]), "".join(new_lines[c:d])
        changes += [("=", gone)] if kind == "equal" else _within(gone, come)
    return list(_joined(changes))


def _within(old: str, new: str) -> Iterator[Change]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > _MOST_TOKENS:
        yield from (("-", old), ("+", new))
        return
    bare_before, bare_after = [word.strip() for word in before], [word.strip() for word in after]
    for kind, a, b, c, d in SequenceMatcher(None, bare_before, bare_after, autojunk=False).get_opcodes():
        if kind == "equal":  # the blank after a run is one text's only where the other ends
            yield "=", "".join(after[c : d - 1]) + max(before[b - 1], after[d - 1], key=len)
        else:
            yield "-", "".join(before[a:b])
            yield "+", "".join(after[c:d])


def _joined(changes: list[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one; nothing empty."""
    pending: Change | None = None
    for kind, words in changes:
        if not words:
            continue
        if pending and pending[0] == kind:
            pending = (kind, pending[1] + words)
            continue
        if pending:
            yield pending
        pending = (kind, words)
    if pending:
        yield pending
