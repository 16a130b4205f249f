"""Which texts carry the same copy: an agency's text and its reprints are one story.

Two steps. Bands of a MinHash name candidates, cheaply and over the whole warehouse; `is_same_copy` then compares the
two texts themselves. Fourteen carriers of one dispatch so count as one origin.
Source: Broder, On the resemblance and containment of documents (1997); permutations by rensa.
"""

import struct
from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b

from claimwire.extract.shingles import share_of, shingles_of
from claimwire.extract.steps import is_another_step
from claimwire.model import Article

PERMUTATIONS, ROWS = 126, 3
BANDS = PERMUTATIONS // ROWS
"""42 bands of 3: of copies cut to half, 996 in 1,000 meet in a band; of texts that share a tenth, 4 in 100."""

ALGORITHM = "rensa-2/126x3/w3c5"
"""Changes whenever digests of before can no longer be compared: store it, and compute anew what has another."""

_SEED = 42
_SHARED = 0.5  # of the shorter text's pieces, so many are in the other: the rest is a new lead, or was cut
_SHARED_SHORT = 0.8
_SHORT = 25  # pieces; a flash shares half of its words with the next by chance
_REPRINTED_WITHIN = timedelta(days=5)


def digest(text: str) -> bytes:
    """The text's MinHash, 504 bytes; b"" for a text without words."""
    return digest_all([text])[0]


def digest_all(texts: Iterable[str]) -> list[bytes]:
    """The digests of many texts, in order; at some hundred, ten times as fast as one by one."""
    from rensa import RMinHash

    pieces = [list(shingles_of(text)) for text in texts]
    found = RMinHash.digests_from_token_sets(pieces, num_perm=PERMUTATIONS, seed=_SEED)
    pack = struct.Struct(f">{PERMUTATIONS}I").pack
    return [pack(*numbers) if one else b"" for one, numbers in zip(pieces, found, strict=True)]


def bands(signature: bytes) -> list[int]:
    """Numbers of 63 bits, one a band: texts that share one may be the same copy."""
    width = 4 * ROWS
    pieces = (signature[at : at + width] for at in range(0, len(signature), width))
    return [_number(band, piece) for band, piece in enumerate(pieces)]


def estimate_likeness(first: bytes, second: bytes) -> float:
    """0 to 1: the share of pieces that two texts have in common, by their digests alone."""
    if not first or len(first) != len(second):
        return 0.0
    equal = sum(first[at : at + 4] == second[at : at + 4] for at in range(0, len(first), 4))
    return equal * 4 / len(first)


def is_same_copy(first: Article, second: Article) -> bool:
    """Whether one is a reprint of the other: cut, with a new lead, headline or credit, but telling the same step."""
    if first.language and second.language and first.language != second.language:
        return False
    if first.published_at and second.published_at and abs(first.published_at - second.published_at) > _REPRINTED_WITHIN:
        return False
    fewer, more = sorted((shingles_of(first.text), shingles_of(second.text)), key=len)
    if not fewer:
        return False
    if share_of(fewer, more) < (_SHARED_SHORT if len(fewer) < _SHORT else _SHARED):
        return False
    return not is_another_step(first, second)


def _number(band: int, piece: bytes) -> int:
    return int.from_bytes(blake2b(bytes([band]) + piece, digest_size=8).digest()) >> 1
