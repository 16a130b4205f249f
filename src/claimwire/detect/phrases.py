"""Phrases of a lexicon made ready for the automaton: a literal head that it looks for, and what must hold beyond it."""

import re
from dataclasses import dataclass
from functools import cache

from claimwire.catalog.lexicons import Lexicon
from claimwire.detect.context import Kind, Mention
from claimwire.detect.folding import Fold

_GAP_WORDS, _GAP_LETTERS = 5, 12  # how far `~` reaches: in words, or in letters where words are not parted
_LONGEST_WORD = 60  # letters that `*` may stand for; without a bound a text of one endless word costs its square
_LONGEST_SUFFIX = 8  # letters
_WILDCARDS = re.compile(r"([*~])")
_OPENER, _CLOSER = "\ue000", "\ue001"  # stand for [ and ] while a phrase is folded


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase behind a head.

    Args:
        meant: the phrase as a mention of no length.
        is_open: its last word may go on.
        rest: what must follow the head, as a pattern, None for nothing.
        case: "upper", "title" or "accent" where the letters must be so, else "".
        inner: the bracketed part, as distances from the start and from the end.
        suffixes: what may be glued to its end, None where its head ends with the space after it.
    """

    meant: Mention
    is_open: bool
    rest: str | None
    case: str
    inner: tuple[int, int] | None
    suffixes: frozenset[str] | None = None

    def stop(self, folded: str, end: int) -> int | None:
        """Where the find ends when its head ends at `end`, None where the rest does not fit."""
        if self.rest is not None:
            match = _pattern(self.rest).match(folded, end)
            return match.end() if match else None
        if self.suffixes is not None:
            stop = folded.find(" ", end, end + _LONGEST_SUFFIX)
            return stop if stop >= 0 and folded[end:stop] in self.suffixes else None
        if self.is_open:
            stop = folded.find(" ", end, end + _LONGEST_WORD)
            return stop if stop >= 0 else end
        return end - 1 if folded[end - 1] == " " else end

    def has_case(self, found: str) -> bool:
        """Whether the letters of the find are written as they must be."""
        if self.case == "accent":
            return found.isupper() or not found.isascii()
        return not self.case or (found.isupper() if self.case == "upper" else found[:1].isupper())


@dataclass(frozen=True, slots=True)
class Head:
    """What the automaton looks for; `may_be_glued` where a prefix of the language may stand before it."""

    text: str
    may_be_glued: bool


class PhraseCompiler:
    """Compiles the phrases of one lexicon, with what is the same for all of them worked out once."""

    def __init__(self, lexicon: Lexicon, fold: Fold) -> None:
        self._fold = fold
        self._is_spaced = lexicon.segmentation != "none"
        self._is_open = lexicon.segmentation != "words"
        self._has_case = lexicon.has_case
        self._has_prefixes = bool(lexicon.prefixes)
        self._suffixes = frozenset(fold(suffix).text.strip() for suffix in ("", *lexicon.suffixes))

    def compile(self, meant: Mention) -> tuple[Head, Entry]:
        """What the automaton looks for, and what must hold beyond it."""
        marked = meant.form.replace("[", _OPENER).replace("]", _CLOSER)
        marked = marked if self._is_spaced else marked.replace(" ~ ", "~")
        pieces = [_fold_piece(self._fold, piece) for piece in _WILDCARDS.split(marked)]
        leads, trails = pieces[0] == "" and len(pieces) > 1, pieces[-1] == ""
        pieces = pieces[2 if leads else 0 : -2 if trails else None]
        literal, inner = _take_brackets(pieces[0])
        is_open = trails or self._is_open
        rest = _rest(pieces[1:], is_open=is_open, spaced=self._is_spaced) if len(pieces) > 1 else None
        may_be_glued = self._is_spaced and not leads and self._has_prefixes
        head = literal if leads or may_be_glued or not self._is_spaced else f" {literal}"
        case = _case_of(meant.form, meant.kind) if self._has_case else ""
        if rest is not None or is_open:
            return Head(head, may_be_glued), Entry(meant, trails and rest is None, rest, case, inner)
        if len(self._suffixes) > 1:
            return Head(head, may_be_glued), Entry(meant, False, None, case, inner, self._suffixes)
        return Head(f"{head} ", may_be_glued), Entry(meant, False, None, case, inner)


@cache
def _pattern(rest: str) -> re.Pattern[str]:
    return re.compile(rest)


def _fold_piece(fold: Fold, piece: str) -> str:
    """Folds a piece between wildcards, keeping its outer spaces and the brackets."""
    if piece in ("*", "~", "", " ", _OPENER, _CLOSER):
        return piece
    if _OPENER in piece or _CLOSER in piece:
        return "".join(_fold_piece(fold, part) for part in re.split(f"([{_OPENER}{_CLOSER}])", piece))
    return f"{' ' * piece.startswith(' ')}{fold(piece).text.strip()}{' ' * piece.endswith(' ')}"


def _take_brackets(literal: str) -> tuple[str, tuple[int, int] | None]:
    if _OPENER not in literal:
        return literal, None
    before, _, after = literal.partition(_OPENER)
    inside, _, behind = after.partition(_CLOSER)
    return before + inside + behind, (len(before), len(behind))


def _rest(pieces: list[str], *, is_open: bool, spaced: bool) -> str:
    """What must follow the head, as a pattern without nested repetition (so: linear)."""
    if not spaced:
        gap = f".{{0,{_GAP_LETTERS}}}?"
        return "".join(gap if piece in ("*", "~") else re.escape(piece) for piece in pieces)
    letters, gap = f"[^ ]{{0,{_LONGEST_WORD}}}", f"(?:[^ ]{{1,{_LONGEST_WORD}}} ){{0,{_GAP_WORDS}}}?"
    out, before = [], ""
    for piece in pieces:
        # The space before a gap is written before it; the one after it belongs to its last word.
        literal = piece.lstrip() if before == "~" else piece
        out.append({"*": letters, "~": gap}.get(piece, re.escape(literal)))
        before = piece
    return "".join(out) + (letters if is_open else "(?= )")


def _case_of(form: str, kind: Kind) -> str:
    letters = [letter for letter in form if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return "upper"
    if len(letters) <= 3 and not form.isascii():
        return "accent"  # "a" is not "à", "des" not "dès"
    return "title" if kind is Kind.ACTOR and letters and letters[0].isupper() else ""
