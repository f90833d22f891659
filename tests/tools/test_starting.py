"""`summitry init`, `new` and `explain`: what a newcomer begins with."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from running import ROOT, digests
from summitry.checks.rules import Examination, examine
from summitry.content.files import read_tree
from summitry.content.kinds import KINDS
from summitry.content.options import Options
from summitry.content.placeholders import WORDS, is_placeholder, may_hold
from summitry.content.problems import CATALOGUE
from summitry.host.configuration import read_site
from summitry.tools import evidence_commands, start_command, starting
from summitry.tools.cli import main
from summitry.tools.workshop import Workshop
from summitry.tools.writing import WorkshopError

ANSWERS = {
    "summit": "Gipfel von Musterstadt",
    "day": "2024-05-03",
    "last-day": "2024-05-04",
    "place": "Musterstadt",
    "latitude": "48.2",
    "longitude": "16.37",
    "zone": "Europe/Vienna",
}
LEADERS = ("Anna Muster=Nordland", "Олена Приклад=Südland", "Bo Ek=Westland")
ARTICLE = (
    "The delegations met on the island, and the talks ended without a paper after a long day.\n"
    "A delegate told reporters that we came by sea because the sea was calm and the wind low.\n"
)


def summitry(*words: str, cwd: Path | None = None, asked: str | None = None) -> Result:
    config = ("-f", str(cwd / "mkdocs.yml")) if cwd else ()
    return CliRunner().invoke(main, [*words, *config], input=asked)


def begin(folder: Path, *more: str, **answers: str) -> Result:
    given = [f"--{name}={value}" for name, value in {**ANSWERS, **answers}.items() if value]
    people = [f"--leader={one}" for one in LEADERS]
    return summitry("init", str(folder), *given, *people, *more)


def verdict(folder: Path) -> Examination:
    site = read_site(folder / "mkdocs.yml")
    assert site.options is not None, site.problems
    assert not site.problems
    tree = read_tree(site.root, site.options.content_dir, site.docs_dir)
    return examine(tree, site.docs_dir, site.options, site.root)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site, not to be changed."""
    folder = tmp_path_factory.mktemp("begun") / "site"
    done = begin(folder, language="de")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def site(begun: Path, tmp_path: Path) -> Path:
    """A copy of it that can be changed."""
    return shutil.copytree(begun, tmp_path / "site")


# init


@pytest.mark.parametrize("language", ["en", "de", "uk", "ru", "ja"])
def test_a_new_site_passes_its_check_in_each_language(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "new"
    assert begin(folder, language=language).exit_code == 0
    found = verdict(folder)
    assert [one for one in found.problems if not one.note] == []
    assert found.library is not None
    assert {ref.kind for ref in (item.ref for item in found.library.every())} == set(KINDS)


def named(folder: Path) -> dict[str, str]:
    """The files that a note says are as they were written to be replaced, and what it says."""
    return {one.path: one.message for one in verdict(folder).problems if one.code == "placeholder"}


def test_the_check_names_each_file_that_is_to_be_replaced(begun: Path) -> None:
    found = named(begun)
    content = {path.relative_to(begun).as_posix() for path in begun.rglob("content/*/*.md")}
    pages = {"docs/index.md", "docs/story.md", "docs/about/index.md", "mkdocs.yml"}
    assert found.keys() == content | pages
    assert found["content/terms/example-term.md"] == (
        "still as it was written to be replaced: name, definition and evidence.0.says"
    )
    assert set(WORDS) == {one["label"] for one in starting._texts().values()}


def test_it_says_that_all_is_an_example(begun: Path) -> None:
    """What it states of people and places is what was answered; every sentence says what it is."""
    keys = r"summary|statement|says|definition|caption|who_could_settle|quality"
    for path in (begun / "content").rglob("*.md"):
        for value in re.findall(rf"^\s*-? ?(?:{keys}): \"(.*)\"$", path.read_text("utf-8"), re.M):
            assert value.startswith("Beispiel: "), (path, value)
    for path in (begun / "docs/index.md", begun / "docs/story.md"):
        body = path.read_text("utf-8").split("---\n", 2)[2]
        for paragraph in body.split("\n\n"):
            if re.match(r"\w", paragraph.strip()):
                assert paragraph.strip().startswith("Beispiel: "), paragraph


def test_nothing_of_another_summit_is_in_it(begun: Path) -> None:
    strange = re.compile(r"alaska|anchorage|trump|putin|kremlin|reykjav|reagan", re.IGNORECASE)
    for path in begun.rglob("*"):
        if path.is_file():
            assert not strange.search(path.read_text("utf-8")), path


def test_every_option_stands_in_mkdocs_yml_with_what_it_is(begun: Path) -> None:
    text = (begun / "mkdocs.yml").read_text("utf-8")
    for name in Options.model_fields:
        assert re.search(rf"^      # .+\n      (?:# )?{name}:", text, re.MULTILINE), name
    loose = yaml.safe_load(
        re.sub(r"^      # (\w+: )", r"      \1", text.replace("!ENV", ""), flags=re.M)
    )
    (plugin,) = loose["plugins"]
    assert plugin["summitry"].keys() == Options.model_fields.keys()


def test_the_guide_fits_a_site_of_an_installed_package(begun: Path) -> None:
    for path in (begun / "docs/contribute").glob("*.md"):
        text = path.read_text("utf-8")
        assert not re.search(r"`make |^make |\.venv/bin/(?!activate)", text, re.MULTILINE), path
    writing = (begun / "docs/contribute/writing.md").read_text("utf-8")
    assert "`[Ann Example](../content/people/ann-example.md)`" in writing
    assert (
        "describes every table of the files for programs, with" in writing
    )  # its page is not there
    assert "summitry prove content/quotes/my-quote.md" in (
        begun / "docs/contribute/proving.md"
    ).read_text("utf-8")


def test_no_link_of_the_guide_is_dead(begun: Path) -> None:
    guide = begun / "docs/contribute"
    linked = {
        (path.parent / link).resolve()
        for path in guide.glob("*.md")
        for link in re.findall(r"(?<![`!])\[[^\]\n]+\]\(([\w./-]+\.md)", path.read_text("utf-8"))
    }
    assert {path for path in linked if not path.is_file()} == set()
    assert {path.name for path in guide.glob("*.md")} - {"index.md"} <= {
        path.name for path in linked
    }
    nav = re.findall(r"^ +- contribute/(.+)$", (begun / "mkdocs.yml").read_text("utf-8"), re.M)
    assert sorted(nav) == sorted(path.name for path in guide.glob("*.md"))
    pages = (guide / "pages.md").read_text("utf-8")
    assert "of this site" not in pages
    assert "\n| the word | what it takes | what it shows |\n| --- | --- | --- |\n" in pages
    hosting = (guide / "hosting.md").read_text("utf-8")
    assert re.findall(r"^#+ (.+)$", hosting, re.M)[-1] == "What to watch"
    assert "measured" not in hosting.partition("---\n# ")[2]


def test_an_editor_finds_the_schema_of_each_kind(begun: Path) -> None:
    settings = json.loads((begun / ".vscode/settings.json").read_text("utf-8"))
    named = settings["yaml.schemas"]
    assert set(named.values()) == {f"content/{kind}/*.md" for kind in KINDS}
    for path in named:
        assert json.loads((begun / path).read_text("utf-8"))["properties"], path


def test_its_actions_are_pinned_as_ours_are(begun: Path) -> None:
    def pins(folder: Path) -> set[str]:
        texts = (path.read_text("utf-8") for path in folder.glob("*.yml"))
        return {pin for text in texts for pin in re.findall(r"uses: (\S+@\w+)", text)}

    own = pins(begun / ".github/workflows")
    assert own
    assert own <= pins(ROOT / ".github/workflows")
    assert all(len(pin.partition("@")[2]) == 40 for pin in own)


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    done = begin(tmp_path)
    assert done.exit_code == 1
    assert "is not empty: name a folder that is empty or does not exist yet" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_repository_without_files_can_be_begun(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert begin(tmp_path).exit_code == 0
    assert (tmp_path / "mkdocs.yml").is_file()


@pytest.mark.parametrize("missing", ["summit", "day", "place", "latitude", "longitude", "zone"])
def test_what_is_missing_is_named_where_nobody_can_be_asked(tmp_path: Path, missing: str) -> None:
    done = begin(tmp_path / "new", **{missing: ""})
    assert done.exit_code == 2
    assert f"--{missing} is missing" in done.output
    assert not (tmp_path / "new").exists()


WRONG = {
    "zone": ("Europe/Viena", "did you mean Europe/Vienna?"),
    "day": ("3 May 2024", "write a day as 2025-08-15"),
    "last-day": ("2024-05-02", "--last-day lies before --day"),
    "latitude": ("148", "-90<=x<=90"),
    "summit": ("The [great] one", "write it without [ ]"),
    "language": ("deutsch", "deutsch"),
}


@pytest.mark.parametrize("option", WRONG)
def test_a_wrong_answer_is_told_and_nothing_is_written(tmp_path: Path, option: str) -> None:
    value, said = WRONG[option]
    done = begin(tmp_path / "new", **{option: value})
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "new").exists()


def test_zones_come_one_at_a_time(tmp_path: Path) -> None:
    done = begin(tmp_path / "new", zone="Europe/Vienna, Asia/Tokyo")
    assert done.exit_code == 2
    assert "write one zone at a time" in done.output


def test_on_a_terminal_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_command, "_can_ask", lambda: True)
    lines = ["de", "A meeting", "then", "2024-05-03", "2024-05-04", "A place", "48.2", "16.4",
             "Europe/Vienna", "Asia/Tokyo", "", "Ann Example=North", "Bo Ek=South", ""]  # fmt: skip
    done = summitry("init", str(tmp_path / "new"), asked="\n".join(lines) + "\n")
    assert done.exit_code == 0, done.output
    assert "write a day as 2025-08-15" in done.output  # and asks again
    assert (tmp_path / "new/content/people/bo-ek.md").is_file()
    settings = (tmp_path / "new/mkdocs.yml").read_text("utf-8")
    assert "language: de" in settings
    assert '{name: Asia/Tokyo, label: "Tokio"}' in settings
    assert "end: 2024-05-04" in (tmp_path / "new/content/events/summit.md").read_text("utf-8")
    assert [one for one in verdict(tmp_path / "new").problems if not one.note] == []


def test_on_a_terminal_nothing_is_asked_that_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_command, "_can_ask", lambda: True)
    done = begin(tmp_path / "new")
    assert done.exit_code == 0, done.output
    assert "?" not in done.output


def test_ids_are_made_from_names() -> None:
    found = starting.leaders(
        [("Žofie Ék", "Österland"), ("Олена", "Österland"), ("žofie ek", "Юг")]
    )
    assert [(one.id, one.side, one.side_label) for one in found] == [
        ("zofie-ek", "osterland", "Österland"),
        ("leader-2", "osterland", "Österland"),
        ("zofie-ek-3", "side-3", "Юг"),
    ]
    assert starting.slug("会談", "place") == "place"


@pytest.mark.parametrize(
    ("name", "made"),
    [("Höfði house", "hofdi-house"), ("Þingvellir", "thingvellir"), ("Ærø", "aero"),
     ("Łódź", "lodz"), ("Großer Saal", "grosser-saal"), ("Đà Nẵng", "da-nang")],
)  # fmt: skip
def test_no_letter_of_a_latin_name_is_lost(name: str, made: str) -> None:
    assert starting.slug(name, "place") == made


def test_a_leader_without_a_side_is_refused(tmp_path: Path) -> None:
    for one in ("Ronald Reagan", "Ronald Reagan=", "=North"):
        done = begin(tmp_path / "new", "--leader", one)
        assert done.exit_code == 2
        assert "=Side', with the side that is led" in " ".join(done.output.split())
        assert not (tmp_path / "new").exists()


# new


def test_a_zone_is_called_as_the_summit_is_written() -> None:
    told = ["Reykjavi\u0301k Summit", "Höfði"]
    assert starting.city("Atlantic/Reykjavik", "en", told) == "Reykjavík"
    assert starting.city("Atlantic/Reykjavik", "en") == "Reykjavik"
    assert starting.city("Europe/Oslo", "en", ["Osloer Gipfel"]) == "Oslo"
    assert starting.city("America/Sao_Paulo", "en", ["The São Paulo talks"]) == "São Paulo"


def test_a_new_file_of_each_kind_passes_as_it_is(site: Path) -> None:
    for kind, model in KINDS.items():
        done = summitry("new", kind, "my-own", cwd=site)
        assert done.exit_code == 0, done.output
        text = (site / f"content/{kind}/my-own.md").read_text("utf-8")
        required, _, _ = text.partition("# Not required.")
        for name, info in model.model_fields.items():
            key = info.alias or name
            held = rf"^# .+\n{key}:" if f"\n{key}:" in required else rf"^# .+\n#{key}:"
            assert re.search(held, text, re.MULTILINE), (kind, key)
            assert not info.is_required() or f"\n{key}:" in required
    problems = verdict(site).problems
    assert [one for one in problems if not one.note] == []
    kept = {one.path for one in problems if one.code == "placeholder"}
    assert {f"content/{kind}/my-own.md" for kind in KINDS} <= kept


def test_a_new_file_has_the_day_and_the_place_of_the_site(site: Path) -> None:
    """What stands there to be changed is of this meeting, and of no other."""
    settings = site / "mkdocs.yml"
    zones = settings.read_text("utf-8").replace("name: Europe/Vienna", "name: Asia/Tokyo")
    settings.write_text(zones, "utf-8")
    for kind in ("events", "places", "quotes"):
        summitry("new", kind, "my-own", cwd=site)
    event = (site / "content/events/my-own.md").read_text("utf-8")
    assert "\nstart: 2024-05-03T10:00+09:00\n" in event
    assert "\n#end: 2024-05-03T11:00+09:00\n" in event
    place = (site / "content/places/my-own.md").read_text("utf-8")
    assert "\n#latitude: 48.2\n" in place
    assert "\n#time_zone: Asia/Tokyo\n" in place
    assert "\n#said_on: 2024-05-03\n" in (site / "content/quotes/my-own.md").read_text("utf-8")
    texts = [path.read_text("utf-8") for path in site.rglob("my-own.md")]
    assert not re.findall(r"^#?\w+: .*(?:2025|149[.]|61[.]25).*$", "\n".join(texts), re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "held"),
    [("Ann Example", True), ("Example: …", True), ("[Beispiel: Titel]", True),
     ("Пример: кто", True),
     ("Ann Lee", False), ("An example: of two", False), ("Example Bay Company", False)],
)  # fmt: skip
def test_what_stands_in_is_told_from_what_is_ones_own(text: str, held: bool) -> None:
    assert is_placeholder(text) is held
    assert may_hold(text.encode()) or not held


def test_what_is_ones_own_is_offered_before_the_example(site: Path) -> None:
    own = site / "content/sources/z-own.md"
    own.write_text("---\ntype: webpage\ntitle: A\nurl: https://a.org/b\n---\n", "utf-8")
    summitry("new", "facts", "example-source-one", cwd=site)
    text = (site / "content/facts/example-source-one.md").read_text("utf-8")
    assert "# There are: z-own, example-source, example-second-source\n" in text
    assert "- source: z-own\n" in text


def test_a_file_that_is_there_is_left_alone(site: Path) -> None:
    path = site / "content/facts/example-fact.md"
    before = path.read_bytes()
    done = summitry("new", "fact", "example-fact", cwd=site)
    assert done.exit_code == 1
    assert "example-fact.md is there already: choose another id, or edit that" in done.output
    assert path.read_bytes() == before


def test_a_reference_offers_the_ids_that_there_are(site: Path) -> None:
    summitry("new", "event", "example-moment-two", cwd=site)
    text = (site / "content/events/example-moment-two.md").read_text("utf-8")
    assert "# There are: example-moment, summit\n#after: example-moment" in text
    assert "# There are: talks\n#topic: talks" in text
    assert "#  # There are: leader-2, anna-muster, bo-ek\n#  - person: " in text


def test_where_there_is_nothing_to_refer_to_the_command_is_named(site: Path) -> None:
    for path in (site / "content").rglob("*.md"):
        path.unlink()
    summitry("new", "facts", "one", cwd=site)
    text = (site / "content/facts/one.md").read_text("utf-8")
    assert "  # There is none yet: summitry new sources ID\n  - source: sources-id" in text


def test_what_is_no_kind_and_no_id_is_told(site: Path) -> None:
    assert "did you mean quote" in summitry("new", "quoet", "x", cwd=site).output
    assert "such as uber-alles" in summitry("new", "quote", "Über alles", cwd=site).output


def quote(site: Path, words: str, *more: str) -> Result:
    (site.parent / "article.txt").write_text(ARTICLE, "utf-8")
    text = ("--text", str(site.parent / "article.txt"))
    given = ("--words", words, "--speaker", "a delegate", "--language", "en", *text, *more)
    return summitry("new", "quote", "by-sea", *given, cwd=site)


def test_a_quotation_comes_with_its_source_capture_and_proof(site: Path) -> None:
    done = quote(site, "we came by sea", "--url", "https://news.example/sea", "--by", "A. Reader")
    assert done.exit_code == 0, done.output
    made = {
        "content/sources/by-sea-source.md",
        "content/sources/by-sea-source.capture.json",
        "content/quotes/by-sea.md",
        "content/quotes/by-sea.proof.json",
    }
    assert all(f"{name} is written" in done.output for name in made)
    found = verdict(site)
    assert [one for one in found.problems if not one.note] == []
    assert found.library is not None
    proven = {str(ref) for ref in found.library.ledger.proofs}
    assert proven == {"quotes/by-sea"}
    kept = {one.path for one in found.problems if one.code == "placeholder"}
    assert {"content/quotes/by-sea.md", "content/sources/by-sea-source.md"} <= kept
    again = quote(site, "we came by sea")
    assert "content/quotes/by-sea.md is there already" in again.output


@pytest.mark.parametrize("ends", [WorkshopError("no"), KeyboardInterrupt()])
def test_what_was_there_is_as_it_was_where_proving_ends_early(
    site: Path, monkeypatch: pytest.MonkeyPatch, ends: BaseException
) -> None:
    """The capture of a source that was captured before, too."""
    assert quote(site, "we came by sea").exit_code == 0
    before = digests(site / "content")

    def proving(*_: object, **__: object) -> None:
        assert digests(site / "content") != before
        raise ends

    monkeypatch.setattr(Workshop, "prove", proving)
    article = site.parent / "other.txt"
    article.write_text(ARTICLE.replace("calm", "rough"), "utf-8")
    given = ("--words", "we came by sea", "--speaker", "a delegate", "--language", "en")
    more = ("--text", str(article), "--source", "by-sea-source")
    assert summitry("new", "quote", "by-boat", *given, *more, cwd=site).exit_code == 1
    assert digests(site / "content") == before


def test_an_address_is_fetched_and_kept(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(url: str) -> tuple[str, dict[str, str]]:
        return ARTICLE, {"method": "url", "extractor": "trafilatura 2", "url": url}

    monkeypatch.setattr(evidence_commands, "_fetched", fetched)
    given = ("--words", "we came by sea", "--speaker", "anna-muster", "--language", "en")
    address = ("--from-url", "https://news.example/sea")
    done = summitry("new", "quote", "by-sea", *given, *address, cwd=site)
    assert done.exit_code == 0, done.output
    found = verdict(site)
    assert [one for one in found.problems if not one.note] == []
    assert found.library is not None
    (capture,) = found.library.captures("by-sea-source")
    assert (capture.method, capture.url) == ("url", "https://news.example/sea")
    assert "speaker: anna-muster\n" in (site / "content/quotes/by-sea.md").read_text("utf-8")


def test_a_speaker_whom_the_site_does_not_know_is_refused_before_anything_is_written(
    site: Path,
) -> None:
    before = sorted(path for path in site.rglob("*") if path.is_file())
    for given, said in (
        ("ana-muster", "people/ana-muster does not exist: did you mean anna-muster?"),
        ("xyz", "people/xyz does not exist: first: summitry new people xyz"),
    ):
        done = quote(site, "we came by sea", "--speaker", given)
        assert done.exit_code == 1
        assert said in done.output
        assert sorted(path for path in site.rglob("*") if path.is_file()) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("we came by land", "the text does not have these words"),
        ("we came by sea because the sea was calm and the wind low. A", "does not have"),
    ],
)
def test_words_that_cannot_be_proven_leave_nothing_behind(
    site: Path, words: str, said: str
) -> None:
    before = sorted(path for path in site.rglob("*") if path.is_file())
    done = quote(site, words)
    assert done.exit_code == 1
    assert said in done.output
    assert sorted(path for path in site.rglob("*") if path.is_file()) == before


def test_what_belongs_together_is_told(site: Path) -> None:
    assert "--words" in summitry("new", "quote", "x", "--from-url", "https://a.example/",
                                 cwd=site).output  # fmt: skip
    wrong = summitry("new", "facts", "x", "--from-url", "https://a.example/", cwd=site)
    assert "belong with new quotes" in wrong.output
    both = summitry("new", "quote", "x", "--from-url", "https://a.example/", "--url",
                    "https://a.example/", cwd=site)  # fmt: skip
    assert "--from-url stands alone" in both.output


# explain, help


def test_a_code_is_explained() -> None:
    done = summitry("explain", "uncited")
    told = CATALOGUE["uncited"]
    assert done.output == (
        f"uncited: {told.title}.\n  Why: {told.reason}\n  To mend it: {told.cure}\n"
    )
    wrong = summitry("explain", "uncitd")
    assert wrong.exit_code == 1
    assert "there is no code uncitd: did you mean uncited?" in wrong.output


def test_a_shell_completes_codes_and_kinds() -> None:
    for words, wanted in (("explain uncit", "uncited"), ("new quo", "quotes")):
        env = {"_SUMMITRY_COMPLETE": "bash_complete", "COMP_WORDS": f"summitry {words}",
               "COMP_CWORD": "2"}  # fmt: skip
        done = CliRunner().invoke(main, [], env=env, prog_name="summitry")
        assert wanted in done.output


def test_make_help_names_what_there_is() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    text = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))
    assert {line.split()[1] for line in done.stdout.splitlines()} == named
    assert {"serve", "check", "test", "help"} <= named
