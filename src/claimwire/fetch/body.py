"""Reading a body without being hurt by it."""

import contextlib
from tempfile import SpooledTemporaryFile

from requests import Response as Answer
from urllib3.exceptions import DecodeError, HTTPError, ProtocolError, ReadTimeoutError

from claimwire.errors import FetchError
from claimwire.fetch.pinning import Attempt

PIECE_BYTES = 65536
SPOOLED_BYTES = 1 << 20
ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


def read_body(answer: Answer, limit_bytes: int, attempt: Attempt) -> bytes:
    """The body after decompression, at most `limit_bytes`.

    Read with `read1`, one receive at a time, so that size and deadline are looked at in between: `iter_content`
    waits for a whole piece, and a bomb or a slow drip is past every limit by then.

    Raises:
        FetchError: refused_encoding, too_large, timed_out or unreachable.
    """
    _check_encoding(answer)
    _check_announced(answer, limit_bytes)
    # What grows large waits on disk: sixteen bombs at once would fill memory, and what threads freed stays with them.
    with SpooledTemporaryFile(max_size=SPOOLED_BYTES) as body:
        while piece := _read_piece(answer, attempt):
            body.write(piece)
            if body.tell() > limit_bytes:
                raise FetchError(f"more than {limit_bytes >> 10} KiB, given up there", "too_large")
        # A connection that the deadline cut ends like a finished one.
        if not attempt.seconds_left:
            raise FetchError(f"still sending when its time was over, after {body.tell()} bytes", "timed_out")
        body.seek(0)
        return body.read()


def _check_encoding(answer: Answer) -> None:
    encoding = answer.headers.get("Content-Encoding", "").strip().lower()
    # Brotli and zstd grow a thousandfold inside one call (2 GB were measured); chains of encodings likewise.
    if encoding not in ENCODINGS:
        raise FetchError(f"sent as {encoding[:40]!r}, which we did not ask for", "refused_encoding")


def _check_announced(answer: Answer, limit_bytes: int) -> None:
    with contextlib.suppress(ValueError):
        announced = int(answer.headers.get("Content-Length", "0"))
        if announced > limit_bytes:
            raise FetchError(f"announces {announced >> 10} KiB, the limit is {limit_bytes >> 10}", "too_large")


def _read_piece(answer: Answer, attempt: Attempt) -> bytes:
    try:
        piece: bytes = answer.raw.read1(PIECE_BYTES, decode_content=True)
    except DecodeError as error:
        raise FetchError("its compression is broken", "refused_encoding") from error
    except ReadTimeoutError as error:
        raise FetchError("stopped sending in the middle of the body", "timed_out") from error
    except (ProtocolError, HTTPError, OSError, ValueError) as error:
        if not attempt.seconds_left:
            raise FetchError("still sending when its time was over", "timed_out") from error
        raise FetchError("the connection broke in the middle of the body", "unreachable") from error
    return piece
