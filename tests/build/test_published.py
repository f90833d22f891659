"""A build that would make what is published already does nothing; everything else is a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from summitry.build.published import Published, digest, fingerprint, remember


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "cache").mkdir()
    for name, text in {"site/index.html": "home", "site/a/b.html": "page", "in/x.md": "x"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def is_published(cache: Path, inputs: str, site: Path) -> bool:
    return Published.read(cache, site).is_made_of(inputs)


def inputs(folder: Path, *values: str) -> str:
    return fingerprint([folder / "in"], values)


def test_the_same_inputs_and_the_same_site_need_no_build(site: Path) -> None:
    remember(site / "cache", inputs(site), site / "site", {})
    assert is_published(site / "cache", inputs(site), site / "site")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("in/x.md", "y"),
        ("in/y.md", "new"),
        ("in/x.md", None),
        ("site/index.html", "hom_"),  # of the same length
        ("site/more.html", "new"),
        ("site/a/b.html", None),
        ("cache/published.json", "{"),
        ("cache/published.json", None),
        ("cache/published.json", "[]"),
    ],
)
def test_any_other_file_on_either_side_is_a_build(site: Path, path: str, text: str | None) -> None:
    remember(site / "cache", inputs(site), site / "site", {})
    if text is None:
        (site / path).unlink()
    else:
        (site / path).write_text(text)
    assert not is_published(site / "cache", inputs(site), site / "site")


def test_a_renamed_file_or_another_value_is_a_build(site: Path) -> None:
    remember(site / "cache", inputs(site, "a"), site / "site", {})
    assert not is_published(site / "cache", inputs(site, "b"), site / "site")
    (site / "in/x.md").rename(site / "in/z.md")
    assert not is_published(site / "cache", inputs(site, "a"), site / "site")


def test_another_folder_is_another_site(site: Path) -> None:
    remember(site / "cache", inputs(site), site / "site", {})
    (site / "site").rename(site / "moved")
    assert not is_published(site / "cache", inputs(site), site / "moved")
    (site / "site").symlink_to(site / "moved")
    assert not is_published(site / "cache", inputs(site), site / "site")


def test_words_do_not_run_into_each_other(tmp_path: Path) -> None:
    assert fingerprint([], ["ab", "c"]) != fingerprint([], ["a", "bc"])


def test_a_file_is_known_until_it_is_touched(site: Path) -> None:
    remember(site / "cache", "", site / "site", {})
    known = Published.read(site / "cache", site / "site")
    assert known.digest("a/b.html") == digest(b"page")
    assert known.digest("more.html") == ""
    (site / "site/a/b.html").write_text("egap")  # of the same length
    assert known.digest("a/b.html") == ""
