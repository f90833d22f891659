"""Runs mkdocs and summitry as commands without what takes each of them longest: to import itself.

A process that has both imported makes a copy of itself for each command, and the copy becomes that
command: it runs the script that a person runs, with a folder, variables, streams and an exit code
of its own. What Python looks at when it starts cannot be given to it: for that there is
`running.run`, as where the start itself is the point.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
AT_START = ("PYTHON", "LC_", "LANG")
"""How the names of variables begin that Python looks at when it starts."""


def run(
    *command: str, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment, or a script at a path, and keep what it says."""
    assert not any(name.startswith(AT_START) for name in env or ()), env
    full = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(env or {})}
    full.pop("PYTHONDONTWRITEBYTECODE", None)
    binary = Path(sys.executable).parent / command[0]
    with TemporaryDirectory() as folder:
        said = [Path(folder, name) for name in ("out", "err")]
        asked = [[str(binary), *command[1:]], str(cwd), full, [str(path) for path in said]]
        server = _server()
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        out, err = (path.read_text() for path in said)
    return subprocess.CompletedProcess(command, code, out, err)


@cache
def _server() -> subprocess.Popen[str]:
    """The process that has everything imported; one for each that runs tests."""
    server = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(server.communicate)  # it ends where nobody can ask any more
    return server


def _serve() -> None:
    """Run what is asked for, and answer with exit codes; in the copies: return to be a command."""
    for module in ("mkdocs.__main__", "summitry.host.serving", "summitry.host.building"):
        importlib.import_module(module)
    commands = importlib.import_module("summitry.tools.cli").main
    for name in commands.list_commands(None):
        commands.get_command(None, name)
    gc.freeze()  # what is imported stays; to look through it in each copy would copy all of it
    for line in sys.stdin:
        copy = os.fork()
        if not copy:
            _become(*json.loads(line))
            return
        print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)


def _become(command: list[str], cwd: str, env: dict[str, str], said: list[str]) -> None:
    files = os.devnull, *said
    for number, name in enumerate(files):
        opened = os.open(name, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    sys.argv = command
    sys.path[0] = str(Path(command[0]).parent)
    runpy.run_path(command[0], run_name="__main__")


if __name__ == "__main__":
    _serve()
