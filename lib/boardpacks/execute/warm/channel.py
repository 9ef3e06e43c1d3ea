"""Messages of any length over a pair of sockets, from several threads and forks at once."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterable

_PACKET = 65536
_HEAD = struct.Struct("!I?")  # who sends, and whether more of the message follows


def pair() -> tuple[socket.socket, socket.socket]:
    """Return two connected ends; what is sent at once arrives at once or not at all."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(end: socket.socket, parts: Iterable[bytes]) -> None:
    """Send a message, and wait while the other end is slow to take it."""
    parts = [bytes(part) for part in parts]
    whole = struct.pack(f"!I{len(parts)}Q", len(parts), *map(len, parts)) + b"".join(parts)
    # No lock, since a fork could copy it while it is held: the sender's number keeps messages apart
    sender = threading.get_native_id()
    for start in range(0, len(whole), _PACKET):
        after = start + _PACKET
        end.send(_HEAD.pack(sender, after < len(whole)) + whole[start:after])


class Inbox:
    """Puts together what arrives at an end."""

    def __init__(self, end: socket.socket):
        self._end = end
        self._begun: dict[int, bytearray] = {}

    def take(self) -> list[bytes] | None:
        """Wait for a packet, and return the parts of the message that it completes, if it does.

        Raises
        ------
        EOFError
            When no other end is left.
        """
        try:
            packet = self._end.recv(_HEAD.size + _PACKET)
        except ConnectionError:
            packet = b""
        if not packet:
            raise EOFError
        sender, more = _HEAD.unpack_from(packet)
        message = self._begun.setdefault(sender, bytearray())
        message += packet[_HEAD.size :]
        return None if more else _parts(bytes(self._begun.pop(sender)))

    def message(self) -> list[bytes]:
        """Wait for a whole message."""
        while (parts := self.take()) is None:
            pass
        return parts


def _parts(message: bytes) -> list[bytes]:
    (count,) = struct.unpack_from("!I", message)
    lengths = struct.unpack_from(f"!{count}Q", message, 4)
    start = 4 + 8 * count
    parts = []
    for length in lengths:
        parts.append(message[start : start + length])
        start += length
    return parts
