"""Find the system libraries that WeasyPrint loads, before it is imported, and name the command that installs them.

Run as a file it prints that command: `.setup/environment.sh` does so before anything is installed, therefore this
module needs the standard library alone.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from report.values import MissingSystemLibrary


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library. `soname`, `dylib` and `dll` are the names WeasyPrint 70 finds it by (its `text/ffi.py`)."""

    name: str
    soname: str
    dylib: str
    dll: str
    package: str


# HarfBuzz subset is separate from Pango in Debian: without it WeasyPrint warns, and embeds fonts by a slower way
# that was not measured. Other systems pull the rest in with Pango.
LIBRARIES = (
    Library("GLib", "libgobject-2.0.so.0", "gobject-2.0", "libgobject-2.0-0.dll", "pango"),
    Library("Pango", "libpango-1.0.so.0", "pango-1.0", "libpango-1.0-0.dll", "pango"),
    Library("HarfBuzz", "libharfbuzz.so.0", "harfbuzz", "libharfbuzz-0.dll", "pango"),
    Library("HarfBuzz subset", "libharfbuzz-subset.so.0", "harfbuzz-subset", "libharfbuzz-subset-0.dll", "subset"),
    Library("Fontconfig", "libfontconfig.so.1", "fontconfig", "libfontconfig-1.dll", "pangoft2"),
    Library("PangoFT2", "libpangoft2-1.0.so.0", "pangoft2-1.0", "libpangoft2-1.0-0.dll", "pangoft2"),
)

# Package manager → the command that installs, and what each thing is called there.
INSTALL = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed --noconfirm",
    "zypper": "zypper --non-interactive install",
    "apk": "apk add",
    "brew": "brew install",
    "msys2": r"C:\msys64\usr\bin\pacman -S --needed --noconfirm",
    "winget": "winget install",
}
PACKAGES = {
    "pango": {"apt-get": "libpango-1.0-0", "zypper": "libpango-1_0-0", "msys2": "mingw-w64-ucrt-x86_64-pango", "": "pango"},
    "pangoft2": {"apt-get": "libpangoft2-1.0-0", "zypper": "libpango-1_0-0", "msys2": "mingw-w64-ucrt-x86_64-pango", "": "pango"},
    "subset": {"apt-get": "libharfbuzz-subset0", "zypper": "libharfbuzz-subset0", "apk": "harfbuzz-subset",
               "msys2": "mingw-w64-ucrt-x86_64-harfbuzz", "": "harfbuzz"},
    "libreoffice": {"apt-get": "libreoffice-writer-nogui", "dnf": "libreoffice-writer", "pacman": "libreoffice-fresh", "zypper": "libreoffice-writer",
                    "brew": "--cask libreoffice", "winget": "TheDocumentFoundation.LibreOffice", "": "libreoffice"},
    "java": {"apt-get": "default-jre-headless", "dnf": "java-latest-openjdk-headless", "pacman": "jre-openjdk-headless", "zypper": "java-17-openjdk-headless",
             "apk": "openjdk17-jre-headless", "winget": "EclipseAdoptium.Temurin.17.JRE", "": "openjdk"},
    "poppler": {"brew": "poppler", "pacman": "poppler", "zypper": "poppler-tools", "winget": "oschwartz10612.Poppler", "": "poppler-utils"},
}  # fmt: skip
_WINDOWS_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"


def manager(things: Iterable[str] = ()) -> str | None:
    """Return the package manager of this platform, or None where there is none we know."""
    if sys.platform == "win32":  # libraries come from MSYS2, programs from winget
        return "msys2" if {"pango", "pangoft2", "subset"} & set(things) else "winget"
    if sys.platform == "darwin":
        return "brew"
    return next((m for m in ("apt-get", "dnf", "pacman", "zypper", "apk") if shutil.which(m)), None)


def install_command(*things: str) -> str | None:
    """Return the command that installs `things` (keys of PACKAGES) here, without ``sudo``; None where unknown."""
    which = manager(things)
    if which is None:
        return None
    names = dict.fromkeys(PACKAGES[t].get(which) or PACKAGES[t][""] for t in things)
    return f"{INSTALL[which]} {' '.join(names)}"


def install_hint(*things: str) -> str:
    """Return the sentence that tells a person how to install `things` on this machine."""
    command = install_command(*things)
    if command is None:
        return f"install {', '.join(things)} with this system's package manager"
    system_wide = sys.platform not in ("win32", "darwin")
    sudo = "sudo " if system_wide and hasattr(os, "geteuid") and os.geteuid() != 0 else ""
    return f"run: {sudo}{command}"


def missing_libraries() -> tuple[Library, ...]:
    """Return the libraries that cannot be loaded, tried as WeasyPrint tries them."""
    _widen_search()
    return tuple(library for library in LIBRARIES if load(library) is None)


def load(library: Library) -> ctypes.CDLL | None:
    """Return the loaded library, or None where the loader refuses it: absent, damaged or of another processor."""
    if sys.platform == "win32":
        name: str | None = library.dll
    elif sys.platform == "darwin":
        name = ctypes.util.find_library(library.dylib)
    else:
        name = library.soname
    with suppress(OSError):
        return ctypes.CDLL(name) if name else None
    return None


def require_pango() -> None:
    """Import WeasyPrint; raise `MissingSystemLibrary` where this machine cannot load what it needs.

    Call before importing anything of it.
    """
    if "weasyprint" in sys.modules:
        return
    missing = missing_libraries()
    if missing:
        raise MissingSystemLibrary.of(
            "machine.pango",
            f"PDF needs system libraries that this machine lacks: {', '.join(m.name for m in missing)}",
            hint=install_hint(*dict.fromkeys(m.package for m in missing)),
        )
    with _sonames_alone():
        importlib.import_module("weasyprint")


@contextmanager
def _sonames_alone() -> Iterator[None]:
    """Let cffi load libraries by their file name only, where that is how they are found.

    WeasyPrint tries the names of all platforms in turn, and for each that is not this one's, cffi runs ldconfig, the
    C compiler and the linker, where there are any: a quarter of a second of processor time.
    """
    find = ctypes.util.find_library
    if sys.platform not in ("win32", "darwin"):
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _widen_search() -> None:
    """Let this process find libraries where Homebrew, MacPorts and MSYS2 put them.

    A Python that is not Homebrew's own does not look in Homebrew's folder; cffi asks `ctypes.util`, so what is
    added here holds for WeasyPrint too, without an environment variable (macOS strips DYLD_* from make and sh).
    """
    if sys.platform == "darwin":
        from ctypes.macholib import dyld

        for folder in ("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib"):
            if folder not in dyld.DEFAULT_LIBRARY_FALLBACK:
                dyld.DEFAULT_LIBRARY_FALLBACK.append(folder)
    elif sys.platform == "win32":
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", _WINDOWS_FOLDERS).split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)


if __name__ == "__main__":  # 0: nothing is missing; 1: the command is on standard output; 3: no command is known
    lacking = missing_libraries()
    if lacking:
        command = install_command(*dict.fromkeys(m.package for m in lacking))
        print(command or f"missing: {', '.join(m.name for m in lacking)}")
        sys.exit(1 if command else 3)
