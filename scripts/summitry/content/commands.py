"""What a message says to run: `make` where the folder has this project's Makefile, else the
commands that an installed package brings."""

from __future__ import annotations

import re
from pathlib import Path

_OURS = re.compile(r"^capture-tools:", re.MULTILINE)


def more_tools(folder: Path | None = None) -> str:
    """How to install what fetching and time stamps need; here, if no folder is given."""
    return (
        "run: make capture-tools" if _has_make(folder) else "run: pip install 'summitry[capture]'"
    )


def serve_at(host: str, port: int) -> str:
    """How to serve the site of the current folder at another port."""
    own = ":" not in host and _has_make(None)
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return f"make serve PORT={port}" if own else f"mkdocs serve -a {address}"


def _has_make(folder: Path | None) -> bool:
    file = (folder or Path()) / "Makefile"
    try:
        return bool(_OURS.search(file.read_text("utf-8")))
    except (OSError, ValueError):
        return False
