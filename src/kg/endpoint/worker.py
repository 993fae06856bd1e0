"""A query engine: a process that holds one version open and runs one query at a time, until it is told to end or killed.

It talks over a socket in frames: one letter, four bytes of length, the payload. Towards it ``Q`` (a job, JSON); from it ``H`` (what the
result is, JSON), ``D`` (a piece of the serialised result), ``Z`` (the end), ``E`` (an error, JSON). The first frame of an answer goes out
only when 64 KiB of result are there or the query is through, so that most failures are known before anything was promised.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import threading
from typing import IO, cast

import pyoxigraph as ox

from kg.endpoint.formats import by_key
from kg.endpoint.sandbox import limit_memory, refuse_network

HEADER = struct.Struct("!cI")
PIECE = 64 * 1024
READY, JOB, HEAD, DATA, END, ERROR = b"R", b"Q", b"H", b"D", b"Z", b"E"


class _Output:
    """Collects what Oxigraph writes into pieces of 64 KiB and sends them."""

    def __init__(self, channel: socket.socket, head: dict[str, object]) -> None:
        self._channel = channel
        self._pending = bytearray()
        self._size = 0
        self._frames = bytearray(_frame(HEAD, json.dumps(head).encode()))

    def write(self, data: bytes) -> int:
        self._pending += data
        if len(self._pending) >= PIECE:
            self._send(bytes(self._pending))
            self._pending.clear()
        return len(data)

    def flush(self) -> None:
        """Nothing: pieces go out when they are full, the last one with :meth:`finish`."""

    def finish(self) -> None:
        if self._pending:
            self._frames += _frame(DATA, bytes(self._pending))
        self._frames += _frame(END, b"")
        self._channel.sendall(self._frames)

    def _send(self, piece: bytes) -> None:
        self._frames += _frame(DATA, piece)
        self._channel.sendall(self._frames)
        self._frames = bytearray()


def _frame(kind: bytes, payload: bytes) -> bytes:
    return HEADER.pack(kind, len(payload)) + payload


def _run(store: ox.Store, job: dict[str, object], channel: socket.socket) -> None:
    default, named = job["default_graphs"], job["named_graphs"]
    assert isinstance(default, list)
    assert isinstance(named, list)
    if default or named:
        result = store.query(
            str(job["query"]),
            default_graph=[ox.NamedNode(iri) for iri in default],
            named_graphs=[ox.NamedNode(iri) for iri in named],
        )
    elif job["union"]:
        result = store.query(str(job["query"]))  # the default graph of a version is the merge of its graphs
    else:
        result = store.query(str(job["query"]), default_graph=[])
    chosen = by_key(str(job["format"]))
    assert chosen is not None
    if isinstance(result, ox.QueryTriples):
        output = _Output(channel, {"carries": "graph"})
        prefixes = job.get("prefixes")
        if chosen.key in ("ttl", "trig") and isinstance(prefixes, dict):
            ox.serialize(result, cast("IO[bytes]", output), format=chosen.rdf, prefixes=prefixes)
        else:
            result.serialize(cast("IO[bytes]", output), format=chosen.rdf)
    else:
        output = _Output(channel, {"carries": "solutions"})
        result.serialize(cast("IO[bytes]", output), format=chosen.results)
    output.finish()


def serve(channel: socket.socket, directory: str) -> None:
    """Open the Oxigraph directory and answer jobs until the other end closes."""
    store = ox.Store.read_only(directory)
    channel.sendall(_frame(READY, b""))
    stream = channel.makefile("rb")
    while True:
        head = stream.read(HEADER.size)
        if len(head) < HEADER.size:
            return
        _, length = HEADER.unpack(head)
        job = json.loads(stream.read(length))
        try:
            _run(store, job, channel)
        except (BrokenPipeError, ConnectionError):
            return
        except BaseException as error:  # a panic inside Oxigraph is a BaseException of its own
            kind = "syntax" if isinstance(error, SyntaxError) else "evaluation"
            channel.sendall(_frame(ERROR, json.dumps({"kind": kind, "message": str(error)}).encode()))


def _die_with_parent(descriptor: int) -> None:
    """End this process when the other end of the pipe closes: also in the midst of a query, and however the parent ended."""

    def wait() -> None:
        os.read(descriptor, 1)
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def main(arguments: list[str]) -> None:
    """``python -m kg.endpoint.worker SOCKET LIFELINE MEMORY DIRECTORY``: two descriptors, a limit in bytes, the Oxigraph directory."""
    channel_number, lifeline, memory, directory = arguments
    limit_memory(int(memory))
    refuse_network()
    _die_with_parent(int(lifeline))
    serve(socket.socket(fileno=int(channel_number)), directory)


if __name__ == "__main__":
    main(sys.argv[1:])
