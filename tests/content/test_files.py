"""The files of a project: which are read, and which do not belong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from summitry.content import files
from summitry.content.files import Tree, read_tree


def tree_of(root: Path, *paths: str) -> Tree:
    """A project with these files in it, read."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"bytes")
    return read_tree(root, "content", "docs")


def problems(tree: Tree) -> list[tuple[str, str]]:
    return [(p.path, p.code) for p in tree.problems]


def test_what_belongs(tmp_path: Path) -> None:
    texts = ["content/events/b.md", "content/people/a-1.md", "content/sources/a.capture.json",
             "content/sources/a.proof.json", "docs/index.md", "docs/x/y.md"]  # fmt: skip
    others = ["content/images/a.png", "content/images/b.JPEG"]
    tree = tree_of(tmp_path, *others, *texts)
    assert sorted(tree.texts) == texts
    assert tree.texts["docs/index.md"] == b"bytes"
    assert tree.others == set(others)
    assert tree.problems == []


def test_empty_or_absent_folders(tmp_path: Path) -> None:
    assert read_tree(tmp_path, "content", "docs") == Tree()


@pytest.mark.parametrize(
    ("path", "code", "cure"),
    [
        ("content/poeple/a.md", "stray-file", "did you mean people?"),
        ("content/a.md", "stray-file", "folders: people, places"),
        ("content/people/deep/a.md", "stray-file", "people"),
        ("content/people/a.png", "stray-file", "here belong .md files"),
        ("content/images/a.svg", "stray-file", "here belong .md files"),
        ("content/people/run.py", "stray-file", "here belong .md files"),
        ("content/people/a.json", "stray-file", "*.capture.json, *.proof.json"),
        ("content/people/A.proof.json", "stray-file", "here belong .md files"),
        ("content/people/A.md", "bad-id", "lower-case letters"),
        ("content/people/a_b.md", "bad-id", "lower-case letters"),
        ("content/people/index.md", "bad-id", "reserved"),
        ("content/people/con.md", "bad-id", "reserved"),
        (f"content/people/{'x' * 81}.md", "bad-id", "at most 80"),
        ("content/people/.a.md", "stray-file", "rename"),
        ("content/people/.drafts", "stray-file", "rename"),
        ("docs/assets/summitry.js", "stray-file", "here belong .md files"),
        ("docs/a.html", "stray-file", "here belong .md files"),
        ("docs/a.htm", "stray-file", "here belong .md files"),
        ("docs/a.xhtml", "stray-file", "here belong .md files"),
        ("docs/a.svg", "stray-file", "here belong .md files"),
        ("docs/a.MD", "stray-file", "here belong .md files"),
        ("docs/a.markdown", "stray-file", "here belong .md files"),
        ("docs/pagefind/evil.html", "stray-file", "here belong .md files"),
        ("docs/CNAME", "stray-file", "here belong .md files"),
        ("docs/a.proof.json", "stray-file", "here belong .md files"),
        ("content/images/a%20b.png", "bad-id", "rename it: letters, digits"),
        ("content/images/a b.jpg", "bad-id", "rename it: letters, digits"),
        ("content/images/-a.webp", "bad-id", "rename it: letters, digits"),
        ("docs/photo.jpg", "stray-file", "put the picture into the folder images"),
        ("docs/x/photo.PNG", "stray-file", "put the picture into the folder images"),
        ("docs/.a.md", "stray-file", "rename"),
        ("docs/.drafts", "stray-file", "rename"),
    ],
)
def test_what_does_not_belong(tmp_path: Path, path: str, code: str, cure: str) -> None:
    tree = tree_of(tmp_path, f"{path}/deep/x.md" if path.endswith(".drafts") else path)
    assert problems(tree) == [(path, code)]
    assert tree.problems[0].mark == (1, 1)
    assert cure in tree.problems[0].cure
    assert tree.texts == {}


def test_files_of_editors_and_systems_are_passed_over(tmp_path: Path) -> None:
    tree = tree_of(
        tmp_path, "content/.DS_Store", "content/people/.a.md.swp", "content/people/a.md~",
        "docs/.git/x.md", "docs/a.tmp",
    )  # fmt: skip
    assert tree == Tree()


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    for folder in ("content/people", "docs", "outside"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "outside/x.md").write_text("secret")
    (tmp_path / "content/people/a.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "docs/gone.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "docs/more").symlink_to(tmp_path / "outside")
    tree = read_tree(tmp_path, "content", "docs")
    assert problems(tree) == [
        ("content/people/a.md", "stray-file"),
        ("docs/gone.md", "stray-file"),
        ("docs/more", "stray-file"),
    ]
    assert (tree.texts, tree.others) == ({}, set())


def test_a_pipe_is_refused_and_not_opened(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    os.mkfifo(tmp_path / "docs/pipe.md")
    assert problems(read_tree(tmp_path, "content", "docs")) == [("docs/pipe.md", "stray-file")]


@pytest.mark.parametrize("twins", [("Photo", "photo"), ("caf\u00e9", "cafe\u0301")])
def test_names_that_some_systems_take_for_one(tmp_path: Path, twins: tuple[str, str]) -> None:
    first, second = sorted(f"content/images/{name}.png" for name in twins)
    tree = tree_of(tmp_path, first, second)
    assert problems(tree) == [(second, "stray-file")]
    assert first in tree.problems[0].message


def test_other_texts_in_the_same_tree(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, "content/images/a.png", "content/people/A.md")
    other = tree.with_texts({"docs/b.md": b"b", "docs/a.md": b"a"})
    assert (list(other.texts), other.others) == (
        ["docs/a.md", "docs/b.md"], {"content/images/a.png"},
    )  # fmt: skip
    assert other.problems == []


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and folders alike; tests may run as somebody who may read everything."""
    tree_of(tmp_path, "content/people/a.md", "docs/x/y.md", "docs/z.md")
    read, scan = Path.read_bytes, os.scandir

    def read_bytes(self: Path) -> bytes:
        if self.name in ("a.md", "z.md"):
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    def scandir(path: str) -> object:
        if Path(path).name == "x":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(os, "scandir", scandir)
    tree = read_tree(tmp_path, "content", "docs")
    assert sorted(problems(tree)) == [
        ("content/people/a.md", "unreadable"), ("docs/x", "unreadable"),
        ("docs/z.md", "unreadable"),
    ]  # fmt: skip
    assert "Permission denied" in tree.problems[0].message


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("")
    assert problems(read_tree(tmp_path, "content", "docs")) == [("content", "unreadable")]


def test_a_file_that_is_as_it_was_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(path: str) -> bytes:
        read.append(path)
        return Path(path).read_bytes()

    monkeypatch.setattr(files, "read_bytes", noted)
    monkeypatch.setattr(files, "SETTLED", -1)  # as if all had stood here for long
    one, two, reader = tmp_path / "one.md", tmp_path / "two.md", files.Reader()
    one.write_bytes(b"one")
    two.write_bytes(b"two")
    assert [reader.read(str(one)), reader.read(str(two))] == [b"one", b"two"]
    assert [reader.read(str(one)), reader.read(str(two))] == [b"one", b"two"]
    two.unlink()
    two.write_bytes(b"TWO")
    assert [reader.read(str(one)), reader.read(str(two))] == [b"one", b"TWO"]
    assert read == [str(one), str(two), str(two)]
    two.unlink()
    with pytest.raises(FileNotFoundError):
        reader.read(str(two))


def test_a_file_that_changed_just_now_is_read_each_time(tmp_path: Path) -> None:
    # Within one step of the clock a file may change twice, and keep its size and its times.
    file, reader = tmp_path / "file.md", files.Reader()
    for number in range(50):
        file.write_bytes(b"%02d" % number)
        assert reader.read(str(file)) == b"%02d" % number
