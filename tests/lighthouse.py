"""Lighthouse on a page of each kind, as on a phone: `make lighthouse`, which needs Node.

The site is built for the address at which it is then served, compressed as a web server would.
Each page is opened several times; the scores printed are medians.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    "",
    "the-day/",
    "quotes/",
    "quotes/mess-around/",
    "people/vladimir-putin/",
    "places/jber/",
    "events/handshake/",
    "timeline/",
    "facts/talks-length/",
    "sources/vibeszone-putin-heads-to-pacific/",
    "terms/three-on-three/",
    "images/locator-map/",
    "about/how-we-check/",
    "data/",
)
TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".webmanifest", ".txt")


class Handler(SimpleHTTPRequestHandler):
    """Serves files compressed where that pays, keeps connections, and lets assets be kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        raw, packed = path.read_bytes(), path.suffix in TEXT
        body = gzip.compress(raw, 6, mtime=0) if packed else raw
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(path)}{'; charset=utf-8' * packed}")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        age = 31_536_000 if "assets" in path.parts else 600
        self.send_header("Cache-Control", f"max-age={age}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@contextmanager
def served() -> Iterator[str]:
    """The address of the site, built for it."""
    with tempfile.TemporaryDirectory() as folder:
        handler = partial(Handler, directory=f"{folder}/site")
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        environment = {**os.environ, "SITE_URL": address, "CONTACT_EMAIL": "editor@example.org"}
        mkdocs = Path(sys.executable).parent / "mkdocs"
        command = [str(mkdocs), "build", "--strict", "-d", f"{folder}/site"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


def measure(url: str) -> dict[str, object]:
    """One report of Lighthouse."""
    program = ROOT / "tests" / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
    flags = (
        "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run"
    )
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    chrome = os.environ.get("CHROMIUM") or next((path for path in found if path), "")
    command = [
        "node", str(program), url, "--output=json", "--quiet", f"--chrome-flags={flags}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    environment = {**os.environ, **({"CHROME_PATH": chrome} if chrome else {})}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    report: dict[str, object] = json.loads(done.stdout)
    return report


def main() -> int:
    """Print a row for each page, and what keeps any score from 100."""
    wanted = sys.argv[1:] or PAGES
    print(f"{'page':45} {'perf':>5} {'a11y':>5} {'best':>5} {'seo':>5} {'LCP s':>6} {'CLS':>6}")
    below: dict[str, set[str]] = {}
    with served() as address:
        for path in wanted:
            reports = [measure(address + path) for _ in range(RUNS)]
            row = []
            for name in CATEGORIES:
                row.append(statistics.median(r["categories"][name]["score"] * 100 for r in reports))
            audits = reports[0]["audits"]
            numbers = [
                statistics.median(r["audits"][name]["numericValue"] for r in reports)
                for name in ("largest-contentful-paint", "cumulative-layout-shift")
            ]
            scores = " ".join(f"{value:5.0f}" for value in row)
            print(
                f"{path or '/':45} {scores} {numbers[0] / 1000:6.2f} {numbers[1]:6.3f}", flush=True
            )
            for name in CATEGORIES:
                for ref in reports[0]["categories"][name]["auditRefs"]:
                    audit = audits[ref["id"]]
                    if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                        below.setdefault(f"{name}: {audit['title']}", set()).add(path or "/")
    for what, pages in sorted(below.items()):
        print(f"below 90: {what}: {', '.join(sorted(pages))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
