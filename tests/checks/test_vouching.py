"""What no capture can be, and what a source says of being captured anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from small_site import OPTIONS, examined
from summitry.content.options import read_options
from summitry.proof import capture
from summitry.proof.capture import Capture
from test_ledger import CAPTURE, HARBOUR, NEWS, Files, errors, proven
from test_site_pages import made

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
OTHER = "https://other.example/day"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return proven(tmp_path_factory.mktemp("harbour"), HARBOUR)


@pytest.fixture(scope="module")
def one(kept: Files) -> Capture:
    raw = kept[NEWS + CAPTURE]
    assert isinstance(raw, bytes)
    return capture.load(raw, "harbour-news")[0]


def written(*captures: Capture) -> bytes:
    return capture.dump(captures).encode()


def anew(kept: Files, on: str, *, url: str = "https://two.example/day") -> str:
    raw = kept[f"{NEWS}.md"]
    assert isinstance(raw, bytes)
    more = f"recaptured: {{on: {on}, why: It had *moved*.}}\n---\n"
    text = raw.decode().replace("url: https://two.example/day", f"url: {url}", 1)
    return text.replace("\n---\n", f"\n{more}", 1)


@pytest.mark.parametrize("change", [{"confirmed_on": (TOMORROW,)}, {"changed_on": (TOMORROW,)}])
def test_a_day_to_come_is_refused(kept: Files, one: Capture, change: dict[str, object]) -> None:
    (told,) = errors(examined({**kept, NEWS + CAPTURE: written(replace(one, **change))}))
    assert told == f"{NEWS}{CAPTURE}:2:1: impossible-day: {TOMORROW} has not come yet"


def test_a_capture_of_a_day_to_come_is_refused_at_its_line(kept: Files, one: Capture) -> None:
    later = replace(one, date=f"{TOMORROW}T10:00:00Z")
    told = errors(examined({**kept, NEWS + CAPTURE: written(one, later)}))
    assert told == [f"{NEWS}{CAPTURE}:2:1: impossible-day: {TOMORROW}T10:00:00Z has not come yet"]


@pytest.mark.parametrize(
    "url", ["https://two.example/night", "https://two.example.org/day", OTHER, "no address", "/day"]
)
def test_a_capture_of_another_page_is_refused(kept: Files, one: Capture, url: str) -> None:
    told = errors(examined({**kept, NEWS + CAPTURE: written(replace(one, url=url))}))
    said = f"the capture of 2025-08-16 is of {url}, which is not the source's address"
    assert f"{NEWS}{CAPTURE}:2:1: other-page: {said}" in told


@pytest.mark.parametrize(
    "url",
    [
        "http://www.two.example/day/",
        "https://two.example/day?utm_source=x#part",
        "https://web.archive.org/web/20250901000000/https://two.example/day",
        "",
    ],
)
def test_the_same_page_by_another_address_will_do(kept: Files, one: Capture, url: str) -> None:
    other = examined({**kept, NEWS + CAPTURE: written(replace(one, url=url))}).problems
    assert [p for p in other if p.code == "other-page"] == []


def test_older_captures_keep_the_address_of_their_day(kept: Files, one: Capture) -> None:
    newer = replace(one, date="2025-09-01", url=OTHER)
    files = {**kept, NEWS + CAPTURE: written(newer, one)}
    moved = anew(kept, "2025-09-01", url=OTHER)
    assert errors(examined({**files, f"{NEWS}.md": moved})) == []
    bare = moved[: moved.index("archive_url:")] + "---\n"
    (told,) = errors(examined({**files, f"{NEWS}.md": bare}))
    assert told.startswith(
        f"{NEWS}{CAPTURE}:3:1: other-page: the capture of 2025-08-16 is of https"
    )


def test_it_was_captured_anew_on_the_day_of_a_capture(kept: Files, tmp_path: Path) -> None:
    (told,) = errors(examined({**kept, f"{NEWS}.md": anew(kept, "2025-08-17")}))
    said = "impossible-day: recaptured.on: there is no capture of 2025-08-17"
    assert told == f"{NEWS}.md:8:18: {said}"
    (told,) = errors(examined({**kept, f"{NEWS}.md": anew(kept, TOMORROW)}))
    assert told.endswith(f"recaptured.on: {TOMORROW} has not come yet")
    (told,) = errors(examined({**kept, f"{NEWS}.md": anew(kept, "2025-08")}))
    assert "bad-date: recaptured.on: 2025-08 is not a day" in told
    pages = made(tmp_path, {**kept, f"{NEWS}.md": anew(kept, "2025-08-16")})
    html = pages["sources/harbour-news/"].make().html
    assert "<p>Captured anew on 16 August 2025: It had <em>moved</em>.</p>" in html


def test_certificates_are_read_from_a_plain_file_alone(tmp_path: Path) -> None:
    (tmp_path / "keys.pem").symlink_to("/dev/null")  # or one without an end
    options = OPTIONS.model_copy(update={"stamp_authorities": "keys.pem"})
    told = [one.message for one in examined({}, tmp_path, options).problems if not one.note]
    assert told == ["stamp_authorities: keys.pem: there is no such file"]


@pytest.mark.parametrize("name", ["allowed_signers", "stamp_authorities"])
def test_files_of_trust_lie_inside_the_project(name: str) -> None:
    for path in ("/etc/passwd", "../keys", "a/../../b", "a\nb"):
        options, wrong = read_options({name: path})
        assert options is None
        assert wrong[0][0] == name
        assert "is not a file inside the project" in wrong[0][1]
    assert getattr(OPTIONS, name) == ""
