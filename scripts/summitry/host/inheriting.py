"""The files that mkdocs.yml is made of, looked at before MkDocs reads any of them.

What MkDocs cannot survive is told here: files that inherit in a circle, are no files, are made to
be slow, or make Python run something.
"""

from __future__ import annotations

import os
from pathlib import Path

import yaml

from summitry.content.problems import START, Problem
from summitry.host.settings import at_key, mark_of, value_of

MOST_INHERITED = 10
MOST_BYTES = 100_000  # of each file; a page of settings has some thousands
MOST_VALUES = 20_000  # with every alias written out
_STRING = "tag:yaml.org,2002:str"
_NAME = "tag:yaml.org,2002:python/name:"  # which names something and runs nothing
_PYTHON = "tag:yaml.org,2002:python/"


def inheritance_problem(file: Path) -> Problem | None:
    """Why MkDocs cannot read a file or what it inherits from; None if it can, or says it itself."""
    seen, step = list[Path](), file
    while step not in seen:
        if len(seen) > MOST_INHERITED:
            message = f"INHERIT: more than {MOST_INHERITED} files inherit from one another"
            return at_key(file, "INHERIT", message, "write their keys into one file")
        if wrong := _no_file(file, step):
            return wrong
        seen.append(step)
        name = os.path.relpath(step, file.parent)
        try:
            if step.stat().st_size > MOST_BYTES:
                message = f"{name} has {step.stat().st_size} bytes, limit {MOST_BYTES}"
                return Problem(file.name, START, "option", message, "leave out what is not needed")
            node = yaml.compose(step.read_text("utf-8"), Loader=yaml.SafeLoader)
        except RecursionError:
            message = f"{name} has too many lists or mappings within one another"
            return Problem(file.name, START, "option", message, "write it flat")
        except (yaml.YAMLError, OSError, ValueError):
            return None  # MkDocs says what is wrong with it
        if wrong := _harm(name, node):
            return wrong
        above = value_of(node, "INHERIT")
        if above is None:
            return None
        if not isinstance(above, yaml.ScalarNode) or above.tag != _STRING:
            message = "INHERIT: this is not the name of a file"
            return at_key(file, "INHERIT", message, "write the path of a file, or delete the line")
        step = Path(os.path.normpath(step.parent / above.value))
    message = f"INHERIT: {step.name} inherits from itself"
    return at_key(file, "INHERIT", message, "delete the line INHERIT")


def _no_file(file: Path, step: Path) -> Problem | None:
    if step.is_file() or (step == file and not step.exists()):
        return None
    if step == file:
        return Problem(file.name, START, "option", f"{file.name} is no file", "write a file here")
    message = f"INHERIT: there is no file {os.path.relpath(step, file.parent)}"
    return at_key(file, "INHERIT", message, "correct its path, or delete the line")


def _harm(name: str, root: yaml.Node | None) -> Problem | None:
    """A tag that runs something, or aliases that stand for more than can be read."""
    sizes: dict[int, int] = {}
    waiting = [root] if root else []
    while waiting:
        node = waiting[-1]
        if node.tag.startswith(_PYTHON) and not node.tag.startswith(_NAME):
            message = f"the tag !!{node.tag.rpartition('2002:')[2]} would make Python run something"
            return Problem(name, mark_of(node), "option", message, "delete the tag")
        inner = _inner(node)
        left = [one for one in inner if id(one) not in sizes]
        if left and id(node) not in sizes:
            sizes[id(node)] = MOST_VALUES + 1  # until it is known; what holds itself never is
            waiting += left
            continue
        waiting.pop()
        sizes[id(node)] = 1 + sum(sizes[id(one)] for one in inner)
    if root is None or sizes[id(root)] <= MOST_VALUES:
        return None
    message = f"{name} has more than {MOST_VALUES} values, with aliases written out"
    return Problem(name, START, "option", message, "leave out what is not needed")


def _inner(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [one for pair in node.value for one in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
