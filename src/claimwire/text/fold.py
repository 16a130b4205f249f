"""Folding that keeps every offset: one code point in, one code point out."""

import unicodedata

_KEPT = {"İ": "i", "ı": "i", "ß": "ß", "ø": "ø", "ł": "l", "đ": "d", "ي": "ی", "ك": "ک"}


class _Folded(dict[int, str]):
    """Code point → its folded character, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = _KEPT.get(char) or _plain(char)
        return folded


def _plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    # Hangul syllables decompose into letters that are no accents: those stay whole.
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    base = unicodedata.normalize("NFC", base).lower()
    return base if len(base) == 1 else char.lower() if len(char.lower()) == 1 else char


_TABLE = _Folded()


def fold(text: str) -> str:
    """Lower case without accents, digits of any script as ASCII; as long as the text, to the code point."""
    return text.lower() if text.isascii() else text.translate(_TABLE)
