"""Imported by Python itself where this folder is on its path: forbids sockets beyond this machine, and foreign programs.

An audit hook (PEP 578) sees what Python code does; it cannot be taken out again. What it forbids is written down as well,
since the code under test may swallow the error.
"""

import ipaddress
import os
import re
import sys

LOG = "REPORT_TEST_VIOLATIONS"
PROGRAMS = frozenset(
    # the tests' own, and the judges
    "python python3 pytest report dask sh bash zsh fish git ruff lint-imports java node npx ooxml-validator qpdf pdfinfo pdftotext "
    "pdffonts pdftoppm pdfdetach soffice libreoffice typst chromium sleep true cat "
    # what Python's own library asks for names of libraries and machines
    "ldconfig gcc cc ld objdump uname file lsb_release".split()
)
"""The programs that a test may start, directly or through the code under test."""
_PYTHON = re.compile(r"python3?(\.\d+)?(\.exe)?")
_RESOLVES = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_REACHES = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"})
_STARTS = frozenset({"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn"})
_LOCAL = frozenset({"localhost", "", "localhost.localdomain", "ip6-localhost"})


def install():
    """Watch this process from now on."""
    if getattr(sys, "_report_guard", False):
        return
    sys._report_guard = True
    sys.addaudithook(_hook)


def _hook(event, arguments):
    if event in _REACHES and not _is_local(arguments[-1]):
        _forbid(f"{event} {arguments[-1]!r}")
    elif event in _RESOLVES and not _is_here(arguments[0]):
        _forbid(f"{event} {arguments[0]!r}")
    elif event in _STARTS:
        program = os.fsdecode(arguments[1] if event == "os.spawn" else arguments[0] or "")
        name = os.path.basename(program)
        if name not in PROGRAMS and not _PYTHON.fullmatch(name) and program != sys.executable:
            _forbid(f"{event} {program!r}")
    elif event == "os.system":
        _forbid(f"{event} {arguments[0]!r}")


def _is_local(address):
    """Say whether a socket's address is of this machine; sockets of files have a path."""
    return not isinstance(address, tuple) or _is_here(address[0])


def _is_here(host):
    host = os.fsdecode(host) if isinstance(host, bytes) else str("" if host is None else host)
    if host.lower() in _LOCAL:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _forbid(what):
    path = os.environ.get(LOG)
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(what + "\n")
    raise PermissionError(f"no test may do this: {what}")


if os.environ.get(LOG):
    install()
