"""Leaves this process nothing but to reckon: to take memory, and to read and write what is open already.

Limits on resources do not keep a process from another one of the same user; the server's memory holds keys. So the
kernel (Linux, seccomp with a filter in classic BPF) answers every other call as one that it does not have: opening,
sockets, starting programs, looking into or ending other processes. Threads are started (HEIC needs one), processes not.
On other systems and processors there are the limits alone.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys

_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_ALLOWED = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "getpid": (39, 172),
    "exit": (60, 93),
    "gettid": (186, 178),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "set_robust_list": (273, 99),
    "getrandom": (318, 278),
    "rseq": (334, 293),
}
_CLONE = (56, 220)
_CLONE_THREAD = 0x10000
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _NO_SUCH_CALL = 0x7FFF0000, 0x00050000 | 38
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def confine() -> None:
    """From now on, and for good.

    Raises:
        OSError: the kernel does not do it.
    """
    machine = _MACHINES.get(os.uname().machine)
    if sys.platform != "linux" or machine is None:
        return
    filters = b"".join(_filters(*machine))
    program = ctypes.create_string_buffer(filters, len(filters))
    count = len(filters) // 8
    head = ctypes.create_string_buffer(struct.pack("@HP", count, ctypes.addressof(program)))
    call = ctypes.CDLL(None, use_errno=True).prctl
    word = ctypes.c_ulong
    if call(_NO_NEW_PRIVILEGES, word(1), word(0), word(0), word(0)) or call(_SECCOMP, word(_FILTER), head):
        raise OSError(ctypes.get_errno(), "not confined")


def _filters(architecture: int, column: int) -> list[bytes]:
    """What the kernel asks of each call: its architecture, its number, and of `clone` whether it is a thread."""
    return [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, architecture, skip_if=1),
        _step(_RETURN, _NO_SUCH_CALL),
        _step(_LOAD, _NUMBER),
        *(
            step
            for numbers in _ALLOWED.values()
            for step in (_step(_EQUAL, numbers[column], skip_else=1), _step(_RETURN, _ALLOW))
        ),
        _step(_EQUAL, _CLONE[column], skip_else=3),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_ANY_BIT, _CLONE_THREAD, skip_else=1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _NO_SUCH_CALL),
    ]


def _step(code: int, value: int, skip_if: int = 0, skip_else: int = 0) -> bytes:
    """One `struct sock_filter`."""
    return struct.pack("=HBBI", code, skip_if, skip_else, value)
