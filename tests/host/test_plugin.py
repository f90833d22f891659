"""The plugin inside MkDocs: whole builds, and what is in the built site."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
import running
from PIL import Image
from running import PUBLISHED, ROOT, Links, copy_of, digests
from summitry.checks.rules import check
from summitry.content import routes
from summitry.content.library import STORIES
from summitry.content.options import Options
from summitry.tools.before_after import served
from warm import run

pytestmark = pytest.mark.build


def test_every_entity_has_its_page_and_links_to_all_that_refer_to_it(built: Path, library) -> None:
    referrers: dict[str, set[str]] = {}
    for referrer, uses in library.uses.items():
        address = (
            routes.story_url(referrer.id) if referrer.kind == STORIES else routes.url(referrer)
        )
        for use in uses:
            if use.target != referrer:
                referrers.setdefault(routes.url(use.target), set()).add(address)
    assert len(library.items) > 300
    for ref in library.items:
        page = (built / routes.url(ref) / "index.html").read_text("utf-8")
        here = f"https://x/{routes.url(ref)}"
        linked = {urlsplit(urljoin(here, link)).path[1:] for link in Links(page).found}
        missing = referrers.get(routes.url(ref), set()) - linked
        assert not missing, f"{ref} does not link to {sorted(missing)}"


def test_no_dead_link_and_no_dead_anchor_under_a_sub_path(built: Path, tmp_path: Path) -> None:
    """Followed over HTTP from the home page, by other code than the gate's."""
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "path").symlink_to(built)
    with served(tmp_path) as base:
        home = f"{base}some/path/"
        seen: dict[str, set[str]] = {}
        anchors: list[tuple[str, str, str]] = []
        todo = [home]
        while todo:
            address = todo.pop()
            if address in seen:
                continue
            with urlopen(address) as response:
                kind, text = response.headers["Content-Type"], response.read()
            seen[address] = set()
            if not kind.startswith("text/html"):
                continue
            page = text.decode("utf-8")
            seen[address] = set(Links(page, "id").found)
            for link in {*Links(page, "href", "src").found}:
                goal = urljoin(address, link)
                if not goal.startswith(home):
                    assert not goal.startswith(base), f"{address} leads out of the site: {link}"
                    continue
                path, _, anchor = goal.partition("#")
                todo.append(path)
                if anchor:
                    anchors.append((address, path, unquote(anchor)))
    assert len(seen) > 400
    dead = [(page, goal, a) for page, goal, a in anchors if a not in seen[goal]]
    assert not dead


def test_pages_name_a_picture_that_exists_and_has_the_size_they_say(built: Path) -> None:
    found = set()
    for page in built.rglob("index.html"):
        text = page.read_text("utf-8")
        if match := re.search(r'property="og:image" content="([^"]+)"', text):
            assert match[1].startswith(PUBLISHED["SITE_URL"])
            found.add(match[1].removeprefix(PUBLISHED["SITE_URL"]))
            assert text.count("og:image:alt") == 1
            assert '"og:image:width" content="1200"' in text
            assert '"og:image:height" content="630"' in text
            assert 'name="twitter:card" content="summary_large_image"' in text
    assert "assets/cards/mess-around.png" in found
    pages = [
        page for page in built.rglob("index.html") if 'http-equiv="refresh"' not in page.read_text()
    ]
    # Each has its own; a quotation to embed has that of the quotation's page.
    assert len(found) == len([page for page in pages if page.parent.name != "embed"])
    for path in found:
        with Image.open(built / path) as picture:
            assert picture.size == (1200, 630)


def test_suggest_a_change_opens_the_file_of_each_entity(built: Path, library) -> None:
    for item in library.items.values():
        page = (built / routes.url(item.ref) / "index.html").read_text("utf-8")
        assert f"{PUBLISHED['REPO_URL']}/edit/main/{item.path}" in Links(page).found
    home = (built / "index.html").read_text("utf-8")
    assert f"{PUBLISHED['REPO_URL']}/edit/main/docs/index.md" in Links(home).found


def test_reader_pages_load_nothing_of_the_theme_s(built: Path) -> None:
    for name in ("index.html", "quotes/mess-around/index.html", "404.html"):
        text = (built / name).read_text("utf-8")
        assert "stylesheets/main" not in text
        assert "javascripts/bundle" not in text
    guide = (built / "contribute" / "index.html").read_text("utf-8")
    assert "stylesheets/main" in guide


def test_quotations_are_shown_character_for_character(built: Path, library) -> None:
    for item in library.of_kind("quotes"):
        page = (built / routes.url(item.ref) / "index.html").read_text("utf-8")
        shown = re.search(
            r'<blockquote class="words" lang="[^"]+"[^>]*><p>(.*?)</p>', page, re.DOTALL
        )
        assert shown
        text = shown[1].replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
        assert text == item.entity.text


def bare(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def inside(text: str, whole: list[str]) -> bool:
    """Whether the words stand there in one run, or in their order around marks of omission."""
    at = 0
    for part in (bare(part) for part in re.split(r"\[…\]|…", text)):
        starts = (i for i in range(at, len(whole)) if whole[i : i + len(part)] == part)
        if (start := next(starts, None)) is None:
            return False
        at = start + len(part)
    return True


def test_each_quotation_shows_one_state_and_only_a_proof_of_its_own_words_counts(
    built: Path, library
) -> None:
    """Which are proven is read from the records here, by other code than the ledger's."""
    proven, states = set(), dict[str, str]()
    for item in library.of_kind("quotes"):
        quote, record = item.entity, (ROOT / item.path).with_suffix(".proof.json")
        ours = quote.translation is not None and quote.translation.kind == "ours"
        words = quote.original.text if ours else quote.text
        # Those that say that they print the words displayed; others may print more or other words.
        print_it = {
            e.source.id for e in quote.evidence if not e.exact or bare(e.exact) == bare(words)
        }
        proofs = json.loads(record.read_bytes())["proofs"] if record.is_file() else []
        if any(p["source"] in print_it and inside(words, bare(p["words"])) for p in proofs):
            proven.add(item.ref.id)
        page = (built / routes.url(item.ref) / "index.html").read_text("utf-8")
        (state,) = re.findall(r'<p class="state[ "][^>]*>(.*?)</p>', page, re.DOTALL)
        states[item.ref.id] = re.sub(r"<[^>]*>", "", state).strip()
    assert len(proven) >= 50
    found = re.compile("(Words|Original words) found in ")
    assert {name for name, state in states.items() if found.match(state)} == proven
    others = {state for name, state in states.items() if name not in proven}
    assert others == {"Transcribed, not yet proven"}
    assert states["shouted-when"] == "Words found in one report"
    listed = (built / routes.quotes_in("transcribed") / "index.html").read_text("utf-8")
    assert set(re.findall(r'id="quote-([a-z0-9-]+)"', listed)) == states.keys() - proven


def test_an_open_question_shows_what_its_reason_rests_on(built: Path, library) -> None:
    seen = 0
    for item in library.of_kind("facts"):
        unresolved = item.entity.unresolved
        for one in unresolved.evidence if unresolved and unresolved.text else []:
            page = (built / routes.url(item.ref) / "index.html").read_text("utf-8")
            verdict = page[page.index("Not settled.") : page.index('class="actions"')]
            assert re.search(r'"we-use".*class="cite".*Who could settle it', page, re.DOTALL)
            assert f'href="../../sources/{one.source.id}/"' in verdict, item.path
            seen += 1
    assert seen > 4


def test_a_moment_names_the_question_on_which_sources_disagree(built: Path) -> None:
    timeline = (built / "timeline" / "index.html").read_text("utf-8")
    flags = re.findall(r'<a class="flag"[^>]*>(.*?)</a>', timeline, re.DOTALL)
    assert len(flags) > 9
    for flag in flags:
        shown = re.sub(r"<svg.*?</svg>|<span.*?</span>|<[^>]*>", "", flag, flags=re.DOTALL)
        assert re.match(r"\s*Sources disagree: .+\?", shown), flag


def test_the_evidence_is_published_as_it_stands_in_its_files(built: Path, library) -> None:
    published = json.loads((built / "evidence.json").read_bytes())
    assert published["format"] == "summitry/1"
    for name, kind in (("captures", "capture"), ("proofs", "proof")):
        written = {}
        for item in library.items.values():
            record = (ROOT / item.path).with_suffix(f".{kind}.json")
            if record.is_file():
                key = item.ref.id if kind == "capture" else str(item.ref)
                written[key] = json.loads(record.read_bytes())[name]
        assert published[name] == written
        assert written


def test_markers_resolve_and_every_listed_source_is_used(built: Path) -> None:
    for page in built.rglob("index.html"):
        text = page.read_text("utf-8")
        markers = set(re.findall(r'class="cite" href="#(source-\d+)"', text))
        listed = re.findall(r'<li id="(source-\d+)">', text)
        assert set(listed) == markers, page
        assert listed == [f"source-{n}" for n in range(1, len(listed) + 1)]
        first_seen = list(dict.fromkeys(re.findall(r'class="cite" href="#(source-\d+)"', text)))
        assert first_seen == listed, f"{page}: not numbered in the order of the page"


def test_strict_gives_the_same_site_under_other_zone_seed_and_locale(
    other: Path, tmp_path: Path
) -> None:
    del other  # whose cache comes along; its pages do not serve, as its folder is another
    sites = []
    for number, env in enumerate(
        (
            {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"},
            {"TZ": "America/Anchorage", "PYTHONHASHSEED": "2", "LC_ALL": "C"},
        )
    ):
        site = copy_of("other", tmp_path / str(number))
        strict = ["--strict"] if number else []
        env["SOURCE_DATE_EPOCH"] = "1"
        done = running.run("mkdocs", "build", *strict, cwd=site, env=env)
        assert done.returncode == 0, done.stderr
        sites.append(digests(site / "site"))
    assert sites[0] == sites[1]


def test_another_site_is_built_by_the_same_code(other: Path) -> None:
    home = (other / "site" / "index.html").read_text("utf-8")
    assert "Two leaders met in Iceland" in home
    assert "Not settled" in home
    moved = (other / "site" / "terms" / "top-level-meeting" / "index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../summit/">' in moved
    assert "../summit/" in Links(moved).found


CUSTOM = "  name: material\n  custom_dir: mine"
BREAKS = {
    "content": ("content/people/ronald-reagan.md", "side: us\n", "side: uss\n", "did you mean us"),
    "yaml": ("content/facts/length.md", "label: Days", "label: [Days", "length.md:"),
    "anchor": ("docs/index.md", "## Timeline", "[x](#nowhere)\n\n## Timeline", "#nowhere"),
    "option": ("mkdocs.yml", "main_event:", "main_evnt:", "mkdocs.yml:9:7: main_evnt: this is no"),
    "footer": (
        "mkdocs.yml",
        "to: facts/",
        "to: fax/",
        "footer.0.to: no page of this site",
    ),
    "template": ("mine", "", "", "mine/404.html:2:1: there is no template broken.html"),
}


@pytest.mark.parametrize("case", BREAKS)
def test_a_failed_build_tells_why_and_leaves_the_old_site_whole(
    case: str, other: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(other, tmp_path / "other")
    before = digests(site / "site")
    name, old, new, said = BREAKS[case]
    if case == "template":
        config = site / "mkdocs.yml"
        text = config.read_text("utf-8").replace("  name: material", CUSTOM)
        config.write_text(text, "utf-8")
        (site / "mine").mkdir()
        (site / "mine" / "404.html").write_text("<p>\n{% include 'broken.html' %}", "utf-8")
    else:
        path = site / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    done = run("mkdocs", "build", cwd=site)
    assert done.returncode != 0
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert digests(site / "site") == before
    assert not list(site.glob(".site-new"))


def test_check_and_build_see_the_same(library) -> None:
    """The plugin examines what the command examines: the same function on the same files."""
    options = Options(topics={}, sides={}, parts={})
    verdict = check(library, options, ROOT)
    assert verdict.library is None  # without the site's lists nothing passes
    assert {p.code for p in verdict.problems if not p.note} == {"unknown-choice", "picture"}


def test_the_icon_and_the_manifest_are_linked_on_every_page_and_exist(built: Path) -> None:
    for name in (
        "index.html",
        "404.html",
        "contribute/index.html",
        "facts/talks-length/index.html",
    ):
        text = (built / name).read_text("utf-8")
        assert "data:," not in text
        assert text.count('name="theme-color"') == 2
        here = urljoin(PUBLISHED["SITE_URL"], name)
        for rel, count in (("icon", 2), ("apple-touch-icon", 1), ("manifest", 1)):
            links = re.findall(rf'<link rel="{rel}" href="([^"]+)"', text)
            assert len(links) == count, (name, rel)
            for link in links:
                goal = urljoin(here, link).removeprefix(PUBLISHED["SITE_URL"])
                assert (built / goal).is_file(), goal
    assert (built / "favicon.ico").is_file()
    manifest = json.loads((built / "manifest.webmanifest").read_bytes())
    for icon in manifest["icons"]:
        assert (built / icon["src"]).is_file()
