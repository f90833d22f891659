"""While serving, files are as they have to be whenever somebody asks for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from running import ROOT
from small_site import FILES, OPTIONS, examined
from summitry.build import kept_pages
from summitry.build.kept_pages import KeptPage
from summitry.build.live import Live, ServedSite, unexplained
from summitry.build.outputs import Before, Press
from summitry.content.problems import Problem
from summitry.content.store import Store, plain_sum
from summitry.data.setting import Setting
from summitry.pages.frame import PageFrame
from summitry.pages.site import Pages, illustrate
from summitry.pages.spec import PagePlan

SETTING = Setting("Site One", "https://site.example/x/")
PERSON = "content/people/speaker-one.md"
CARD = "assets/cards/people/speaker-one.png"
Files = dict[str, str | bytes | None]


class Serving:
    """A folder that is served, and what was told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder / "site", folder / "cache"
        self.told: list[Problem] = []
        self.finished = 0
        self.data = 0
        self.live = Live(self.folder, self.cache, self.told.extend, self._end, unexplained)

    def _end(self) -> None:
        self.finished += 1

    def renew(self, changes: Files | None = None, notice: str = "", world: str = "w") -> int:
        """How many pages are left to make."""
        self.take(changes, notice, world)
        return self.live.left()

    def take(self, changes: Files | None = None, notice: str = "", world: str = "w") -> None:
        library = examined(changes).library
        assert library
        pictures = illustrate(library, self.cache, SETTING.name, SETTING.url)
        pages = Pages(library, pictures, [ROOT / "overrides"], SETTING)
        press = Press(pages, PageFrame(pages.env, SETTING, OPTIONS), pictures)

        def sheets() -> Iterator[tuple[str, str | bytes]]:
            yield "assets/one.css", "a{}"
            yield "assets/two.css", "b{}"

        def data() -> Iterator[tuple[str, str | bytes]]:
            self.data += 1
            yield "data/all.json", f"{len(library.every())}"

        self.live.renew(ServedSite(press, world, {}, notice, [sheets, data]))

    def get(self, path: str) -> str:
        raw = self.live.read(path)
        file = self.folder / (f"{path}index.html" if not path or path.endswith("/") else path)
        assert raw is None or file.read_bytes() == raw
        return (raw or b"").decode("utf-8", "replace")

    def rest(self) -> None:
        """Do what is left for when nobody asks."""
        while self.live._step():
            pass


@pytest.fixture
def site(tmp_path: Path) -> Serving:
    return Serving(tmp_path)


def edited(text: str) -> Files:
    return {PERSON: FILES[PERSON].replace("One of the two", text)}


def test_a_page_is_made_when_it_is_asked_for(site: Serving) -> None:
    left = site.renew()
    assert left == len(site.live._state.press.plans) if site.live._state else False
    assert not site.folder.exists()
    assert "One of the two" in site.get("people/speaker-one/")
    assert [p.parent.name for p in site.folder.rglob("index.html")] == ["speaker-one"]
    assert "One of the two" in site.get("people/speaker-one/index.html")
    assert site.get("people/speaker-one") == "", "the server leads to the address with a slash"


def test_an_edit_is_on_every_page_that_depends_on_it(site: Serving) -> None:
    site.renew()
    site.rest()
    left = site.renew(edited("Another of the two"))
    assert 0 < left < len(FILES)
    for page in ("people/speaker-one/", "people/"):
        assert "Another of the two" in site.get(page)
    assert site.renew() == left
    assert "One of the two" in site.get("people/")


def test_who_asks_for_a_page_waits_for_no_other_to_be_compared(
    site: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    same = Before._is_same

    def noted(before: Before, kept: KeptPage) -> bool:
        compared.append(kept.page.url)
        return same(before, kept)

    monkeypatch.setattr(Before, "_is_same", noted)
    site.renew()
    site.rest()
    site.take(edited("Another of the two"))
    assert compared == []
    assert "Another of the two" in site.get("people/speaker-one/")
    assert compared == ["people/speaker-one/"]
    assert site.get("people/speaker-one/")
    site.rest()
    assert len(compared) == len({*compared}) == len([*site.folder.rglob("index.html")])


def test_a_picture_is_there_before_its_page_was_compared(site: Serving) -> None:
    site.renew()
    site.rest()
    site.take(edited("Another of the two"))
    other = "assets/cards/terms/term-one.png"
    assert site.get(other)
    assert site.data == 1, "nothing else is made for it"


def test_pictures_and_data_come_when_they_are_asked_for(site: Serving) -> None:
    site.renew()
    assert site.get(CARD), "it belongs to a page that nobody has asked for yet"
    assert site.get("data/all.json")
    assert site.get("data/all.json")
    assert site.data == 1
    assert site.get("assets/cards/people/nobody.png") == ""
    site.renew({"content/people/nobody.md": FILES["content/people/speaker-two.md"]})
    assert site.get("data/all.json") != ""
    assert site.data == 2
    assert site.get("assets/cards/people/nobody.png")


def test_a_style_sheet_does_not_wait_for_the_data(site: Serving) -> None:
    site.renew()
    for path in ("assets/one.css", "assets/two.css", "assets/two.css", "assets/one.css"):
        assert site.get(path)
    assert site.data == 0


def test_a_page_that_is_gone_is_gone(site: Serving) -> None:
    extra: Files = {"content/people/nobody.md": FILES["content/people/speaker-two.md"]}
    site.renew(extra)
    site.rest()
    assert site.get("people/nobody/")
    site.renew()
    assert site.get("people/nobody/") == ""


def test_what_is_wrong_is_said_on_every_page_and_then_no_more(site: Serving) -> None:
    site.renew()
    site.rest()
    assert site.renew(notice="<p>wrong</p>") == 0
    assert "<p>wrong</p>" in site.get("terms/")
    site.rest()
    assert all("<p>wrong</p>" in page.read_text() for page in site.folder.rglob("people/*.html"))
    assert site.renew() == 0
    assert "<p>wrong</p>" not in site.get("terms/")


def test_the_rest_is_made_behind_and_kept_for_the_next_time(site: Serving, tmp_path: Path) -> None:
    site.renew()
    site.rest()
    assert site.finished == 1
    assert site.told == []
    press = site.live._state.press if site.live._state else None
    assert press
    assert {f"{url}index.html" for url in press.plans} == {
        path.relative_to(site.folder).as_posix() for path in site.folder.rglob("index.html")
    }
    assert (site.folder / CARD).is_file()
    assert Serving(tmp_path).renew() == 0
    assert Serving(tmp_path).renew(world="another") > 0


def test_what_is_kept_does_not_grow_with_edits(site: Serving) -> None:
    for text in ("Another", "A third", "A fourth"):
        site.renew(edited(f"{text} of the two"))
        site.rest()
    kept = Store(site.cache / kept_pages.DOCUMENTS, plain_sum).names()
    assert kept == {page.digest for page in site.live.pages().values()}


def test_a_folder_that_was_emptied_is_filled_again(site: Serving) -> None:
    site.renew()
    assert site.get("people/")
    (site.folder / "people/index.html").unlink()
    site.live.emptied()
    assert site.get("people/")
    site.rest()
    (site.folder / CARD).unlink()
    site.live.emptied()
    site.rest()
    assert (site.folder / CARD).is_file()


def test_nobody_waits_for_files_that_nobody_asked_for(site: Serving) -> None:
    free: list[bool] = []

    def ask() -> None:
        free.append(site.live.lock.acquire(blocking=False))
        site.live.lock.release()

    def slow() -> Iterator[tuple[str, str | bytes]]:
        asking = threading.Thread(target=ask)
        asking.start()
        asking.join()
        yield "slow.json", "{}"

    site.renew()
    site.rest()
    assert site.live._state
    site.live.show(replace(site.live._state, others=[slow]))
    site.rest()
    assert free == [True]
    assert site.live.read("slow.json") == b"{}"


def test_files_of_a_state_that_is_over_are_not_taken(site: Serving) -> None:
    def late() -> Iterator[tuple[str, str | bytes]]:
        yield "late.json", "1"
        site.renew(edited("Somebody else"))
        yield "later.json", "2"

    site.renew()
    assert site.live._state
    site.live.show(replace(site.live._state, others=[late]))
    site.rest()
    assert site.live.read("late.json") is None
    assert "Somebody else" in site.get("people/speaker-one/")


def test_what_is_done_is_not_done_again(site: Serving) -> None:
    site.renew()
    site.rest()
    site.rest()
    assert site.finished == 1


def test_a_picture_that_cannot_be_drawn_is_told(
    site: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(card: object) -> bytes:
        raise ValueError(f"no room for {type(card).__name__}")

    monkeypatch.setattr("summitry.pages.illustrations.draw", never)
    site.renew()
    monkeypatch.setattr(
        type(site.live._state.press.pictures) if site.live._state else object,
        "_plain",
        lambda self: Path(__file__),
    )
    site.get("people/speaker-one/")
    site.rest()
    assert {problem.code for problem in site.told} == {"picture"}


def test_a_page_that_cannot_be_made_says_so_and_the_others_are_shown(
    site: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Press.page

    def broken(press: Press, plan: PagePlan) -> object:
        if plan.url == "people/":
            raise ValueError("no <such> thing")
        return page(press, plan)

    monkeypatch.setattr(Press, "page", broken)
    site.renew()
    assert "ValueError: no &lt;such&gt; thing" in site.get("people/")
    site.rest()
    assert "One of the two" in site.get("people/speaker-one/")
    monkeypatch.undo()
    site.renew()
    assert "One of the two" in site.get("people/")


def test_what_fails_behind_does_not_end_the_work(
    site: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(live: Live) -> bool:
        raise OSError("no room")

    monkeypatch.setattr(Live, "_step", full)
    site.renew()
    assert not site.live._goes_on()
    monkeypatch.undo()
    site.rest()
    assert site.finished == 1


def test_it_works_through_the_rest_by_itself_and_ends(site: Serving) -> None:
    site.renew()
    site.live.start()
    while not site.finished:
        site.live._wanted.wait(0.01)
    site.live.stop()
    assert (site.folder / "people/speaker-one/index.html").is_file()
