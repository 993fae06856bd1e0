"""N-Quads of many shards → one sorted file without duplicates, and its hash; memory stays bounded however many there are."""

from __future__ import annotations

import hashlib
import heapq
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from kg.errors import StoreError

RUN_BYTES = 128 * 1024 * 1024
"""Bytes of lines sorted in memory at once; beyond that, sorted runs go to disk and are merged."""

_QUAD = re.compile(
    rb"((?:<[^<> ]*>|_:\S+) <[^<> ]*> "
    rb'(?:<[^<> ]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^<> ]*>|@[A-Za-z0-9-]+)?)) (?:<[^<> ]*>|_:\S+) \.\n'
)
"""A canonical line with a graph; its first group is the triple."""


def write_sorted(shards: Iterable[bytes | Path], target: Path, run_bytes: int = RUN_BYTES) -> tuple[int, str]:
    """Write the distinct lines of all shards to ``target`` in byte order; returns (number of lines, sha256 in hexadecimal).

    A shard is N-Quads as bytes or a file of them; order of shards and lines does not matter. Comment and blank lines are dropped.
    Raises OSError.
    """
    with ExitStack() as stack:
        runs: list[IO[bytes]] = []
        pending: list[bytes] = []
        size = 0
        for line in _lines(shards):
            pending.append(line)
            size += len(line)
            if size >= run_bytes:
                runs.append(stack.enter_context(_spill(pending, target.parent)))
                pending, size = [], 0
        pending.sort()
        digest, count, last = hashlib.sha256(), 0, b""
        with target.open("wb") as out:
            for line in heapq.merge(*runs, pending) if runs else pending:
                if line != last:
                    out.write(line)
                    digest.update(line)
                    count += 1
                    last = line
    return count, digest.hexdigest()


def write_with_union(quads: Path, target: Path) -> int:
    """Copy sorted canonical N-Quads, adding each different triple once without a graph; returns how many triples that are.

    The default graph of the copy is thus the RDF merge of its named graphs. Oxigraph's own union of graphs gives a triple once for each
    graph that holds it, so that counts and sums over what several sources say alike would be wrong.
    Raises StoreError for a line that is no canonical N-Quads line of a named graph.
    """
    count, last = 0, b""
    with quads.open("rb") as lines, target.open("wb") as out:
        for line in lines:
            match = _QUAD.fullmatch(line)
            if match is None:
                shown = line.decode("utf-8", "replace").strip()[:300]
                raise StoreError(f"a line is no canonical N-Quads line of a named graph: {shown}", remedy="nothing was changed")
            out.write(line)
            if match[1] != last:  # lines are sorted, so the graphs of one triple follow each other
                last = match[1]
                out.write(last + b" .\n")
                count += 1
    return count


def _lines(shards: Iterable[bytes | Path]) -> Iterator[bytes]:
    for shard in shards:
        if isinstance(shard, Path):
            with shard.open("rb") as lines:
                yield from _clean(lines)
        else:
            yield from _clean(shard.split(b"\n"))


def _clean(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        stripped = line.strip(b" \t\r\n")
        if stripped and not stripped.startswith(b"#"):
            yield stripped + b"\n"


def _spill(lines: list[bytes], directory: Path) -> IO[bytes]:
    lines.sort()
    run = tempfile.TemporaryFile(dir=directory)  # noqa: SIM115 - the caller's ExitStack closes it
    run.writelines(lines)
    run.seek(0)
    return run
