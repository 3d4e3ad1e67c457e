"""What goes between the agent and a child: a small JSON head and a body of bytes, both bounded.

Never pickle: a child that was taken over by its input must not be able to run code here.
"""

import asyncio
import socket
import struct

_LENGTHS = struct.Struct(">II")
HEAD_BYTES = 4 * 1024 * 1024  # a Reading travels in a head when its picture is asked for
BODY_BYTES = 256 * 1024 * 1024


class Broken(Exception):
    """The other side closed the connection or sent what no honest one would."""


def frame(head: bytes, body: bytes = b"") -> tuple[bytes, bytes]:
    """Head with its lengths, and the body: two writes, so that the body is not copied."""
    if len(head) > HEAD_BYTES or len(body) > BODY_BYTES:
        raise Broken("too large to be sent")
    return _LENGTHS.pack(len(head), len(body)) + head, body


def lengths(raw: bytes) -> tuple[int, int]:
    """The lengths that a frame announces."""
    head, body = _LENGTHS.unpack(raw)
    if head > HEAD_BYTES or body > BODY_BYTES:
        raise Broken("it announces more than it may send")
    return head, body


async def receive(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next frame, in the agent."""
    try:
        head, body = lengths(await reader.readexactly(_LENGTHS.size))
        return await reader.readexactly(head), await reader.readexactly(body)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise Broken("the connection ended") from error


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
