"""Another host: ProperDocs, which carries MkDocs on, makes the same site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from running import copy_of, digests, run


@pytest.mark.standards
def test_properdocs_makes_the_site_that_mkdocs_makes(other: Path, tmp_path: Path) -> None:
    site = copy_of("other", tmp_path)
    shutil.rmtree(site / "site", ignore_errors=True)
    done = run("properdocs", "build", cwd=site)
    assert done.returncode == 0, done.stderr
    made, known = digests(site / "site"), digests(other / "site")
    # Contributors' pages have the theme's own layout, which names who made them.
    differ = {path for path in made.keys() | known.keys() if made.get(path) != known.get(path)}
    assert differ == {"contribute/index.html"}
    named = re.compile(r'<meta name="generator" content="[^"]*">')
    guides = (folder / "site/contribute/index.html" for folder in (site, other))
    assert len({named.sub("", guide.read_text("utf-8")) for guide in guides}) == 1
