"""Runs the OWL API of Debian's ``libowlapi-java`` on Turtle files."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

JARS = Path("/usr/share/java")
PACKAGES = "apt-get install --no-install-recommends openjdk-17-jdk-headless libowlapi-java"
PROGRAM = Path(__file__).parent / "java" / "OwlCheck.java"
_LINE = re.compile(r"(?P<file>\S+) axioms=(\d+) unparsed=(-?\d+) violations=(\d+) individuals=(\d+) imports=(\d+)")
# two bindings of one logging interface, and bundles that hold other jars once more, would make the class path ambiguous
_UNWANTED = re.compile(r"osgi|distribution|maven|slf4j-(?!api|nop)|log4j")


def class_path() -> str:
    """Debian's jars; fails with the names of the packages when they are missing."""
    jars = sorted(jar for jar in JARS.glob("*.jar") if not _UNWANTED.search(jar.name))
    assert any(jar.name.startswith("owlapi-api") for jar in jars), f"the OWL API is not installed; run as root: {PACKAGES}"
    return ":".join(str(jar) for jar in jars)


def owl_check(files: list[Path], imports: dict[str, Path]) -> tuple[dict[str, dict[str, int]], str]:
    """What the OWL API makes of each file, by file name, and everything it printed."""
    java = shutil.which("java")
    assert java is not None, f"java is not installed; run as root: {PACKAGES}"
    mapping = ",".join(f"{iri}={path}" for iri, path in imports.items())
    command = [java, "-Xshare:auto", f"-Dmap={mapping}", "-cp", class_path(), str(PROGRAM), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"the OWL API could not load a file (packages: {PACKAGES}):\n{done.stdout}\n{done.stderr}"
    names = ("axioms", "unparsed", "violations", "individuals", "imports")
    results = {
        match["file"]: dict(zip(names, map(int, match.groups()[1:]), strict=True))
        for line in done.stdout.splitlines()
        if (match := _LINE.match(line))
    }
    return results, done.stdout
