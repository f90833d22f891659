"""How many requests nginx answers for the site here, and how soon (wrk, 200 connections)."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nginx import behind_nginx

PATHS = ("", "quotes/mess-around/", "assets/summitry.css", "assets/cards/mess-around.png")
CONNECTIONS, SECONDS = 200, 15
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """What wrk measured of one address: requests a second, milliseconds, errors."""

    path: str
    a_second: float
    median: float
    p99: float
    errors: int


def measured(built: Path, connections: int = CONNECTIONS) -> list[Load]:
    """The load that nginx bears for each kind of file."""
    folder = Path(tempfile.mkdtemp(prefix="summitry-nginx-"))
    try:
        with behind_nginx(built, folder) as address:
            return [_load(address, path, connections) for path in PATHS]
    finally:
        shutil.rmtree(folder)


def _load(address: str, path: str, connections: int) -> Load:
    command = ["wrk", "-t2", f"-c{connections}", f"-d{SECONDS}s", "--latency"]
    command += ["-H", "Accept-Encoding: gzip", address + path]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    times = {share: float(n) * _UNITS[unit] for share, n, unit in
             re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s|m)\b", said)}  # fmt: skip
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate, said
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    sockets = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said
    )
    errors = int(wrong[1]) if wrong else 0
    errors += sum(map(int, sockets.groups())) if sockets else 0
    return Load(path, float(rate[1]), times["50"], times["99"], errors)
