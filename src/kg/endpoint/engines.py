"""A pool of query engine processes: each runs one query at a time and is killed when its time is up or nobody waits any more."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.endpoint.formats import SOLUTIONS, Format, by_key
from kg.endpoint.lexer import outline
from kg.endpoint.problems import HttpError, syntax_problem
from kg.endpoint.protocol import QueryRequest
from kg.endpoint.worker import DATA, END, ERROR, HEAD, HEADER, JOB
from kg.store.snapshot import Current, Snapshot, Solutions
from kg.store.version import OXIGRAPH

MEMORY = 2 * 1024**3
"""Bytes one engine may allocate."""
POLL = 0.25
"""Seconds between two looks whether the client is still there."""
SLOW_READER = 20
"""How many times the query timeout an answer may take in all when its reader is slow."""


class QueryCutError(Exception):
    """An answer that began cannot be ended: the connection must be broken, so that the client sees it."""


class _Engine:
    """One worker process and its socket."""

    def __init__(self, snapshot: Snapshot, memory: int) -> None:
        self.snapshot = snapshot  # keeps the version from being pruned
        ours, theirs = socket.socketpair()
        lifeline_theirs, self._lifeline = os.pipe()
        os.set_inheritable(self._lifeline, False)
        try:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "kg.endpoint.worker",
                    str(theirs.fileno()),
                    str(lifeline_theirs),
                    str(memory),
                    str(snapshot.version.path / OXIGRAPH),
                ],
                pass_fds=(theirs.fileno(), lifeline_theirs),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        finally:
            theirs.close()
            os.close(lifeline_theirs)
        self.channel = ours
        self._buffer = bytearray()

    def send(self, job: Mapping[str, object]) -> None:
        payload = json.dumps(job).encode()
        self.channel.sendall(HEADER.pack(JOB, len(payload)) + payload)

    def frame(self, until: float, gone: Callable[[], bool] | None) -> tuple[bytes, bytes]:
        """The next frame. Raises TimeoutError at the deadline, ConnectionAbortedError when the client left, EOFError when the process
        ended.
        """
        while True:
            if len(self._buffer) >= HEADER.size:
                kind, length = HEADER.unpack_from(self._buffer)
                if len(self._buffer) >= HEADER.size + length:
                    payload = bytes(self._buffer[HEADER.size : HEADER.size + length])
                    del self._buffer[: HEADER.size + length]
                    return kind, payload
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            ready, _, _ = select.select([self.channel], [], [], min(left, POLL))
            if ready:
                try:
                    data = self.channel.recv(1 << 18)
                except ConnectionError:
                    data = b""
                if not data:
                    raise EOFError
                self._buffer += data
            elif gone is not None and gone():
                raise ConnectionAbortedError

    def kill(self) -> int:
        """End the process at once; returns how it ended (negative: by which signal). Calling it again changes nothing."""
        self.process.kill()
        status = self.process.wait()
        self.channel.close()
        lifeline, self._lifeline = self._lifeline, -1
        if lifeline >= 0:
            os.close(lifeline)
        return status


@dataclass(slots=True)
class Answer:
    """A result under way: its format, the version it comes from, and its bytes. Iterate it in one thread, then :meth:`close` it."""

    format: Format
    version: str
    _pieces: Iterator[bytes]
    _release: Callable[[bool], None]
    _whole: bool = field(default=False)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except StopIteration:
            self._whole = True
            self._release(True)
            raise
        except BaseException:
            self._release(False)
            raise

    def close(self) -> None:
        """Let the engine go; if the answer was not read to its end, the query is stopped."""
        self._release(self._whole)


class EnginePool:
    """Up to ``size`` engines on the current version of a store.

    ``timeout`` is how many seconds a query may run; ``patience`` how many it may wait for a free engine. Engines start when they are
    first needed, are replaced when a new version is published, and end with this process whatever happens to it. ``union`` says whether
    the default graph is the merge of all graphs; None leaves that to ``current``.
    """

    def __init__(
        self,
        current: Current,
        *,
        size: int,
        timeout: float,
        patience: float = 10.0,
        memory: int = MEMORY,
        prefixes: Mapping[str, str] | None = None,
        union: bool | None = None,
    ) -> None:
        self._current, self._size, self._timeout, self._patience, self._memory = current, size, timeout, patience, memory
        self._prefixes, self._union = dict(prefixes or {}), union
        self._free = threading.Condition()
        self._idle: list[_Engine] = []
        self._running: set[_Engine] = set()
        self._closed = False

    @property
    def timeout(self) -> float:
        """Seconds a query may run."""
        return self._timeout

    def run(self, request: QueryRequest, chosen: Format, *, gone: Callable[[], bool] | None = None) -> Answer:
        """Run a query; returns when its first bytes are there. ``gone`` is asked now and then whether the client has left.

        Raises HttpError: 400 for wrong syntax or a query that cannot be evaluated, 403 for SERVICE, 503 when all engines stay busy, 504
        at the deadline, 507 when memory runs out. After the first bytes iteration raises QueryCutError instead.
        """
        shape = outline(request.query)
        if shape.calls_out:
            raise HttpError(403, "SERVICE is not allowed: this service asks no other service")
        engine = self._acquire()
        job = {
            "query": request.query,
            "union": (engine.snapshot.union if self._union is None else self._union) or shape.names_graphs,
            "default_graphs": request.default_graphs,
            "named_graphs": request.named_graphs,
            "format": chosen.key,
            "prefixes": self._prefixes,
        }
        released = threading.Event()

        def release(healthy: bool) -> None:
            if not released.is_set():
                released.set()
                self._give_back(engine, healthy)

        try:
            engine.send(job)
            until = time.monotonic() + self._timeout
            first = engine.frame(until, gone)
            while first[0] not in (HEAD, ERROR):  # the greeting of a new engine
                first = engine.frame(until, gone)
            if first[0] == ERROR:
                release(True)
                raise self._problem(json.loads(first[1]), request.query)
            piece = engine.frame(until, gone)
        except TimeoutError:
            release(False)
            raise HttpError(
                504,
                f"the query ran longer than {self._timeout:g} seconds and was stopped; make it narrower, or add a LIMIT",
            ) from None
        except ConnectionAbortedError:
            release(False)
            raise
        except (EOFError, BrokenPipeError, ConnectionError):
            release(False)
            raise self._ended(engine) from None
        except BaseException:
            release(False)
            raise
        return Answer(chosen, engine.snapshot.name, self._pieces(engine, piece, until), release)

    def select(self, query: str) -> Solutions:
        """All solutions of a SELECT query, as :class:`kg.store.Querier`. Raises SyntaxError, or HttpError as :meth:`run` does."""
        chosen = by_key("json", SOLUTIONS)
        assert chosen is not None
        answer = self.run(QueryRequest(query), chosen)
        try:
            data = b"".join(answer)
        finally:
            answer.close()
        result = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        if not isinstance(result, ox.QuerySolutions):
            raise TypeError("this is no SELECT query")
        variables = tuple(variable.value for variable in result.variables)
        return Solutions(variables, tuple(tuple(solution[index] for index in range(len(variables))) for solution in result))

    def close(self) -> None:
        """End all engines; later queries get 503."""
        with self._free:
            self._closed = True
            engines = [*self._idle, *self._running]
            self._idle.clear()
            self._free.notify_all()
        for engine in engines:
            engine.process.kill()  # whoever reads from it finds the end and lets it go
        for engine in engines:
            engine.process.wait()

    def _acquire(self) -> _Engine:
        snapshot = self._current.snapshot()
        busy = HttpError(503, "all query engines are busy; try again in a moment", headers={"Retry-After": "2"})
        until = time.monotonic() + self._patience
        with self._free:
            while True:
                if self._closed:
                    raise HttpError(503, "the service is stopping", headers={"Retry-After": "5"})
                for stale in [engine for engine in self._idle if engine.snapshot is not snapshot or engine.process.poll() is not None]:
                    self._idle.remove(stale)
                    stale.kill()
                if self._idle:
                    engine = self._idle.pop()
                    break
                if len(self._running) < self._size:
                    engine = _Engine(snapshot, self._memory)
                    break
                left = until - time.monotonic()
                if left <= 0 or not self._free.wait(left):
                    raise busy
                snapshot = self._current.snapshot()
            self._running.add(engine)
            return engine

    def _give_back(self, engine: _Engine, healthy: bool) -> None:
        if not healthy:
            engine.kill()
        with self._free:
            self._running.discard(engine)
            if healthy and not self._closed:
                self._idle.append(engine)
            self._free.notify()
        if healthy and self._closed:
            engine.kill()

    def _pieces(self, engine: _Engine, frame: tuple[bytes, bytes], until: float) -> Iterator[bytes]:
        """The pieces of an answer. Only the time spent waiting for the engine counts against the deadline: a slow reader has longer."""
        last = time.monotonic() + self._timeout * SLOW_READER
        while True:
            kind, payload = frame
            if kind == END:
                return
            if kind != DATA:
                raise QueryCutError("the query failed after its answer had begun")
            given = time.monotonic()
            yield payload
            until = min(until + time.monotonic() - given, last)
            try:
                frame = engine.frame(until, None)
            except TimeoutError:
                raise QueryCutError(f"the query ran longer than {self._timeout:g} seconds") from None
            except EOFError:
                raise QueryCutError("the query engine ended") from None

    def _problem(self, error: Mapping[str, str], query: str) -> HttpError:
        if error["kind"] == "syntax":
            return syntax_problem(error["message"], query)
        return HttpError(400, f"the query cannot be evaluated: {error['message']}")

    def _ended(self, engine: _Engine) -> HttpError:
        """Oxigraph aborts its process when memory cannot be had; anything else that ends an engine is a fault of ours."""
        if self._closed:
            return HttpError(503, "the service is stopping", headers={"Retry-After": "5"})
        if engine.process.returncode in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL):
            return HttpError(507, f"the query needs more than {self._memory // 2**20} MiB of memory; make it narrower")
        return HttpError(500, "the query engine ended unexpectedly")


def default_size() -> int:
    """Engines for public queries: one a core, at least two, so that one runaway query leaves room for others."""
    return max(2, os.cpu_count() or 1)
