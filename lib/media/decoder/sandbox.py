"""Limit what this process may take and do. What a system does not know, it goes without."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from contextlib import suppress

# Of address space. A picture of 100 megapixels with transparency takes 400 MB, and as much while it is converted.
MAX_MEMORY = 1536 * 1024 * 1024
MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_OPEN_FILES = 128
NICENESS = 10
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


def enter_sandbox() -> None:
    """Limit memory, files and rights of this process for good, take the network from it, let others run first."""
    _set_limit(resource.RLIMIT_AS, MAX_MEMORY)
    _set_limit(resource.RLIMIT_FSIZE, MAX_FILE_BYTES)
    _set_limit(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)
    _set_limit(resource.RLIMIT_CORE, 0)
    with suppress(OSError):
        os.nice(NICENESS)
    # Where memory ends, this process goes, and not the server.
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")
    _leave_network()
    # Ends like any other death: the server notices.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def allow_seconds(seconds: int) -> None:
    """End this process once it has taken that many seconds of the processor from now on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _set_limit(kind: int, value: int) -> None:
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (value, value))


def _leave_network() -> None:
    """Move this process to a network of its own, which has no way out. Containers often forbid that."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if libc.unshare(CLONE_NEWNET):
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
