"""What goes between the agent and a child: a small JSON head and a body of bytes, both bounded.

Never pickle: a child that was taken over by its input must not be able to run code here.
"""

import io
import socket
import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # children import this module as well, and have no loop
    from asyncio import StreamReader

_LENGTHS = struct.Struct(">II")
HEAD_BYTES = 4 * 1024 * 1024  # a Reading travels in a head when its picture is asked for
BODY_BYTES = 256 * 1024 * 1024


class Broken(Exception):
    """The other side closed the connection or sent what no honest one would."""


def frame(head: bytes, *body: bytes) -> tuple[bytes, ...]:
    """Head with its lengths, and the pieces of the body: written apart, so that none is copied."""
    size = sum(len(piece) for piece in body)
    if len(head) > HEAD_BYTES or size > BODY_BYTES:
        raise Broken("too large to be sent")
    return _LENGTHS.pack(len(head), size) + head, *body


def lengths(raw: bytes) -> tuple[int, int]:
    """The lengths that a frame announces."""
    head, body = _LENGTHS.unpack(raw)
    if head > HEAD_BYTES or body > BODY_BYTES:
        raise Broken("it announces more than it may send")
    return head, body


async def receive(reader: "StreamReader") -> tuple[bytes, int]:
    """The head of the next frame, in the agent, and how long its body is."""
    try:
        head, body = lengths(await reader.readexactly(_LENGTHS.size))
        return await reader.readexactly(head), body
    except (EOFError, ConnectionError) as error:
        raise Broken("the connection ended") from error


async def receive_body(
    reader: "StreamReader", size: int, contents: Sequence[int]
) -> tuple[bytes, list[bytes]]:
    """The body that follows: a value, then contents of these sizes. None is held twice."""
    rest = size - sum(contents)
    if rest < 0 or min(contents, default=0) < 0:
        raise Broken("it announces more than it sends")
    value = await _piece(reader, rest)
    return value, [await _piece(reader, each) for each in contents]


async def _piece(reader: "StreamReader", size: int) -> bytes:
    received = io.BytesIO()
    while left := size - received.tell():
        piece = await reader.read(left)
        if not piece:
            raise Broken("the connection ended")
        received.write(piece)
    return received.getvalue()


def receive_blocking(connection: socket.socket) -> tuple[bytes, bytes]:
    """The next frame, in a child."""
    head, body = lengths(_exactly(connection, _LENGTHS.size))
    return _exactly(connection, head), _exactly(connection, body)


def _exactly(connection: socket.socket, size: int) -> bytes:
    received = bytearray(size)
    view, at = memoryview(received), 0
    while at < size:
        count = connection.recv_into(view[at:])
        if not count:
            raise Broken("the connection ended")
        at += count
    return bytes(received)
