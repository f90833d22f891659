"""What mkdocs.yml and the environment may hold, told at its line and never in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from running import committed, copy_of
from summitry.content.report import safe
from summitry.host.configuration import read_site
from summitry.host.settings import LATEST, epoch_fault, place
from summitry.tools.cli import main
from warm import run

NAME = "site_name: Reykjavik 1986, explained"
OPTION = "main_event: meeting"
URL = "site_url: !ENV [SITE_URL, 'http://127.0.0.1:8000/']"
REPO = "repo_url: !ENV [REPO_URL, '']"
LONG = "a" * 300


@pytest.fixture(scope="module")
def sound(other: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    del other  # whose cache comes along
    return copy_of("other", tmp_path_factory.mktemp("settings"))


@pytest.fixture
def config(sound: Path) -> Path:
    """The configuration of a sound site; what a test writes into it goes with the test."""
    path = sound / "mkdocs.yml"
    text = path.read_bytes()
    yield path
    path.write_bytes(text)


def put(config: Path, line: str, instead: str) -> int:
    """Write something in place of a line of mkdocs.yml. Returns the line's number."""
    text = config.read_text("utf-8")
    assert text.count(line) == 1
    config.write_text(text.replace(line, instead), "utf-8", "surrogateescape")
    return text[: text.index(line)].count("\n") + 1


def told(config: Path, *words: str) -> list[tuple[int, str]]:
    """The line and message of each problem that `summitry check` has."""
    done = CliRunner().invoke(main, ["check", "-f", str(config), "--format", "json", *words])
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    rows = [row for row in json.loads(done.stdout) if row["severity"] == "error"]
    assert done.exit_code == bool(rows)
    assert all(row["path"] == "mkdocs.yml" and row["fix"] for row in rows)
    return [(row["line"], row["message"]) for row in rows]


# What stands in place of a line, how many lines below it the problem is, and what is said.
WRONG = {
    "NUL in content_dir": (OPTION, f'{OPTION}\n      content_dir: "a\\0b"', 1,
        "a<U+0000>b is not a"),
    "NUL in cache_dir": (OPTION, f'{OPTION}\n      cache_dir: "a\\0b"', 1, "a<U+0000>b is not a"),
    "NUL in review": (OPTION, f'{OPTION}\n      review: "a\\0b.csv"', 1, "a<U+0000>b.csv is not a"),
    "NUL in site_dir": (NAME, f'{NAME}\nsite_dir: "a\\0b"', 1, "U+0000"),
    "a long content_dir": (OPTION, f"{OPTION}\n      content_dir: {LONG}", 1, "is not a folder"),
    "a long cache_dir": (OPTION, f"{OPTION}\n      cache_dir: {LONG}", 1, "is not a folder"),
    "a long review": (OPTION, f"{OPTION}\n      review: {LONG}.csv", 1, "is not a .csv file"),
    "a long site_dir": (NAME, f"{NAME}\nsite_dir: {LONG}", 1, "File name too long"),
    "a file for the cache": (OPTION, f"{OPTION}\n      cache_dir: mkdocs.yml", 1, "not a folder"),
    "a cache below a file": (OPTION, f"{OPTION}\n      cache_dir: mkdocs.yml/x", 1, "not a folder"),
    "an address cut short": (URL, "site_url: 'http://['", 0, "site_url: this is not a web address"),
    "an address with a port that is none": (
        URL, "site_url: http://a.example:99999/", 0, "“http://a.example:99999/” is not a web"),
    "an address with a password": (URL, "site_url: https://u:pw9@a.example/", 0, "a user name or"),
    "a repository cut short": (REPO, "repo_url: 'http://['", 0, "repo_url: this is not a web"),
    "a very long name": (NAME, f"site_name: {'word ' * 200}", 0, "999 characters, limit 100"),
    "a long word for a name": (NAME, f"site_name: {'W' * 90}", 0,
        "site_name: the title is too long"),
    "a control in the name": (NAME, 'site_name: "a\\x1b[31mb"', 0, "U+001B"),
    "a line break in the name": (NAME, 'site_name: "a\\nb"', 0,
        "site_name: it holds the character"),
    "a hidden turn in the name": (NAME, 'site_name: "a\\u202eb"', 0, "U+202E"),
    "a struck letter in the name": (NAME, 'site_name: "a\\u0336b"', 0, "U+0336"),
    "a control in a label": ("label: Moscow", 'label: "Mos\\x1bcow"', 0, "U+001B"),
    "an address in the menu": ("to: quotes/", 'to: "javascript:alert(1)"', 0, "menu.1.to"),
    "a zone misspelt": ("name: Europe/Moscow", "name: Europe/Moskow", 0, "time_zones.1.name"),
    "an event that is none": (OPTION, "main_event: meetin", 0, "events/meetin does not exist"),
    "an unknown option": (OPTION, f"{OPTION}\n      tpoics: {{}}", 1, "tpoics: this is no option"),
    "a footer that leads nowhere": ("to: facts/", "to: fax/", 0,
        "footer.0.to: no page of this site is at fax/"),
    "a menu without a slash": ("to: quotes/", "to: quotes", 0,
        "menu.1.to: no page of this site is at quotes"),
    "a page that is none": (OPTION, f"{OPTION}\n      proof_page: proof/", 1,
        "proof_page: no page of this site is at proof/"),
    "a part that no page has": (OPTION, f'{OPTION}\n      day_page: "#at-nowhere"', 1,
        "day_page: the first page has no heading with the id at-nowhere"),
    "a heading that is none": (OPTION, f'{OPTION}\n      day_page: "#nowhere"', 1,
        "day_page: the first page has no heading with the id nowhere"),
    "a page of the navigation that is none": (NAME, f"{NAME}\nnav: [index.md, gone.md]", 1,
        "nav.1: docs has no gone.md"),
    "an option of a zone misspelt": ("label: Moscow", "labl: Moscow", 0,
        "time_zones.1.labl: this is no option"),
    "an option of the wrong form": (OPTION, f"{OPTION}\n      search: perhaps", 1,
        "search: this is neither true nor false"),
    "a file that inherits itself": (NAME, f"{NAME}\nINHERIT: ./mkdocs.yml", 1,
        "inherits from itself"),
    "lists 3000 deep": (NAME, f"{NAME}\nextra: {'[' * 3000}{']' * 3000}", None,
        "within one another"),
    "a day that is none": (NAME, f"{NAME}\nextra: {{built: 2025-13-45}}", 1,
        "“2025-13-45” looks like a date, and is none"),
    "YAML that is none": (NAME, "site_name: 'x' y", 0,
        "the line does not belong to the keys above it"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "instead", "below", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_setting_is_told_at_its_line(
    config: Path, line: str, instead: str, below: int | None, said: str
) -> None:
    at = put(config, line, instead)
    found = told(config)
    assert any(said in message for _, message in found), found
    assert {number for number, _ in found} == {1 if below is None else at + below}
    assert not any("pw9" in message for _, message in found)


THEME = "  name: material"
TOPICS = "topics: {talks: The talks}"
EDITED = f"{REPO}\nedit_uri: edit/main/docs/"
FROM = (("a", ""), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e"))
MAILBOX = "contact_email: !ENV [CONTACT_EMAIL, '']"
MANY = "[*a, *a, *a, *a, *a, *a, *a, *a, *a]"
# What MkDocs takes and no page can have: what is written, how many lines below, and what is said.
UNFIT = {
    "a topic that leads out": (TOPICS, "topics: {../../../x: X}", 0, "topics: ../../../x cannot"),
    "a topic with a blank": (TOPICS, "topics: {a b: X}", 0, "topics: a b cannot stand"),
    "a language that leads out": (THEME, f"{THEME}\n  language: ../../x", 1,
        "theme.language: “../../x” is not a language tag"),
    "two languages": (THEME, f"{THEME}\n  language: [en]", 1, "theme.language: this is no text"),
    "templates from elsewhere": (THEME, f"{THEME}\n  custom_dir: /usr", 1,
        "theme.custom_dir: /usr is not a folder inside"),
    "markup in the theme": (THEME, f"{THEME}\n  palette: {{scheme: '\"><b>'}}", 1,
        "theme.palette.scheme: markup stands"),
    "a script in the name": (NAME, "site_name: <script>x</script>", 0, "site_name: markup stands"),
    "markup in a label": (TOPICS, "topics: {talks: <b>}", 0, "topics.talks: markup stands"),
    "markup in the navigation": (NAME, f"{NAME}\nnav: [{{<b>: index.md}}]", 1, "nav.0: markup"),
    "a mailbox of two lines": (MAILBOX, 'contact_email: "a@b.example\\nBcc: c@d.example"', 0,
        "contact_email: a@b.example<U+000A>"),
    "a mailbox that asks": (MAILBOX, "contact_email: a@b.example?bcc=c@d.example", 0,
        "is not an e-mail address"),
    "a script for editing": (EDITED, "repo_url: https://a.example/\nedit_uri: javascript:x",
        1, "edit_uri: pages would lead"),
    "a site behind a question": (URL, "site_url: https://a.example/?x=1", 0, "has a ? or #"),
    "a site above itself": (URL, "site_url: https://a.example/../", 0, "has dots for a folder"),
    "a sheet of another host": (NAME, f"{NAME}\nextra_css: [//a.example/x.css]", 1, "extra_css: "),
    "a reader's steps": (NAME, f"{NAME}\nextra: {{analytics: {{provider: google}}}}", 1,
        "extra.analytics: a page loads no script"),
    "a script in a link": (NAME, f"{NAME}\nextra: {{social: [{{link: 'JavaScript:x'}}]}}", 1,
        "extra.social.0.link: no page leads to"),
    "everything left out": (NAME, f"{NAME}\nexclude_docs: '*'", 1, "exclude_docs: it leaves out"),
    "one folder for two": (OPTION, f"{OPTION}\n      content_dir: docs", 1,
        "content_dir: it and docs_dir, docs, lie in one another"),
    "two of us": ("plugins:", "plugins:\n  - summitry", 0, "plugins: summitry stands here twice"),
    "a key that stands twice": (NAME, f"{NAME}\nsite_name: Two", 1, "key site_name stands twice"),
    "a number for a name": (NAME, "site_name: 1986", 0, "site_name: this must be text"),
    "a file that is none": (NAME, f"{NAME}\nINHERIT: gone.yml", 1, "there is no file gone.yml"),
    "a folder for a file": (NAME, f"{NAME}\nINHERIT: docs", 1, "INHERIT: there is no file docs"),
    "a file without an end": (NAME, f"{NAME}\nINHERIT: /dev/zero", 1, "there is no file ../"),
    "a number for a file": (NAME, f"{NAME}\nINHERIT: 5", 1, "INHERIT: this is not the name"),
    "what runs": (NAME, f"{NAME}\nextra: {{x: !!python/object/apply:os.getcwd []}}", 1,
        "would make Python run something"),
    "aliases of aliases": (NAME, NAME + "".join(
        f"\n{to}: &{to} {MANY.replace('a', of) if of else '[1, 2]'}" for to, of in FROM), None,
        "20000 values"),
    "too much": (NAME, f"{NAME}\nextra:\n" + "  k: [v]\n" * 12_000, None, "bytes, limit 100000"),
    "a byte of another code": (NAME, "site_name: caf\udce9", 0, "byte 0xE9 is not UTF-8"),
    "a NUL": (NAME, "site_name: a\0b", 0, "YAML does not allow the character U+0000"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "instead", "below", "said"), UNFIT.values(), ids=UNFIT)
def test_what_no_page_can_have_is_told_before_one_is_made(
    config: Path, line: str, instead: str, below: int | None, said: str
) -> None:
    at = put(config, line, instead)
    found = [(one.mark.line, one.message) for one in read_site(config).problems if one.hint]
    assert any(said in safe(message) for _, message in found), found
    assert {number for number, _ in found} == {1 if below is None else at + below}


def test_a_link_for_mkdocs_yml_is_refused(config: Path, tmp_path: Path) -> None:
    away = tmp_path / "away.yml"
    away.write_bytes(config.read_bytes())
    config.unlink()
    config.symlink_to(away)
    told = {one.message for one in read_site(config).problems}
    assert "mkdocs.yml is a link, and the project is where it stands" in told
    config.unlink()


def test_where_options_may_lead(config: Path) -> None:
    """Lists by a filter, files for programs, headings, and pages that the build makes."""
    lists = ("quotes/by/ronald-reagan/", "data/facts.csv", "timeline/#at-more", "#timeline")
    items = "".join(f'\n        - {{label: A, to: "{to}"}}' for to in lists)
    put(config, "        - {label: Quotes, to: quotes/}", items[1:])
    nav = "[index.md, {Quotes: quotes/index.md}, {D: 'https://a.example/'}]"
    put(config, NAME, f"{NAME}\nnav: {nav}")
    assert told(config) == []


def test_every_wrong_option_is_told_at_its_own_line_with_a_cure(config: Path) -> None:
    at = put(config, OPTION, "main_evnt: meeting\n      menue: []\n      searched_for_days: 0")
    done = CliRunner().invoke(main, ["check", "-f", str(config), "--format", "json"])
    assert [(row["line"], row["fix"]) for row in json.loads(done.stdout)] == [
        (at, "did you mean main_event?"),
        (at + 1, "did you mean menu?"),
        (at + 2, "write 1 or more"),
    ]  # fmt: skip


def test_what_is_unset_is_noted_and_no_longer_when_it_is_set(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(config, "  name: material", "  name: material\n  language: ar")

    def notes() -> set[str]:
        done = CliRunner().invoke(main, ["check", "-f", str(config), "--format", "json"])
        rows = json.loads(done.stdout)
        assert all(row["fix"] for row in rows)
        return {row["code"] for row in rows if row["severity"] == "note"}

    assert notes() >= {"unset-option", "interface-words", "no-history"}
    for name in ("SITE_URL", "REPO_URL"):
        monkeypatch.setenv(name, "https://a.example/")
    monkeypatch.setenv("CONTACT_EMAIL", "desk@a.example")
    put(config, "\n  language: ar", "")
    assert not notes() & {"unset-option", "interface-words"}


def test_files_that_inherit_in_a_circle_or_beyond_measure(config: Path) -> None:
    put(config, NAME, f"{NAME}\nINHERIT: a.yml")
    for name, above in (("a", "b"), ("b", "a")):
        config.with_name(f"{name}.yml").write_text(f"INHERIT: {above}.yml\n")
    assert told(config) == [(2, "INHERIT: a.yml inherits from itself")]
    config.with_name("b.yml").write_text("INHERIT: c0.yml\n")
    for n in range(20):
        config.with_name(f"c{n}.yml").write_text(f"INHERIT: c{n + 1}.yml\n")
    assert "more than 10 files inherit" in told(config)[0][1]
    config.with_name("b.yml").write_text("site_description: D\n")
    assert told(config) == []


EPOCHS = ["abc", "-1", "1e5", "1.5", "٣", " 1", "4294967296", "99999999999999999999", "0x10"]


@pytest.mark.parametrize("given", EPOCHS)
def test_a_time_that_is_none_is_told(
    config: Path, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    (found,) = told(config, "--settings")
    assert found[1].startswith(f"SOURCE_DATE_EPOCH in the environment is “{given}”, and not")


@pytest.mark.parametrize("given", ["", "0", "1755259200", str(LATEST)])
def test_times_that_a_build_can_have(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert epoch_fault() == ""


def test_settings_alone_are_checked_without_reading_content(config: Path) -> None:
    (config.parent / "content" / "facts" / "x.md").write_text("nothing")
    assert told(config, "--settings") == []
    assert told_anything(config)
    (config.parent / "content" / "facts" / "x.md").unlink()


def told_anything(config: Path) -> bool:
    return CliRunner().invoke(main, ["check", "-f", str(config)]).exit_code == 1


def test_places_of_nested_keys(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text("a:\n  b: 1\nplugins:\n  - search\n  - summitry:\n      x:\n        - {y: 1}\n")
    assert place(file, "a") == (1, 1)
    assert place(file, "a.b") == (2, 3)
    assert place(file, "x.0.y") == (7, 12)
    assert place(file, "x.0.z") == (7, 11)
    assert place(file, "x.1") == (6, 7)
    assert place(file, "nothing") == (1, 1)
    assert place(tmp_path / "none.yml", "a") == (1, 1)


@pytest.mark.build
@pytest.mark.parametrize("epoch", ["abc", "-1", "", "99999999999"])
def test_a_build_says_the_same_or_passes(other: Path, tmp_path: Path, epoch: str) -> None:
    del other  # whose cache comes along
    project = committed(copy_of("other", tmp_path))
    done = run("mkdocs", "build", "-d", str(tmp_path / "out" / "site"), cwd=project,
               env={"SOURCE_DATE_EPOCH": epoch})  # fmt: skip
    assert "Traceback" not in done.stderr
    assert (done.returncode == 0) == (epoch == "")
    assert epoch == "" or "SOURCE_DATE_EPOCH" in done.stderr
    out = tmp_path / "out"
    assert not out.exists() or {path.name for path in out.iterdir()} == {"site"}


@pytest.mark.build
def test_a_build_of_a_commit_of_a_far_year_carries_no_date(other: Path, tmp_path: Path) -> None:
    del other  # whose cache comes along
    project = copy_of("other", tmp_path)
    far = {"GIT_COMMITTER_DATE": "@99999999999 +0000", "GIT_AUTHOR_DATE": "@99999999999 +0000"}
    with pytest.MonkeyPatch.context() as patched:
        for name, value in far.items():
            patched.setenv(name, value)
        committed(project)
    done = run("mkdocs", "build", cwd=project)
    assert done.returncode == 0, done.stderr
    pages = "".join(p.read_text("utf-8") for p in (project / "site").rglob("*.html"))
    assert "5138" not in pages
    noted = run("summitry", "check", cwd=project).stdout
    assert "is dated later than today" in noted
    assert "fix: set the clock right, then: git rebase --force-rebase --root" in noted


QUOTING = {
    "site_name": (NAME, "site_name: Of “we will go home”", 0),
    "site_description": (NAME, f"{NAME}\nsite_description: Of ‘we will go home’", 1),
    "nav.0": (NAME, f"{NAME}\nnav: [{{«We will go home»: index.md}}]", 1),
    "rights": ("rights: Sample text for tests.", "rights: 「We will go home」", 0),
    "topics.talks": ("{talks: The talks}", "{talks: „We will go home“}", 0),
    "menu.0.label": ("{label: Summary,", "{label: —We will go home,", 0),
    "story.0.label": (OPTION, f"{OPTION}\n      story: [{{label: “go-home-now”, to: x/}}]", 1),
    "footer.0.label": ("{label: Facts,", "{label: ‹We go home›,", 0),
    "sides.us": ("us: United States", "us: ’We go home’", 0),
}


@pytest.mark.parametrize("key", QUOTING)
def test_settings_quote_nothing(config: Path, key: str) -> None:
    line, instead, below = QUOTING[key]
    number = put(config, line, instead)
    found = [(row, message) for row, message in told(config) if " is quoted, " in message]
    assert [(row, message.partition(":")[0]) for row, message in found] == [(number + below, key)]


def test_settings_have_apostrophes_and_single_words_in_marks(config: Path) -> None:
    put(config, NAME, "site_name: The mayor’s “plan” of the ’90s, explained")
    assert told(config) == []
