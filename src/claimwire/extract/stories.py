"""Which texts carry the same copy: an agency's text and its reprints are one story.

Two steps. Bands of a MinHash name candidates, cheaply and over the whole warehouse; `is_same_copy` then compares the
two texts themselves. Fourteen carriers of one dispatch so count as one origin.
Source: Broder, On the resemblance and containment of documents (1997); permutations by rensa.
"""

import struct
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from claimwire.extract.shingles import pieces_of, share_of, shingles_of
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
_SEASON_DAYS, _SEASONS = 30, 8192  # after so many, 672 years, they repeat: any year fits in 63 bits
_SEASON_BITS, _BAND_BITS = 49, 43  # season, band, and what is left for the band's own number
_STIR = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))  # odd, as xxHash


def digest(text: str) -> bytes:
    """The text's MinHash, 504 bytes; b"" for a text without words."""
    return digest_all([text])[0]


def digest_all(texts: Iterable[str]) -> list[bytes]:
    """The digests of many texts, in order; at some hundred, ten times as fast as one by one."""
    from rensa import RMinHash

    pieces = [pieces_of(text) for text in texts]  # the least of each permutation is the same however often one occurs
    found = RMinHash.digests_from_token_sets(pieces, num_perm=PERMUTATIONS, seed=_SEED)
    pack = struct.Struct(f">{PERMUTATIONS}I").pack
    return [pack(*numbers) if one else b"" for one, numbers in zip(pieces, found, strict=True)]


def bands(signature: bytes, day: date) -> list[int]:
    """Numbers of 63 bits, one a band, under which a copy of that day is kept; none for an empty signature.

    They begin with the season, so that what is loaded together stands together in an index of millions.
    """
    return (_numbers(signature) + (_season(day.toordinal()) << _SEASON_BITS)).tolist()


def bands_to_meet(signature: bytes, day: date) -> list[int]:
    """The numbers under which copies may be kept that are near enough in time: texts that share one may be the same."""
    numbers = _numbers(signature)
    first, last = (day.toordinal() + way * _REPRINTED_WITHIN.days for way in (-1, 1))
    seasons = {_season(first), _season(last)}
    return [number for season in sorted(seasons) for number in (numbers + (season << _SEASON_BITS)).tolist()]


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


def _season(ordinal: int) -> int:
    return ordinal // _SEASON_DAYS % _SEASONS


def _numbers(signature: bytes) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """One number of 49 bits a band, no two alike."""
    rows = np.frombuffer(signature, dtype=">u4").astype(np.uint64).reshape(-1, ROWS)
    stirred = np.zeros(len(rows), dtype=np.uint64)
    for column, factor in zip(rows.T, _STIR, strict=True):
        stirred = (stirred ^ column) * factor
        stirred ^= stirred >> np.uint64(29)
    of_band = np.arange(len(rows), dtype=np.uint64) << np.uint64(_BAND_BITS)
    return (of_band | stirred >> np.uint64(64 - _BAND_BITS)).astype(np.int64)
