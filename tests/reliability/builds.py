"""After any edits, a build with what earlier ones kept is byte for byte one from nothing.

The edits are those of `edits`: of content, proofs, captures, pictures, templates, settings, which
are changed, broken, mended, added, renamed, removed. Each is built by `mkdocs build`; now and then
what is kept is damaged before. Whenever nothing is broken, every file is compared with a build of
the same files in another folder, in which nothing was built before.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from running import run

from reliability.edits import Edits, Outcome, prepared

HARMED = 0.15  # how often what is kept is damaged
_BUILD = ("mkdocs", "build", "--quiet")


def tried(folder: Path, count: int, seed: int = 13) -> Outcome:
    """Make a number of edits to a site that is built after each."""
    outcome, chance = Outcome(), random.Random(seed)
    edits = Edits(prepared(folder / "site"), chance)
    env = {"XDG_CACHE_HOME": str(folder / "own")}
    while outcome.edits < count or edits.broken:
        said = [edits.next()]
        if chance.random() < HARMED:
            said.append(_harm(edits.site / ".cache", chance))
        outcome.edits += 1
        outcome.broken += bool(edits.broken)
        was = _files(edits.site / "site")
        done = run(*_BUILD, cwd=edits.site, env=env)
        if edits.broken:
            wrong = _refused(done.returncode, done.stderr, was == _files(edits.site / "site"))
        elif done.returncode:
            wrong = [f"the build fails: {done.stderr}"]
        else:
            outcome.compared += 1
            wrong = _differing(edits.site, folder / f"again-{edits.number}")
        outcome.faults += [f"edit {edits.number}, {', '.join(said)}: {one}" for one in wrong]
    return outcome


def _refused(code: int, said: str, is_same: bool) -> list[str]:
    """What is wrong with how a broken site was refused."""
    found = [] if code else ["a broken site is built"]
    found += ["a traceback"] if "Traceback" in said else []
    return found if is_same else [*found, "the old site is not as it was"]


def _differing(site: Path, again: Path) -> list[str]:
    """What differs from a build of the same files from nothing."""
    shutil.copytree(site, again, ignore=shutil.ignore_patterns(".cache", "site"))
    done = run(*_BUILD, cwd=again, env={"XDG_CACHE_HOME": str(again / ".own")})
    if done.returncode:
        return [f"a build from nothing fails: {done.stderr}"]
    ours, theirs = _files(site / "site"), _files(again / "site")
    shutil.rmtree(again)
    return [
        f"{name} differs" for name in sorted(ours | theirs) if ours.get(name) != theirs.get(name)
    ]


def _files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def _harm(cache: Path, chance: random.Random) -> str:
    """Damage one kept file: it goes, is cut short, or holds something else."""
    kept = sorted(path for path in cache.rglob("*") if path.is_file())
    if not kept:
        return "nothing is kept"
    file = chance.choice(kept)
    raw = file.read_bytes()
    how = chance.choice(("lost", "cut", "foreign"))
    if how == "lost":
        file.unlink()
    elif how == "cut":
        file.write_bytes(raw[: len(raw) // 2])
    else:
        at = chance.randrange(max(1, len(raw)))
        file.write_bytes(
            raw[:at] + bytes(chance.randrange(256) for _ in range(20)) + raw[at + 20 :]
        )
    return f"{file.name} {how}"
