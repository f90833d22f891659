"""The commands that make and check evidence, run on a copy of a small site."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import textwrap
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import running
from click.testing import CliRunner, Result
from msgspec.structs import replace
from running import PUBLISHED, SITES, digests
from serving import Site, answer, moved
from summitry.proof import capture
from summitry.tools import evidence_commands
from summitry.tools import fetch as fetching
from summitry.tools.cli import main
from summitry.tools.fetch import fetch, public_address
from test_ledger import ARTICLE, CAPTURE, DAY, HARBOUR, NEWS, PROOF, WALL
from warm import run

POST = "content/sources/harbour-post"
TODAY = "2025-08-20"
PARAGRAPHS = [line for line in ARTICLE.split("\n") if line]
# Words of the article that nothing on the site quotes.
HIDDEN = "a society that looks after old machines"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures, which are the same for all copies of the site."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def site(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of a site with a quotation from an article that is not captured yet."""
    copied = Path(shutil.copytree(SITES / "other", tmp_path / "other"))
    shutil.copytree(cache, copied / ".cache")
    for path in (f"{NEWS}.md", f"{DAY}.md"):
        text = HARBOUR[path].replace("speaker-one", "ronald-reagan")
        (copied / path).write_text(text, "utf-8")
    monkeypatch.chdir(copied)
    monkeypatch.setattr(evidence_commands, "today", lambda: TODAY)
    yield copied
    shutil.copytree(copied / ".cache", cache, dirs_exist_ok=True)


@pytest.fixture
def article(tmp_path: Path) -> str:
    """The article's text in a file outside the site."""
    return saved(tmp_path / "article.txt")


def saved(path: Path, text: str = ARTICLE) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def summitry(*words: str, code: int = 0) -> str:
    """What a command says; it ends with the exit code wanted, and never with a traceback."""
    done: Result = CliRunner().invoke(main, words)
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    assert done.exit_code == code, done.output
    return done.output


def captures(path: str = NEWS) -> list[dict[str, Any]]:
    return json.loads(Path(path + CAPTURE).read_text("utf-8"))["captures"]


def proofs(path: str = DAY) -> list[dict[str, Any]]:
    return json.loads(Path(path + PROOF).read_text("utf-8"))["proofs"]


def with_words(
    path: str, text: str, old: str = "We will open the harbour on the 14th of May"
) -> str:
    """Write a quotation of other words, and say where."""
    found = HARBOUR[f"{DAY}.md"].replace("speaker-one", "ronald-reagan")
    Path(path).write_text(found.replace(old, text), "utf-8")
    return path


# capture


def test_capture_writes_what_was_taken_and_keeps_the_text_aside(site: Path, article: str) -> None:
    said = summitry("capture", "harbour-news", "--text", article, "--by", "A. Reader")
    assert said == (
        "harbour-news: captured 9 paragraphs, 339 words; in 8 of them words can be proven\n"
    )
    (row,) = captures()
    assert {key: row[key] for key in ("date", "method", "extractor", "url", "by", "extent")} == {
        "date": TODAY,
        "method": "pasted",
        "extractor": "",
        "url": "https://two.example/day",
        "by": "A. Reader",
        "extent": "whole",
    }
    assert row["paragraphs"][0] == 8
    assert (len(row["paragraphs"][1]), row["paragraphs"][1][2]) == (3, 3)
    assert Path(".sources/harbour-news.txt").read_text("utf-8") == ARTICLE


def test_capturing_the_same_text_again_changes_nothing(site: Path, article: str) -> None:
    summitry("capture", "harbour-news", "--text", article)
    before = digests(site / "content")
    said = summitry("capture", "harbour-news", "--text", article, "--date", "2025-09-01")
    assert said == f"harbour-news: nothing changed since the capture of {TODAY}\n"
    assert digests(site / "content") == before


def test_other_marks_and_blanks_change_nothing(site: Path, article: str, tmp_path: Path) -> None:
    summitry("capture", "harbour-news", "--text", article)
    plain = (
        ARTICLE.translate(str.maketrans("“”’", '""\'')).replace(" — ", "—").replace("\n", "\r\n")
    )
    other = saved(tmp_path / "plain.txt", "\ufeff" + plain)
    assert "nothing changed" in summitry("capture", "harbour-news", "--text", other)


def test_a_changed_paragraph_is_named(site: Path, article: str, tmp_path: Path) -> None:
    summitry("capture", "harbour-news", "--text", article)
    changed = saved(tmp_path / "changed.txt", ARTICLE.replace("less content", "not content"))
    said = summitry("capture", "harbour-news", "--text", changed, "--date", "2025-09-01")
    assert f"no longer there, of the capture of {TODAY}: paragraph 5\n" in said
    assert "new or changed: paragraph 5\n" in said
    assert [row["date"] for row in captures()] == ["2025-09-01", TODAY]


def test_proofs_are_carried_over_when_a_paragraph_comes_before(
    site: Path, article: str, tmp_path: Path
) -> None:
    summitry("prove", f"{DAY}.md", "--text", article)
    before = proofs()[0]
    added = "This article was corrected: the harbour is to open in May and not in April, as said."
    longer = saved(tmp_path / "longer.txt", f"{added}\n\n{ARTICLE}")
    said = summitry("capture", "harbour-news", "--text", longer, "--date", "2025-09-01")
    assert "new or changed: paragraph 1\n" in said
    assert "no longer there" not in said
    assert "proofs carried over: quotes/harbour-day\n" in said
    assert proofs() == [{**before, "capture": "2025-09-01", "paragraph": 3}]
    assert "1 of 2 proven, 1 transcribed" in summitry("check")


def test_another_text_on_one_day_needs_a_time(site: Path, article: str, tmp_path: Path) -> None:
    summitry("prove", f"{DAY}.md", "--text", article)
    before = digests(site / "content")
    changed = saved(tmp_path / "changed.txt", ARTICLE.replace("less content", "not content"))
    said = summitry("capture", "harbour-news", "--text", changed, code=1)
    assert f"harbour-news has a capture of {TODAY} already, and this text differs" in said
    assert "give this one a time (--date 2025-08-20T09:30:00Z)" in said
    assert digests(site / "content") == before
    date = f"{TODAY}T09:30:00Z"
    summitry("capture", "harbour-news", "--text", changed, "--date", date)
    assert [row["date"] for row in captures()] == [date, TODAY]
    summitry("check")


def test_a_capture_that_is_refused_leaves_the_text_that_was_kept(
    site: Path, article: str, tmp_path: Path
) -> None:
    summitry("capture", "harbour-news", "--text", article)
    changed = saved(tmp_path / "changed.txt", ARTICLE.replace("less content", "not content"))
    summitry("capture", "harbour-news", "--text", changed, code=1)
    assert Path(".sources/harbour-news.txt").read_text("utf-8") == ARTICLE


def test_an_earlier_capture_takes_no_proofs_from_the_newest(
    site: Path, article: str, tmp_path: Path
) -> None:
    summitry("prove", f"{DAY}.md", "--text", article)
    first = saved(tmp_path / "first.txt", ARTICLE.replace("less content", "not content"))
    summitry("capture", "harbour-news", "--text", first, "--date", "2025-08-01")
    assert [row["date"] for row in captures()] == [TODAY, "2025-08-01"]
    assert proofs()[0]["capture"] == TODAY


def test_of_an_excerpt_only_whole_paragraphs_are_captured(
    site: Path, article: str, tmp_path: Path
) -> None:
    part = "\n".join(["had closed the basin in autumn after all of that was clear to them.",
                      *PARAGRAPHS[3:5], PARAGRAPHS[5].rstrip(".")])  # fmt: skip
    excerpt = saved(tmp_path / "excerpt.txt", part)
    said = summitry("capture", "harbour-news", "--text", excerpt, "--excerpt")
    assert "captured 2 paragraphs" in said
    assert captures()[0]["extent"] == "excerpt"


def test_lines_that_are_not_paragraphs_are_refused_with_advice(site: Path, tmp_path: Path) -> None:
    wrapped = saved(tmp_path / "wrapped.txt", "\n".join(textwrap.wrap(ARTICLE, 60)))
    for command in (["capture", "harbour-news"], ["prove", f"{DAY}.md"]):
        said = summitry(*command, "--text", wrapped, code=1)
        assert "join the lines of each paragraph" in said
    assert not Path(NEWS + CAPTURE).exists()
    assert not Path(".sources").exists()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (ARTICLE.encode("utf-16"), "bad.txt is not UTF-8: save it as UTF-8"),
        (b"a" * 5_000_001, "bad.txt is larger than 5000 kB: save the article's text alone"),
        (ARTICLE.encode() + b"\na" + b"\xcc\x81" * 31, "more than 30 marks stand on one letter"),
        (b"", "no paragraph of the text has 12 words or more"),
        (b"Too short to be an article.\n", "no paragraph of the text has 12 words or more"),
    ],
)
def test_texts_that_cannot_be_captured(site: Path, tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "bad.txt").write_bytes(raw)
    bad = str(tmp_path / "bad.txt")
    assert said in summitry("capture", "harbour-news", "--text", bad, code=1)
    assert said in summitry("prove", f"{DAY}.md", "--text", bad, code=1)
    assert not Path(NEWS + CAPTURE).exists()


def test_a_page_or_text_that_is_too_large_is_no_evidence_either(site: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"a" + b"\xcc\x81" * 31)
    (tmp_path / "page.html").write_bytes(b"<p>" * 1_700_000)
    bad, page = str(tmp_path / "bad.txt"), str(tmp_path / "page.html")
    said = summitry("verify", "harbour-news", "a", "--text", bad, code=1)
    assert "more than 30 marks stand on one letter" in said
    said = summitry("capture", "harbour-news", "--html", page, code=1)
    assert "page.html is larger than 5000 kB" in said


def test_an_unknown_source_is_refused_with_the_nearest(site: Path, article: str) -> None:
    said = summitry("capture", "harbor-news", "--text", article, code=1)
    assert "there is no source harbor-news: did you mean harbour-news?" in said


def test_a_folder_for_texts_that_cannot_be_made_is_a_message(site: Path, article: str) -> None:
    Path(".sources").write_text("", "utf-8")
    assert ".sources" in summitry("capture", "harbour-news", "--text", article, code=1)


WRONG = {
    "no text": ["capture", "harbour-news"],
    "two texts": ["capture", "harbour-news", "--text", "mkdocs.yml", "--url", "https://x.example"],
    "a file that is not there": ["capture", "harbour-news", "--text", "none.txt"],
    "a folder": ["capture", "harbour-news", "--text", "content"],
    "a day that is none": ["capture", "harbour-news", "--text", "mkdocs.yml", "--date=2025-02-30"],
    "a day in words": ["capture", "harbour-news", "--text", "mkdocs.yml", "--date=today"],
    "a short day": ["capture", "harbour-news", "--text", "mkdocs.yml", "--date=2025-8-1"],
    "no source": ["capture", "--text", "mkdocs.yml"],
    "a whole paragraph of nothing": ["prove", "--whole"],
    "a whole paragraph without a text": ["prove", f"{DAY}.md", "--whole"],
    "a source without a text": ["prove", f"{DAY}.md", "--source", "harbour-news"],
    "an excerpt without a text": ["prove", f"{DAY}.md", "--excerpt"],
    "no words": ["verify", "harbour-news"],
    "no such format": ["verify", "harbour-news", "some words", "--format", "xml"],
    "another site": ["recapture", "-f", "none.yml"],
}  # fmt: skip


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_wrong_usage_exits_with_two_and_changes_nothing(site: Path, words: list[str]) -> None:
    before = digests(site / "content")
    assert "Usage: " in summitry(*words, code=2)
    assert digests(site / "content") == before


def page(paragraphs: list[str]) -> bytes:
    body = "\n".join(f"<p>{text}</p>" for text in paragraphs)
    head = "<head><meta charset=utf-8><title>A day</title></head>"
    return f"<!DOCTYPE html><html>{head}<body><article>{body}</article></body></html>".encode()


def test_a_saved_page_is_captured(site: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(PARAGRAPHS))
    summitry("capture", "harbour-news", "--html", str(tmp_path / "page.html"))
    (row,) = captures()
    assert row["method"] == "html"
    assert row["extractor"].startswith("trafilatura ")
    assert summitry("prove", f"{DAY}.md") == "1 proven, 0 were proven already\n"
    summitry("check")


def test_a_saved_page_without_an_article_is_a_message(site: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<html><body></body></html>")
    said = summitry("capture", "harbour-news", "--html", str(tmp_path / "page.html"), code=1)
    assert "there is no article in the page" in said


@pytest.fixture
def web(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web server that has the article, which may be asked although it is on this machine."""

    def here(ip: str) -> None:
        if ip != "127.0.0.1":
            public_address(ip)

    monkeypatch.setattr(fetching, "fetch", partial(fetch, check=here, timeout=5.0))
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        server.pages["/day"] = answer(page(PARAGRAPHS))
        text = Path(f"{NEWS}.md").read_text("utf-8")
        Path(f"{NEWS}.md").write_text(
            text.replace("https://two.example/day", server.url("/day")), "utf-8"
        )
        yield server
        server.shutdown()
        thread.join()


def test_an_address_is_captured(web: Site) -> None:
    said = summitry("capture", "harbour-news", "--url", web.url("/day"))
    assert "  asking 127.0.0.1\n" in said
    assert "harbour-news: captured " in said
    (row,) = captures()
    assert (row["method"], row["url"]) == ("url", web.url("/day"))
    assert summitry("prove", f"{DAY}.md") == "1 proven, 0 were proven already\n"


def test_the_address_kept_is_that_at_the_end_of_redirects(web: Site) -> None:
    web.pages["/"] = moved("/day")
    summitry("capture", "harbour-news", "--url", web.url())
    assert captures()[0]["url"] == web.url("/day")


PRIVATE = ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://0.0.0.0/"]


@pytest.mark.parametrize("goal", PRIVATE)
def test_a_private_address_is_refused_after_a_redirect_too(web: Site, goal: str) -> None:
    web.pages["/"] = moved(goal)
    for address in (goal, web.url()):
        said = summitry("capture", "harbour-news", "--url", address, code=1)
        assert "is not an address of the public internet" in said
    assert not Path(NEWS + CAPTURE).exists()


def test_this_machine_is_not_asked(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "fetch", fetch)
    said = summitry("capture", "harbour-news", "--url", web.url("/day"), code=1)
    assert "127.0.0.1 is not an address of the public internet" in said
    assert web.asked == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://one.example/", "day", ""])
def test_what_is_no_web_address_is_refused(web: Site, address: str) -> None:
    assert "Error: " in summitry("capture", "harbour-news", "--url", address, code=1)


def test_a_page_that_is_not_there_is_a_message(web: Site) -> None:
    web.pages["/day"] = answer(b"", 404)
    said = summitry("capture", "harbour-news", "--url", web.url("/day"), code=1)
    assert "127.0.0.1 answered “404 Not Found” in place of the page" in said


# recapture


@pytest.fixture
def captured(web: Site) -> Site:
    """A page that was captured some days ago."""
    summitry("capture", "harbour-news", "--url", web.url("/day"), "--date", "2025-08-16")
    return web


def checked_in_public(web: Site) -> None:
    """The check passes once the addresses are not of this machine, which it refuses."""
    assert "url: the address has a number for a host: 127.0.0.1" in summitry("check", code=1)
    text = Path(f"{NEWS}.md").read_text("utf-8")
    public = text.replace(web.url("/day"), "https://two.example/day")
    Path(f"{NEWS}.md").write_text(public, "utf-8")
    assert "which is not the source's address" in summitry("check", code=1)
    path = Path(NEWS + CAPTURE)
    kept = capture.load(path.read_bytes(), "harbour-news")
    moved = [replace(one, url="https://two.example/day") for one in kept]
    path.write_text(capture.dump(moved), "utf-8")
    summitry("check")


def test_a_page_that_stands_as_it_was_is_confirmed(captured: Site) -> None:
    said = summitry("recapture")
    assert said.endswith("harbour-news: every paragraph stands as it was captured\n")
    (row,) = captures()
    assert row["confirmed_on"] == [TODAY]
    assert "changed_on" not in row
    summitry("recapture", "harbour-news")
    assert captures()[0]["confirmed_on"] == [TODAY]  # a second time on one day is no news
    checked_in_public(captured)


def test_a_page_that_changed_is_told_with_its_paragraphs(captured: Site) -> None:
    captured.pages["/day"] = answer(page([*PARAGRAPHS[:4], *PARAGRAPHS[5:]]))
    said = summitry("recapture", code=1)
    assert "harbour-news: changed or gone: paragraph 5. Renew: " in said
    (row,) = captures()
    assert row["changed_on"] == [TODAY]
    assert "confirmed_on" not in row
    checked_in_public(captured)  # what was captured then is still proven by it


def test_one_page_that_fails_keeps_none_of_the_others_from_being_asked(captured: Site) -> None:
    text = Path(f"{NEWS}.md").read_text("utf-8")
    Path("content/sources/gone.md").write_text(text.replace("/day", "/gone"), "utf-8")
    captured.pages["/gone"] = answer(page(PARAGRAPHS))
    summitry("capture", "gone", "--url", captured.url("/gone"), "--date", "2025-08-16")
    captured.pages["/gone"] = moved("http://10.0.0.1/")
    said = summitry("recapture", code=1)
    assert "gone: 10.0.0.1 was not asked: 10.0.0.1 is not an address of the public" in said
    assert "harbour-news: every paragraph stands as it was captured" in said
    assert "confirmed_on" not in captures("content/sources/gone")[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sample-report", "sample-report: it was never captured: summitry capture sample-report"),
        ("no-such", "there is no source no-such: add content/sources/no-such.md"),
    ],
)
def test_what_cannot_be_fetched_again(site: Path, name: str, said: str) -> None:
    assert said in summitry("recapture", name, code=1)


def test_a_source_without_an_address_cannot_be_fetched_again(site: Path, article: str) -> None:
    summitry("capture", "sample-report", "--text", article)
    assert "sample-report: it has no url to fetch" in summitry("recapture", code=1)


def test_nothing_captured_is_nothing_to_do(site: Path) -> None:
    assert summitry("recapture") == ""


# prove


def test_a_new_quotation_is_proven_in_one_command(site: Path, article: str) -> None:
    said = summitry("prove", f"{DAY}.md", "--text", article)
    assert said == (
        "harbour-news: captured 9 paragraphs, 339 words; in 8 of them words can be proven\n"
        "1 proven, 0 were proven already\n"
    )
    (row,) = proofs()
    assert (row["source"], row["capture"], row["paragraph"], row["start"]) == (
        "harbour-news", TODAY, 2, 1,
    )  # fmt: skip
    assert row["fragment"] == [4, 4]  # the source writes these words as the proof does
    checked = summitry("check")
    assert "quotations: 1 of 2 proven, 1 transcribed" in checked
    assert "sources: 1 of 3 captured" in checked
    assert "no problems, 3 notes in 17 files" in checked  # here without a history of git
    assert summitry("prove", f"{DAY}.md") == "0 proven, 1 were proven already\n"


def test_it_runs_as_a_command_of_the_system_too(site: Path, article: str) -> None:
    done = running.run("summitry", "prove", f"{DAY}.md", "--text", article, cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("1 proven, 0 were proven already\n")


def test_the_text_stays_out_of_what_git_keeps(site: Path, article: str) -> None:
    summitry("prove", f"{DAY}.md", "--text", article)
    subprocess.run(["git", "init", "--quiet"], cwd=site, check=True)
    listed = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=site, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    tracked = [line.removeprefix("?? ") for line in listed.splitlines()]
    assert NEWS + CAPTURE in tracked
    assert not any(".sources" in path for path in tracked)
    for path in tracked:
        assert HIDDEN not in (site / path).read_text("utf-8", "replace")
    assert HIDDEN in (site / ".sources/harbour-news.txt").read_text("utf-8")


def test_a_text_is_not_put_where_git_would_publish_it(site: Path, article: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=site, check=True)
    Path(".sources").mkdir()
    Path(".sources/older.txt").write_text("An article.\n", "utf-8")
    Path(".sources/.gitignore").write_text("*.tmp\n", "utf-8")
    subprocess.run(["git", "add", "--force", ".sources/older.txt"], cwd=site, check=True)
    said = summitry("capture", "harbour-news", "--text", article, code=1)
    assert ".sources is in git, which has .sources/older.txt" in said
    assert not Path(".sources/harbour-news.txt").exists()
    assert not Path(NEWS + CAPTURE).exists()
    cure = re.search(r"Take it out: (git [^,]+),", said)
    assert cure
    subprocess.run(cure[1].split(), cwd=site, check=True, capture_output=True)
    summitry("capture", "harbour-news", "--text", article)
    ignored = subprocess.run(["git", "check-ignore", ".sources/harbour-news.txt"], cwd=site)
    assert ignored.returncode == 0


def test_words_are_proven_later_from_the_text_that_was_kept(site: Path, article: str) -> None:
    summitry("capture", "harbour-news", "--text", article)
    wall = HARBOUR[f"{WALL}.md"]
    Path(f"{WALL}.md").write_text(wall, "utf-8")
    assert summitry("prove") == "2 proven, 0 were proven already, 2 not proven\n"
    summitry("check")


def test_without_a_text_it_says_what_to_do_and_the_check_passes(site: Path) -> None:
    said = summitry("prove", f"{DAY}.md", code=1)
    assert f"{DAY}.md:3:7: the text of harbour-news is not at hand [unproven]\n" in said
    assert "open https://two.example/day, save its text in a file, one paragraph a line" in said
    assert f"summitry prove {DAY}.md --source harbour-news --text FILE" in said
    assert "0 proven, 0 were proven already, 1 not proven" in said
    assert "quotations: 0 of 2 proven, 2 transcribed" in summitry("check")


@pytest.mark.build
def test_without_a_text_the_site_is_built_and_says_so(
    other: Path, site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "built"
    shutil.copytree(other / ".cache", site / ".cache", dirs_exist_ok=True)  # so it is quicker
    done = run("mkdocs", "build", "--strict", "-d", str(out), cwd=site, env=PUBLISHED)
    assert done.returncode == 0, done.stderr
    assert "Transcribed, not yet proven" in (out / "quotes/harbour-day/index.html").read_text()


def test_the_source_is_guessed_from_the_captures(site: Path, article: str, tmp_path: Path) -> None:
    news = Path(f"{NEWS}.md").read_text("utf-8")
    post = news.replace("Harbour News", "Harbour Post").replace("Paper Two", "Paper Three")
    Path(f"{POST}.md").write_text(post.replace("two.example", "three.example"), "utf-8")
    words = Path(f"{DAY}.md").read_text("utf-8")
    both = words.replace(
        "[{source: harbour-news}]", "[{source: harbour-news}, {source: harbour-post}]"
    )
    Path(f"{DAY}.md").write_text(both, "utf-8")
    other = saved(tmp_path / "post.txt", "\n".join([PARAGRAPHS[1], *reversed(PARAGRAPHS[6:])]))
    said = summitry("prove", f"{DAY}.md", "--text", article, code=1)
    assert "which source article.txt is of cannot be told: add --source with one of " in said
    assert "harbour-news, harbour-post" in said
    assert not Path(".sources").exists()
    summitry("capture", "harbour-news", "--text", article)
    summitry("capture", "harbour-post", "--text", other)
    Path(".sources/harbour-post.txt").unlink()
    said = summitry("prove", f"{DAY}.md", "--text", article)
    assert said == "1 proven, 0 were proven already\n"  # the other source was not asked for
    assert [row["source"] for row in proofs()] == ["harbour-news"]
    said = summitry("prove", f"{DAY}.md", "--text", other, "--source", "harbour-post")
    assert said == "1 proven, 0 were proven already\n"
    summitry("check")


ABSENT = {
    "altered": ("We will shut the harbour on the 14th of May",
                "altered: word 3 is “shut”, the source has “open” (paragraph 2)"),
    "absent": ("There are seven moons above this planet",
               "absent: nothing like it stands in the source"),
    "short": ("The harbour of Westmark opens again in spring",
              "the words stand in a paragraph of fewer than 12 words, where nothing can be proven"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "said"), ABSENT.values(), ids=ABSENT)
def test_words_that_cannot_be_proven(site: Path, article: str, words: str, said: str) -> None:
    path = with_words(f"{DAY}.md", words)
    told = summitry("prove", path, "--text", article, code=1)
    assert f"{path}:3:7: harbour-news: {said}" in told
    assert "0 proven" in told
    assert not Path(DAY + PROOF).exists()
    assert "transcribed" in summitry("check")


def test_words_in_two_paragraphs_need_to_be_told_which(site: Path, tmp_path: Path) -> None:
    again = "Once more she said “We will open the harbour on the 14th of May” and went away then."
    text = saved(tmp_path / "twice.txt", ARTICLE + again + "\n")
    said = summitry("prove", f"{DAY}.md", "--text", text, code=1)
    assert (
        "the words stand in paragraphs 2, 10 [unproven]\n  fix: say which with paragraph:" in said
    )
    quote = Path(f"{DAY}.md").read_text("utf-8")
    Path(f"{DAY}.md").write_text(quote.replace("-news}", "-news, paragraph: 10}"), "utf-8")
    assert "1 proven" in summitry("prove", f"{DAY}.md", "--text", text)
    assert proofs()[0]["paragraph"] == 10
    summitry("check")


def test_a_text_that_is_not_the_one_captured(site: Path, article: str, tmp_path: Path) -> None:
    summitry("capture", "harbour-news", "--text", article)
    other = saved(tmp_path / "other.txt", ARTICLE.replace("a small crowd", "a crowd"))
    said = summitry("prove", f"{DAY}.md", "--text", other, code=1)
    assert "(number 2 of this text) is in no capture of harbour-news" in said
    assert "renew the capture: summitry capture harbour-news --text FILE" in said


FEW = {
    # paragraph 2 has 41 words
    "nearly all of a paragraph": " ".join(PARAGRAPHS[1].split()[:36]),
    "two runs that together are nearly all": (
        " ".join(PARAGRAPHS[1].split()[:17]) + " […] " + " ".join(PARAGRAPHS[1].split()[22:38])
    ),
}


@pytest.mark.parametrize("words", FEW.values(), ids=FEW)
def test_a_few_hidden_words_are_refused(site: Path, article: str, words: str) -> None:
    path = with_words(f"{DAY}.md", words.removeprefix("“"))
    said = summitry("prove", path, "--text", article, code=1)
    assert "of 41 words of the paragraph hidden, which can be guessed" in said
    assert "--whole" in said
    assert not Path(DAY + PROOF).exists()


def test_a_whole_paragraph_is_opened_where_that_is_said(site: Path, article: str) -> None:
    path = with_words(f"{DAY}.md", " ".join(PARAGRAPHS[1].split()[:36]).removeprefix("“"))
    summitry("prove", path, "--text", article, "--whole")
    (row,) = proofs()
    assert len(row["words"].split(" ")) == 41
    assert row["siblings"] == []
    checked = summitry("check")  # a note on how much of the source is shown, and no error
    assert f"{NEWS}.md:3:1: note: 41 of 339 words are disclosed (13 %, limit 20 %)" in checked
    named = re.search(r"passages of this source: (.+)", checked)
    assert named
    assert re.match(r"quotes/[a-z-]+ \(36 words\)", named[1])


def test_prune_removes_and_narrows_without_the_text(site: Path, article: str) -> None:
    Path(f"{WALL}.md").write_text(HARBOUR[f"{WALL}.md"], "utf-8")
    summitry("prove", f"{DAY}.md", f"{WALL}.md", "--text", article)
    shutil.rmtree(".sources")
    with_words(f"{DAY}.md", "open the harbour on the 14th of May")
    wall = Path(f"{WALL}.md").read_text("utf-8")
    Path(f"{WALL}.md").write_text(wall.replace("exact:", "says:"), "utf-8")
    said = summitry("check", code=1)
    assert "opens words that no evidence here has" in said
    assert "is used by nothing" in said
    said = summitry("prove", "--prune")
    assert said.startswith("0 proven, 1 were proven already")
    assert said.endswith("2 removed or narrowed\n")
    (row,) = proofs()
    assert row["words"] == "open the harbour on the 14th of May,"
    assert row["start"] == 3
    assert not Path(WALL + PROOF).exists()
    summitry("check")
    assert summitry("prove", "--prune").endswith(", 0 removed or narrowed\n")


def test_prune_leaves_a_whole_paragraph_that_was_opened_on_purpose(
    site: Path, article: str
) -> None:
    summitry("prove", f"{DAY}.md", "--text", article, "--whole")
    assert summitry("prove", f"{DAY}.md", "--prune").endswith(", 0 removed or narrowed\n")
    assert len(proofs()[0]["words"].split(" ")) == 41


def test_after_a_page_has_changed_its_words_are_proven_again(
    site: Path, article: str, tmp_path: Path
) -> None:
    summitry("prove", f"{DAY}.md", "--text", article)
    changed = saved(tmp_path / "changed.txt", ARTICLE.replace("a small crowd", "a crowd"))
    summitry("capture", "harbour-news", "--text", changed, "--date", "2025-09-01")
    summitry("check")
    assert "1 proven" in summitry("prove", f"{DAY}.md", "--text", changed)
    assert proofs()[-1]["capture"] == "2025-09-01"
    summitry("check")


def test_a_capture_that_cannot_be_read_is_never_overwritten(site: Path, article: str) -> None:
    Path(NEWS + CAPTURE).write_text('{"version": 1, "source": "harbour-news"', "utf-8")
    before = digests(site / "content")
    for words in (
        ["capture", "harbour-news", "--text", article],
        ["prove", f"{DAY}.md", "--text", article],
    ):
        said = summitry(*words, code=1)
        assert f"{NEWS}{CAPTURE}: this is not JSON: " in said
        assert "restore it or remove it first" in said
    summitry("recapture", "harbour-news", code=1)
    assert digests(site / "content") == before


def test_proofs_that_cannot_be_read_are_never_overwritten(site: Path, article: str) -> None:
    summitry("capture", "harbour-news", "--text", article)
    Path(DAY + PROOF).write_text('{"version": 1, "proofs": [', "utf-8")
    before = digests(site / "content")
    summitry("prove", f"{DAY}.md", "--text", article, code=1)
    assert digests(site / "content") == before


def test_an_ellipsis_right_before_a_mark_breaks_nothing(site: Path, tmp_path: Path) -> None:
    odd = ARTICLE.replace("Ada Norin told reporters", "Ada Norin said…“and so on” to reporters")
    text = saved(tmp_path / "odd.txt", odd)
    assert "1 proven" in summitry("prove", f"{DAY}.md", "--text", text)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("content/quotes/no-such.md", "this is not the file of an entity"),
        ("docs/index.md", "this is not the file of an entity"),
        ("/etc/passwd", "this is not the file of an entity"),
        (f"{DAY}.md", f"{DAY}.md:2:8: "),
    ],
)
def test_a_path_that_is_no_entity_s(site: Path, article: str, path: str, said: str) -> None:
    text = Path(f"{DAY}.md").read_text("utf-8")
    Path(f"{DAY}.md").write_text(text.replace("title:", "title: ["), "utf-8")
    assert said in summitry("prove", path, "--text", article, code=1)


def test_a_site_that_cannot_be_read_is_a_message(site: Path) -> None:
    Path("mkdocs.yml").write_text("site_name: [unclosed\n", "utf-8")
    for words in (["prove"], ["verify", "a", "b"], ["recapture"]):
        told = summitry(*words, code=1)
        assert told.startswith("mkdocs.yml:2:1: what stands in brackets goes on here")


# verify


def test_words_are_verified_against_a_text(site: Path, article: str) -> None:
    ask = ["verify", "harbour-news", "--text", article]
    assert summitry(*ask, "divers found cracks") == "verbatim: paragraph 3, word 10\n" + (
        "  the words stand outside speech marks: they are the reporter's\n"
    )
    said = summitry(*ask, "It was a long winter […] but the wall stands")
    assert said.startswith("abridged: paragraph 4, word 1; paragraph 4, word 20\n")
    assert "  14 words left out\n" in said
    said = summitry(*ask, "[Norin] has led the council")
    assert said.startswith("edited: paragraph 4, word ")
    assert "\n  [Norin] stands " in said
    said = summitry(*ask, "We will shut the harbour on the 14th", code=1)
    assert said.startswith("altered\n  word 3 is “shut”, the source has “open”\n")
    assert "  closest, in paragraph 2: “We will open the harbour on the 14th”\n" in said
    assert summitry(*ask, "seven moons of a far planet", code=1).startswith("absent\n")
    assert summitry(*ask, "…", code=1).startswith("unreadable\n")


def test_words_are_verified_against_the_proofs(site: Path, article: str) -> None:
    ask = ["verify", "harbour-news"]
    words = "will open the harbour"
    assert summitry(*ask, words, code=3).startswith("unknown\n")
    summitry("prove", f"{DAY}.md", "--text", article)
    shutil.rmtree(".sources")
    assert summitry(*ask, words) == (
        f"verbatim: paragraph 2, word 2\n  checked against the capture of {TODAY}\n"
    )
    assert summitry(*ask, "divers found cracks in it", code=3).startswith("unknown\n")
    assert summitry(*ask, "We will shut the harbour", code=1).startswith("altered\n")
    assert summitry("verify", "sample-report", words, code=3).startswith("unknown\n")


def test_the_verdict_as_json(site: Path, article: str) -> None:
    ask = ["verify", "harbour-news", "--text", article, "--format", "json"]
    assert json.loads(summitry(*ask, "will open the harbour")) == {
        "verdict": "verbatim",
        "segments": [{"paragraph": 2, "start": 2, "words": 4, "speech": "in"}],
        "notes": [],
        "gaps": [],
        "edits": [],
    }
    told = json.loads(summitry(*ask, "will shut the harbour", code=1))
    assert told["verdict"] == "altered"
    assert told["closest"] == {
        "paragraph": 2,
        "start": 2,
        "words": "will open the harbour",
        "differences": ["word 2 is “shut”, the source has “open”"],
    }


def test_words_for_a_terminal_control_nothing(site: Path, article: str) -> None:
    said = summitry("verify", "harbour-news", "will \x1b[31m open the harbour", "--text", article,
                    code=1)  # fmt: skip
    assert "\x1b" not in said


def test_words_of_an_unknown_source_are_a_message(site: Path) -> None:
    said = summitry("verify", "harbor-news", "some words", code=1)
    assert "there is no source harbor-news: did you mean harbour-news?" in said
