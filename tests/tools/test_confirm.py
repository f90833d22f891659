"""`summitry confirm`, and that no record of a confirmation says more than it can."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from serving import Site, answer
from small_site import OPTIONS, examined
from summitry.checks.coverage import measure
from summitry.checks.vouching import CONFIRMATION
from summitry.content.report import as_text
from summitry.proof import capture, confirmations, records
from summitry.proof.confirmations import Confirmation
from summitry.proof.signatures import Signed
from summitry.tools import evidence_commands
from summitry.tools import fetch as fetching
from summitry.tools.cli import main
from summitry.tools.fetch import fetch
from test_coverage import FIGURES
from test_evidence_commands import page
from test_ledger import ARTICLE, CAPTURE, NEWS, Files, project
from test_site_pages import made as pages_made

PATH = NEWS + CONFIRMATION
TODAY = "2025-08-20"
needs_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="needs OpenSSH")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("harbour"))


@pytest.fixture
def site(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project, in which A. Reader has captured a source."""
    copied = Path(shutil.copytree(first, tmp_path / "site"))
    (tmp_path / "copy.txt").write_text(ARTICLE, "utf-8")
    monkeypatch.chdir(copied)
    monkeypatch.setattr(evidence_commands, "today", lambda: TODAY)
    return copied


def confirm(*words: str, code: int = 0, by: str = "B. Other") -> str:
    done = CliRunner().invoke(main, ["confirm", "harbour-news", "--by", by, *words])
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    assert done.exit_code == code, done.output
    return done.output


def kept() -> list[dict[str, Any]]:
    return json.loads(Path(PATH).read_text("utf-8"))["confirmations"]


def of_disk(root: Path) -> Files:
    paths = [p for folder in ("content", "docs") for p in (root / folder).rglob("*.*")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def said(files: Files, options: Any = OPTIONS, root: Path = Path("/nowhere")) -> list[str]:
    found = examined(files, root, options)
    return [
        f"{'note: ' if p.note else ''}{p.path}:{p.mark.line}:{p.mark.column}: {p.code}: {p.message}"
        for p in found.problems
    ]


def digest(root: Path = Path()) -> bytes:
    return capture.load((root / (NEWS + CAPTURE)).read_bytes(), "harbour-news")[0].digest


def test_a_copy_that_agrees_is_recorded(site: Path) -> None:
    assert "confirmed by B. Other" in confirm("--text", "../copy.txt")
    told = {"by": "B. Other", "on": TODAY, "means": "text"}
    assert kept() == [{"capture": records.encode(digest()), **told}]
    assert said(of_disk(site)) == []
    confirm("--text", "../copy.txt", "--on", "2025-08-18")  # again: it takes the place of the first
    assert [one["on"] for one in kept()] == ["2025-08-18"]
    confirm("--text", "../copy.txt", by="C. Third")
    assert [one["by"] for one in kept()] == ["C. Third", "B. Other"]
    assert said(of_disk(site)) == []


def test_a_saved_page_will_do(site: Path) -> None:
    Path("../page.html").write_bytes(page(ARTICLE.split("\n\n")))
    confirm("--html", "../page.html")
    assert kept()[0]["means"] == "html"


def test_the_page_itself_will_do(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def get(url: str, **more: Any) -> fetching.Page:
        asked.append(url)
        return fetching.Page(url, page(ARTICLE.split("\n\n")), "utf-8")

    monkeypatch.setattr(fetching, "fetch", get)
    confirm("--url")
    assert asked == ["https://two.example/day"]
    assert kept()[0]["means"] == "url"


def test_the_page_is_fetched_by_the_safe_fetcher(site: Path) -> None:
    web = Site()
    text = Path(f"{NEWS}.md").read_text("utf-8")
    local = text.replace("https://two.example/day", web.url("/day"), 1)
    Path(f"{NEWS}.md").write_text(local, "utf-8")
    web.pages["/day"] = answer(page(ARTICLE.split("\n\n")))
    assert "is not an address of the public internet" in confirm("--url", code=1)
    web.server_close()
    assert fetch is fetching.fetch


REFUSED = {
    "another text": (
        ("--text", "../other.txt"), "B. Other",
        "this copy is not what was captured on 2025-08-16: paragraph 5 differs",
    ),
    "another order": (
        ("--text", "../turned.txt"), "B. Other", "the order of the paragraphs differs"
    ),
    "too little": (("--text", "../short.txt"), "B. Other", "no paragraph of the text has 12 words"),
    "who took it": (
        ("--text", "../copy.txt"), "a. reader", "somebody else has to confirm it"
    ),
    "a day before": (
        ("--text", "../copy.txt", "--on", "2025-08-15"), "B. Other", "give --on a day from 2025-08-"
    ),
    "no key": (
        ("--text", "../copy.txt", "--sign", "../copy.txt"), "B. Other", "copy.txt does not sign"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("words", "by", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_confirmed(site: Path, words: tuple[str, ...], by: str, why: str) -> None:
    parts = ARTICLE.split("\n\n")
    Path("../other.txt").write_text(ARTICLE.replace("Fishermen were", "Fishermen are"), "utf-8")
    Path("../turned.txt").write_text("\n\n".join([*parts[3:], *parts[:3]]), "utf-8")
    Path("../short.txt").write_text("A few words.", "utf-8")
    output = confirm(*words, code=1, by=by)
    assert why in output
    assert output.startswith("Error: ")
    assert not Path(PATH).exists()


USAGE = {
    "nothing": ((), "B.", "give one of --text, --html and --url"),
    "two": (("--text", "../copy.txt", "--url"), "B.", "give one of --text, --html and --url"),
    "nobody": (("--text", "../copy.txt"), " . ", "say who confirms"),
    "not stated": (("--text", "../copy.txt"), "Not  stated", "say who confirms"),
    "no print": (("--text", "../copy.txt"), "B.\u202eO", "say who confirms"),
    "no day": (("--text", "../copy.txt", "--on", "yesterday"), "B.", "write it as 2025-08-16"),
    "to come": (("--text", "../copy.txt", "--on", "2025-08-21"), "B.", "has not come yet"),
}


@pytest.mark.parametrize(("words", "by", "why"), USAGE.values(), ids=USAGE)
def test_how_it_is_not_used(site: Path, words: tuple[str, ...], by: str, why: str) -> None:
    assert why in confirm(*words, code=2, by=by)


def test_a_source_that_was_never_captured(site: Path) -> None:
    (site / (NEWS + CAPTURE)).unlink()
    assert "harbour-news was never captured" in confirm("--text", "../copy.txt", code=1)
    (site / (NEWS + CAPTURE)).write_text("{", "utf-8")
    assert "restore it or remove it first" in confirm("--text", "../copy.txt", code=1)


def test_a_record_that_cannot_be_read_is_not_overwritten(site: Path) -> None:
    (site / PATH).write_text('{"version": 1', "utf-8")
    output = confirm("--text", "../copy.txt", code=1)
    assert f"{PATH}: this is not JSON" in output
    assert (site / PATH).read_text("utf-8") == '{"version": 1'


# Records that are not right


def record(**changes: Any) -> Confirmation:
    made = Confirmation("harbour-news", b"", "B. Other", "2025-08-18", "text")
    return replace(made, **changes)


@pytest.fixture(scope="module")
def files(first: Path) -> Files:
    return of_disk(first)


def with_record(files: Files, first: Path, *made: Confirmation) -> Files:
    rows = [replace(one, capture=one.capture or digest(first)) for one in made]
    return {**files, PATH: confirmations.dump(rows).encode()}


def test_a_confirmation_counts_and_is_shown(files: Files, first: Path, tmp_path: Path) -> None:
    changed = with_record(files, first, record())
    library = examined(changed).library
    assert library is not None
    assert measure(library).confirmed == 1
    assert "captured sources: 1 of 1 confirmed by another" in "\n".join(measure(library).lines)
    html = pages(tmp_path, {**changed, "docs/figures.md": FIGURES})
    assert "Confirmed by another on 18 August 2025: B. Other, from a copy" in html(
        "sources/harbour-news/"
    )
    assert "captured by one person and confirmed by another" in html("quotes/harbour-day/")
    assert "the copy was confirmed by another" in html("quotes/harbour-day/")
    assert "confirmed by another</th><td>1 of 1</td>" in html("figures/")


def pages(cache: Path, files: Files) -> Callable[[str], str]:
    made = pages_made(cache, files)
    return lambda url: " ".join(made[url].make().html.split())


def test_without_one_it_is_captured_by_one(files: Files, tmp_path: Path) -> None:
    library = examined(files).library
    assert library is not None
    assert measure(library).confirmed == 0
    html = pages(tmp_path, files)
    said = "Captured by: A. Reader. Captured by one person; nobody else has confirmed it."
    assert said in html("sources/harbour-news/")
    assert "That copy was captured by one person." in html("quotes/harbour-day/")


WRONG = {
    "before the capture": (
        {"on": "2025-08-15"}, "impossible-day: confirmed on 2025-08-15, before the capture of 2025-"
    ),
    "a day to come": (
        {"on": "2999-01-01"}, "impossible-day: confirmed on 2999-01-01, which has not come yet"
    ),
    "another capture": ({"capture": bytes(32)}, "broken-confirmation: no capture of harbour-news"),
    "no signature": ({"signature": "AAAA"}, "broken-confirmation: the signature is none of B."),
}  # fmt: skip


@pytest.mark.parametrize(("change", "why"), WRONG.values(), ids=WRONG)
def test_what_no_confirmation_can_say(
    files: Files, first: Path, change: dict[str, Any], why: str
) -> None:
    (told,) = said(with_record(files, first, record(**change)))
    assert told.startswith(f"{PATH}:2:1: {why}")


def test_who_took_it_confirms_nothing(files: Files, first: Path) -> None:
    changed = with_record(files, first, record(by="A.  READER"))
    (told,) = said(changed)
    assert told == (
        f"note: {PATH}:2:1: own-confirmation: A.  READER took the capture of 2025-08-16, and so "
        "cannot confirm it"
    )
    library = examined(changed).library
    assert library is not None
    assert measure(library).confirmed == 0


def _text(change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    return lambda raw: change(raw.decode()).encode()


HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut": (lambda raw: raw[: len(raw) // 2], "this is not JSON"),
    "empty": (lambda raw: b"", "this is not JSON"),
    "bytes": (lambda raw: b"\xff\xfe" + raw, "the file is not UTF-8"),
    "a list": (lambda raw: b"[]", "the file does not hold a JSON object"),
    "deep": (lambda raw: b"[" * 100_000, "brackets stand too deep"),
    "of another source": (
        _text(lambda t: t.replace('"harbour-news"', '"source-one"')),
        "these are confirmations of source-one, not of harbour-news",
    ),
    "no rows": (
        lambda raw: b'{"version": 1, "source": "harbour-news", "confirmations": []}',
        "there is no confirmation in it",
    ),
    "a strange key": (
        _text(lambda t: t.replace('"means"', '"meanz"')), "the key means is missing"
    ),
    "no digest": (_text(lambda t: t.replace('"capture": "', '"capture": "A')), "is not 32 bytes"),
    "a number for a name": (_text(lambda t: t.replace('"B. Other"', "7")), "by is not text"),
    "no name": (_text(lambda t: t.replace("B. Other", "…")), "“…” does not name who confirmed"),
    "nobody": (_text(lambda t: t.replace("B. Other", "not stated")), "does not name who"),
    "a name that turns": (_text(lambda t: t.replace("B. O", "B.\u202eO")), "does not name who"),
    "half a letter": (_text(lambda t: t.replace("B. O", "B.\\ud800O")), "by holds half of a char"),
    "a moment": (
        _text(lambda t: t.replace("2025-08-18", "2025-08-18T10:00:00Z")), "is not the day of a conf"
    ),
    "no day": (_text(lambda t: t.replace("2025-08-18", "2025-02-30")), "is not the day of a conf"),
    "other means": (_text(lambda t: t.replace('"text"', '"word of mouth"')), "is not one of text"),
    "a bad signature": (
        _text(lambda t: t.replace('"text"}', '"text", "signature": "a b"}')), "is not base64"
    ),
    "an empty signature": (
        _text(lambda t: t.replace('"text"}', '"text", "signature": ""}')), "is not base64"
    ),
    "said twice": (
        _text(lambda t: t.replace('"text"}', '"text"},\n' + t.split("\n")[1])), "do not stand"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_record_is_a_message(
    files: Files, first: Path, change: Callable[[bytes], bytes], why: str
) -> None:
    raw = with_record(files, first, record())[PATH]
    assert isinstance(raw, bytes)
    found = examined({**files, PATH: change(raw)})
    (problem,) = [p for p in found.problems if p.path == PATH]
    assert problem.code == "broken-confirmation"
    assert why in problem.message
    assert f"{PATH}:" in as_text([problem])


def test_a_key_written_otherwise_hides_no_confirmation(files: Files, first: Path) -> None:
    raw = with_record(files, first, record(on="2025-08-15"))[PATH]
    assert isinstance(raw, bytes)
    (told,) = said({**files, PATH: raw.replace(b'"capture"', b'"\\u0063apture"')})
    assert told.startswith(f"{PATH}:1:1: impossible-day: ")


def test_records_that_belong_to_nothing(files: Files, first: Path) -> None:
    raw = with_record(files, first, record())[PATH]
    path = f"content/sources/other{CONFIRMATION}"
    (told,) = said({**files, path: raw})
    assert told == f"{path}:1:1: stray-file: there is no source beside this record"
    path = f"content/quotes/harbour-day{CONFIRMATION}"
    (told,) = said({**files, path: raw})
    assert told == f"{path}:1:1: broken-confirmation: captures belong to sources"
    bare = {path: text for path, text in files.items() if not path.endswith(".json")}
    found = said({**bare, PATH: raw})
    assert f"{PATH}:2:1: broken-confirmation: no capture of harbour-news has this digest" in (
        "\n".join(found)
    )


# Signatures


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return made_key(tmp_path / "key")


def made_key(path: Path) -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "a", "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


def signed(root: Path, key: Path) -> Files:
    assert "confirmed by B. Other, and signed" in confirm(
        "--text", "../copy.txt", "--sign", str(key)
    )
    return of_disk(root)


def allowing(root: Path, text: str) -> Any:
    (root / "signers").write_text(text, "utf-8")
    return OPTIONS.model_copy(update={"allowed_signers": "signers"})


@needs_ssh
def test_a_signature_is_verified_by_the_keys_allowed(site: Path, key: Path) -> None:
    files = signed(site, key)
    assert said(files) == ["note: mkdocs.yml:1:1: unverified: signature not verified: harbour-news"]
    public = key.with_suffix(".pub").read_text("utf-8")
    options = allowing(site, f'"B. Other" namespaces="summitry" {public}')
    assert said(files, options, site) == []
    library = examined(files, site, options).library
    assert library is not None
    (one,) = [one for found in library.vouching.confirmed.values() for one in found]
    assert one.signed is Signed.VERIFIED


@needs_ssh
def test_a_key_of_somebody_else_is_refused(site: Path, key: Path) -> None:
    files = signed(site, key)
    other = made_key(key.with_name("other")).with_suffix(".pub").read_text("utf-8")
    for line in (f'"B. Other" {other}', f'"C. Third" {key.with_suffix(".pub").read_text()}', "no"):
        (told,) = said(files, allowing(site, line), site)
        why = "broken-confirmation: no key that may sign for B. Other made the signature"
        assert told == f"{PATH}:2:1: {why}"


@needs_ssh
@pytest.mark.parametrize(
    ("old", "new"), [("B. Other", "B. Else"), ("08-20", "08-19"), ('"text"', '"html"')]
)
def test_a_signature_is_of_this_record_alone(site: Path, key: Path, old: str, new: str) -> None:
    files = signed(site, key)
    raw = files[PATH]
    assert isinstance(raw, bytes)
    (told,) = said({**files, PATH: raw.replace(old.encode(), new.encode())})
    assert told.startswith(f"{PATH}:2:1: broken-confirmation: the signature is none of B.")


def test_a_list_of_signers_that_is_not_there(files: Files) -> None:
    options = OPTIONS.model_copy(update={"allowed_signers": "signers"})
    (told,) = said(files, options)
    assert told == "mkdocs.yml:1:1: option: allowed_signers: signers: there is no such file"
