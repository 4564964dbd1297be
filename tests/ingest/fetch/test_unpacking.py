import gzip
import zlib

import pytest

from ingest.fetch.unpacking import Unpacker, unpack
from qa.errors import SourceError

TEXT = "کتابخانه شناور هر هفته به بندر می‌آید. ".encode() * 400


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_pieces_of_any_size_unpack_to_the_whole(coding: str, packed: bytes, size: int) -> None:
    unpacker = Unpacker(coding, len(TEXT))
    pieces = [unpacker.feed(packed[at : at + size]) for at in range(0, len(packed), size)]
    assert b"".join(pieces) + unpacker.end() == TEXT


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(gzip.compress(bytes(50_000_000)), id="zeros"),
        pytest.param(gzip.compress(gzip.compress(bytes(9)) * 99), id="twice"),
    ],
)
def test_a_bomb_ends_at_the_limit(packed: bytes) -> None:
    with pytest.raises(SourceError, match="larger than"):
        unpack(packed, 1000)


@pytest.mark.parametrize(
    ("coding", "data", "reason"),
    [
        ("gzip", b"no gzip at all", "damaged"),
        ("gzip", gzip.compress(TEXT)[:-20], "breaks off"),
        ("br", b"x", "not asked for"),
        ("gzip, gzip", b"x", "not asked for"),
    ],
)
def test_what_cannot_be_unpacked_says_why(coding: str, data: bytes, reason: str) -> None:
    def unpacked() -> bytes:
        unpacker = Unpacker(coding, 10**6)
        return unpacker.feed(data) + unpacker.end()

    with pytest.raises(SourceError, match=reason):
        unpacked()
