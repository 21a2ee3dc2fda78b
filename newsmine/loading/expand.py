"""Compressed data to bytes, block by block: gzip, bzip2, xz, zstd and raw deflate. The only importer of zstandard.

Memory is bounded whatever the data: no decoder gives more than a block at a time (zstd: than 1 KiB of input holds).
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from newsmine.errors import MissingError
from newsmine.loading.limits import BLOCK, DAMAGED, MAX_BYTES, TRUNCATED, Meter, Reason

if TYPE_CHECKING:
    import zstandard

_MOST_CORRUPT = 1000
_DAMAGED_IN_PLACES: Reason = ("damaged", "the compressed data is corrupt in places: the rest was read; get it again")
TRAILING: Reason = ("damaged", "something else follows the compressed data: it was left out")

Blocks = Generator[bytes, None, Reason | None]
"""Blocks of bytes, and in the end what was lost, if anything."""


class Stream(io.BufferedIOBase):
    """A file over blocks that come one by one; `loss` is what was lost, known when all is read.

    An error stays: what could not be read on once is not taken for its end by the next who tries.
    """

    def __init__(self, blocks: Blocks) -> None:
        self.loss: Reason | None = None
        self._blocks = blocks
        self._rest = memoryview(b"")
        self._error: OSError | None = None

    def readable(self) -> bool:
        """Return True."""
        return True

    def read1(self, size: int = -1, /) -> bytes:
        """Return what is there or comes next, at most `size` bytes; none at the end."""
        if not self._rest and not self._next():
            return b""
        end = len(self._rest) if size < 0 else size
        piece, self._rest = bytes(self._rest[:end]), self._rest[end:]
        return piece

    def read(self, size: int | None = -1, /) -> bytes:
        """Return `size` bytes, or all there are, if that is fewer."""
        pieces: list[bytes] = []
        left = -1 if size is None or size < 0 else size
        while left and (piece := self.read1(left)):
            pieces.append(piece)
            left -= len(piece) if left > 0 else 0
        return b"".join(pieces)

    def _next(self) -> bool:
        if self._error:
            raise self._error
        try:
            while not self._rest:
                self._rest = memoryview(next(self._blocks))
        except StopIteration as stop:
            self.loss = self.loss or stop.value
            return False
        except OSError as error:
            self._error = error
            raise
        return True


def plain(blocks: Iterable[bytes]) -> Blocks:
    """Yield the blocks as they are."""
    yield from blocks
    return None


class Decoder(Protocol):
    """One stretch of compressed data, fed piece by piece."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What `feed` raises for data that is corrupt."""

    @property
    def eof(self) -> bool:
        """Whether the stretch is at its end."""

    @property
    def unused(self) -> bytes:
        """What of the last piece comes after the end."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next piece, in bounded blocks."""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to compress: its decoder, how large a piece to feed it, and the sign that each stretch begins with.

    `again` is that sign where it is long enough to be looked for behind what is corrupt.
    """

    new: Callable[[], Decoder]
    piece: int
    sign: re.Pattern[bytes]
    again: re.Pattern[bytes] | None = None


def expanded(blocks: Iterable[bytes], method: Method, meter: Meter, *, counted: bool, single: bool = False) -> Blocks:
    """Yield what was compressed: all stretches one after the other, or with `single` only the first.

    Behind a stretch that is corrupt, as one record of a web archive may be, it goes on with the next one, on a new
    line. With `counted`, `meter` counts what goes in as taken from the source itself. Raises RefusedError for a bomb.
    """
    decoder: Decoder | None = method.new()
    loss: Reason | None = None
    again = None if single else method.again
    corrupt = 0
    for piece in _pieces(blocks, method.piece):
        meter.taken += len(piece) if counted else 0
        while piece:
            if decoder is None:
                following = again.search(piece) if again else None
                if following is None:
                    break
                piece, decoder, loss = piece[following.start() :], method.new(), _DAMAGED_IN_PLACES
                yield b"\n"
            elif decoder.eof:
                piece = piece.lstrip(b"\0")  # padding, as tapes have it
                if single or not piece:
                    break
                if not method.sign.match(piece):
                    return loss or TRAILING
                decoder = method.new()
            is_corrupt = False
            for block in _fed(decoder, piece):
                is_corrupt = block is None
                if block:
                    meter.give(len(block))
                    yield block
            if is_corrupt:
                corrupt += 1
                if again is None or corrupt > _MOST_CORRUPT:
                    return loss or DAMAGED
                loss = loss or DAMAGED
                piece, decoder = piece[1:], None
            else:
                piece = decoder.unused
    return loss or (None if decoder and decoder.eof else TRUNCATED)


def _pieces(blocks: Iterable[bytes], size: int) -> Iterator[bytes]:
    return (block[start : start + size] for block in blocks for start in range(0, len(block), size))


def _fed(decoder: Decoder, piece: bytes) -> Iterator[bytes | None]:
    """Yield what comes out of a piece, and None where it is corrupt."""
    try:
        yield from decoder.feed(piece)
    except decoder.errors:
        yield None


class _Deflate:
    errors = (zlib.error,)

    def __init__(self, window: int) -> None:
        self._zlib = zlib.decompressobj(window)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused(self) -> bytes:
        return self._zlib.unused_data

    def feed(self, data: bytes) -> Iterator[bytes]:
        while True:
            before = self._zlib.copy()
            try:
                block = self._zlib.decompress(data, BLOCK)
            except zlib.error:
                yield from _up_to_the_error(before, data)
                raise
            if block:
                yield block
            data = self._zlib.unconsumed_tail
            if self._zlib.eof or not (data or len(block) == BLOCK):
                return


def _up_to_the_error(decoder: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """Yield what comes before an error: the whole text, if only the checksum after it is wrong."""
    for index in range(len(data)):
        try:
            yield decoder.decompress(data[index : index + 1])
        except zlib.error:
            return


class _Standard:
    """Bzip2 and xz, whose decoders in the standard library work the same way."""

    errors = (OSError, lzma.LZMAError, EOFError, ValueError)

    def __init__(self, decoder: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._decoder = decoder

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def unused(self) -> bytes:
        return self._decoder.unused_data

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield self._decoder.decompress(data, BLOCK)
        while not (self._decoder.eof or self._decoder.needs_input):
            yield self._decoder.decompress(b"", BLOCK)


class _Zstd:
    def __init__(self) -> None:
        try:
            import zstandard
        except ImportError:
            raise MissingError("reading zstd needs zstandard", hint="pip install 'newsmine[zstd]'") from None
        self.errors = (zstandard.ZstdError,)
        self._decoder: zstandard.ZstdDecompressionObj = zstandard.ZstdDecompressor().decompressobj()

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def unused(self) -> bytes:
        return self._decoder.unused_data

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield self._decoder.decompress(data)


# Of a sign that is cut by the end of a piece, the first byte or two must do.
GZIP = Method(lambda: _Deflate(31), 2**14, re.compile(rb"\x1f(?:\x8b|\Z)"), re.compile(rb"\x1f\x8b\x08[\0-\x1f]"))
DEFLATE = Method(lambda: _Deflate(-15), 2**14, re.compile(rb"(?!)"))
ZLIB = Method(lambda: _Deflate(15), 2**14, re.compile(rb"(?!)"))
BZIP2 = Method(lambda: _Standard(bz2.BZ2Decompressor()), 2**12, re.compile(rb"B(?:Zh|Z?\Z)"))
XZ = Method(
    lambda: _Standard(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_BYTES)), 2**12, re.compile(rb"\xfd(?:7z|7?\Z)")
)
# A block of zstd can expand 4 bytes to 128 KiB, and its decoder gives all that a piece holds.
ZSTD = Method(_Zstd, 2**10, re.compile(rb"\x28(?:\xb5\x2f|\xb5?\Z)"))
