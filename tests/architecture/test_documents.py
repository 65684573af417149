"""The documents name files and functions that exist, and links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/zorgmessenger"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])
NAMED = re.compile(r"`((?:web/src|src|tests|[a-z]+)/[\w/.-]+\.(?:py|ts|tsx))(?::([\w.]+))?`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_exists(document: Path) -> None:
    for file, name in NAMED.findall(document.read_text()):
        path = next((base / file for base in (ROOT, SOURCE) if (base / file).exists()), None)
        assert path is not None, f"{document.name} names {file}"
        for part in name.split(".") if name else []:
            defined = rf"\b(def|class|function|const)\s+{re.escape(part)}\b|^{re.escape(part)}\b"
            assert re.search(defined, path.read_text(), re.MULTILINE), f"{document.name} names {name} in {file}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text()):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"
