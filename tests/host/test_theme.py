"""Templates come with the package, behind the site's own; what is wrong with them is told."""

from pathlib import Path

import pytest
from jinja2 import TemplateError
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from running import SITES, copy_of
from summitry import TEMPLATES
from summitry.content.problems import Mark
from summitry.host import plugin, theme
from summitry.host.configuration import read_site
from summitry.host.inputs import world_of

WORDS = "site_name: One\ntheme: {THEME}\nplugins:\n  - summitry: {}\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    path = tmp_path / "mkdocs.yml"
    path.write_text(WORDS.replace("{THEME}", "material"), "utf-8")
    return path


def test_a_site_that_names_no_templates_has_the_package_s(config: Path) -> None:
    loaded = load_config(str(config))
    theme.join(loaded)
    theme.join(loaded)
    assert loaded.theme.dirs[0] == str(TEMPLATES)
    assert loaded.theme.dirs.count(str(TEMPLATES)) == 1
    assert (
        loaded.theme.get_env().get_template("blocks/story.html").filename.startswith(str(TEMPLATES))
    )
    assert loaded.theme["font"] is False  # the theme's is on another host


def test_a_site_s_own_template_wins_over_the_package_s(config: Path) -> None:
    mine = config.parent / "mine"
    mine.mkdir()
    (mine / "404.html").write_text("mine", "utf-8")
    config.write_text(WORDS.replace("{THEME}", "{name: material, custom_dir: mine}"), "utf-8")
    loaded = load_config(str(config))
    theme.join(loaded)
    assert [Path(one) for one in loaded.theme.dirs[:2]] == [mine, TEMPLATES]
    assert loaded.theme.get_env().get_template("404.html").render() == "mine"
    assert theme.own_folders(loaded) == [mine, TEMPLATES]


@pytest.mark.parametrize("written", ["mkdocs", "{name: readthedocs}"])
def test_a_theme_without_the_layout_is_told(config: Path, written: str) -> None:
    config.write_text(WORDS.replace("{THEME}", written), "utf-8")
    (found,) = [one for one in read_site(config).problems if one.code == "option"]
    assert (found.mark, found.cure) == (Mark(2, 1), "write theme: {name: material}")
    cured = WORDS.replace("{THEME}", found.cure.removeprefix("write theme: "))
    config.write_text(cured, "utf-8")
    assert not read_site(config).problems


def test_missing_templates_are_told_with_what_to_do(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "TEMPLATES", config.parent / "nowhere")
    (found,) = read_site(config).problems
    assert "the templates of summitry are not in" in found.message
    assert found.cure.startswith("install it again: pip install")


def test_another_state_of_the_package_s_templates_is_another_world(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So kept pages are made again."""
    ours = config.parent / "ours"
    ours.mkdir()
    (ours / "main.html").write_text("one", "utf-8")
    monkeypatch.setattr(theme, "TEMPLATES", ours)
    loaded, options = load_config(str(config)), read_site(config).options
    assert options is not None
    before = world_of(loaded, options)
    assert world_of(loaded, options) == before
    (ours / "main.html").write_text("two", "utf-8")
    assert world_of(loaded, options) != before


@pytest.mark.parametrize(
    ("tag", "kept"),
    [("de", "de"), ("de-AT", "de"), ("pt-BR", "pt-BR"), ("sr-Latn", "sr"), ("tlh", "en")],
)
def test_the_theme_s_words_are_there_for_every_tag(config: Path, tag: str, kept: str) -> None:
    config.write_text(WORDS.replace("{THEME}", f"{{name: material, language: {tag}}}"), "utf-8")
    loaded = load_config(str(config))
    theme.join(loaded)
    assert loaded.theme["layout_language"] == kept
    asked = "{% import 'partials/language.html' as lang with context %}{{ lang.t('language') }}"
    assert loaded.theme.get_env().from_string(asked).render(config=loaded) == kept.partition("-")[0]


WRONG = {
    "{% include 'away.html' %}": "mine/one.html:2: there is no template away.html",
    "{% if %}": "mine/one.html:2: Expected an expression, got 'end of statement block'",
    "{{ [].a.b }}": "mine/one.html:2: 'list object' has no attribute 'a'",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_template_that_fails_is_told_at_its_line(config: Path, wrong: str) -> None:
    mine = config.parent / "mine"
    mine.mkdir()
    (mine / "one.html").write_text(f"\n{wrong}", "utf-8")
    config.write_text(WORDS.replace("{THEME}", "{name: material, custom_dir: mine}"), "utf-8")
    loaded = load_config(str(config))
    with pytest.raises(TemplateError) as raised:
        loaded.theme.get_env().get_template("one.html").render()
    found = theme.fault(raised.value, loaded)
    assert found.code == "template"
    assert f"{found.path}:{found.mark.line}: {found.message}".startswith(WRONG[wrong])
    assert "without a file of that name in custom_dir ours is used" in found.cure


def test_the_check_tells_what_a_build_would_end_in_of_own_templates(config: Path) -> None:
    mine = config.parent / "mine"
    mine.mkdir()
    (mine / "404.html").write_text("{% include 'frame/footer.html' %}", "utf-8")
    (mine / "one.html").write_text("\n{% include 'away.html' %}", "utf-8")
    (mine / "two.html").write_text("\n\n{% if %}", "utf-8")
    config.write_text(WORDS.replace("{THEME}", "{name: material, custom_dir: mine}"), "utf-8")
    told = [(p.path, p.mark.line, p.code) for p in read_site(config).problems]
    assert told == [("mine/one.html", 2, "template"), ("mine/two.html", 3, "template")]
    (mine / "away.html").write_text("", "utf-8")
    (mine / "two.html").unlink()
    (mine / "two.html").mkdir()  # a folder is no template, whatever its name
    assert read_site(config).problems == []


def test_no_test_site_points_at_the_templates() -> None:
    for path in SITES.glob("*/mkdocs.yml"):
        assert "custom_dir" not in path.read_text("utf-8"), path


def test_templates_from_outside_are_refused_before_any_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`custom_dir: /usr` had a build hash all that is in there first."""

    def hashed(*_: object) -> str:
        raise AssertionError("folders were read")

    monkeypatch.setattr(plugin, "inputs_of", hashed)
    site = copy_of("other", tmp_path)
    file = site / "mkdocs.yml"
    named = f"  name: material\n  custom_dir: {tmp_path}"
    file.write_text(file.read_text("utf-8").replace("  name: material", named), "utf-8")
    config = load_config(str(file))
    with pytest.raises(PluginError, match=r"custom_dir: \S+ is not a folder inside the project"):
        config.plugins.on_config(config)
