"""What a query engine process may not do: open network connections, or take more memory than it was given (Linux)."""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # 13 = EACCES
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine → (audit architecture, number of the system call socket)."""
_INTERNET_FAMILIES = (2, 10)  # AF_INET, AF_INET6


def limit_memory(limit: int) -> None:
    """Let allocations beyond ``limit`` bytes fail, and write no core dump when they do."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def refuse_network() -> bool:
    """Make every later attempt of this process to open an internet socket fail with EACCES, by a seccomp filter.

    Returns False where the system has no such filter (another kernel or machine); then the refusal of SERVICE stands alone.
    """
    if not sys.platform.startswith("linux") or platform.machine() not in _MACHINES:
        return False
    architecture, socket_call = _MACHINES[platform.machine()]
    program = [
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _REFUSE),  # a call in a foreign convention could go round the filter
        (_LOAD, 0, 0, 0),  # its number
        (_JUMP_IF_EQUAL, 0, 4, socket_call),
        (_LOAD, 0, 0, 16),  # the first argument: the address family
        (_JUMP_IF_EQUAL, 1, 0, _INTERNET_FAMILIES[0]),
        (_JUMP_IF_EQUAL, 0, 1, _INTERNET_FAMILIES[1]),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in program))
    filter_program = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filter_program), 0, 0) == 0)
