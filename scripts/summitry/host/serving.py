"""`mkdocs serve`: an edit goes to the pages that depend on it, and not through a whole build.

MkDocs builds once, and again where its own part changes: its configuration, templates, the names
of pages in its navigation, contributors' pages. Everything else goes past it: the content is read
and checked, with what is known from before, and pages are made when they are asked for (`Live`).
Broken files fall back to their last valid state (`recover`); nothing ends the server.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any, cast

from jinja2 import TemplateError
from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from msgspec.structs import replace

from summitry import PACKAGE
from summitry.build import outputs, search
from summitry.build.live import Live, ServedSite, unexplained
from summitry.build.outputs import Press
from summitry.build.published import Mark, mark_of, marks_of
from summitry.build.recovery import Memory, recover
from summitry.content import report, routes
from summitry.content.commands import serve_at
from summitry.content.earlier import Earlier
from summitry.content.files import Reader
from summitry.content.problems import START, Problem
from summitry.data import history
from summitry.data.setting import Setting
from summitry.host import mkdocs_pages, theme
from summitry.host.configuration import placed, read_site
from summitry.host.destinations import astray
from summitry.host.frames import Frames
from summitry.host.garbage import Garbage, unsearched
from summitry.host.progress import Progress
from summitry.host.project import Project
from summitry.host.settings import named
from summitry.host.watching import at_once
from summitry.pages.spec import GUIDE, Content, MadePage

log = logging.getLogger("mkdocs.plugins.summitry")
_LATER = "<!-- made when it is asked for -->"
_FIRST = 0.5  # seconds in which whoever asks first has all cores; then the rest is made behind
_File = tuple[str, Mark | None]  # a path, and by what the system knows the file


class Serving:
    """A site that is being served. MkDocs keeps it as long as it serves."""

    def __init__(self) -> None:
        self._memory, self._reader = Memory(), Reader()
        self._index = search.Background()
        self._live: Live | None = None
        self._progress, self._garbage = Progress(), Garbage()
        self._project: Project
        self._state: ServedSite
        self._setting: Setting | None = None
        self._began = 0  # when the first build began (nanoseconds)
        self._commit = ""  # of which git was asked
        self._world = ""
        self._known_files: list[_File] = []
        self._builder: Callable[..., None] = lambda: None
        self._said = ""
        self._holding = False  # whether a whole build is under way, in which nothing is written
        self._is_built = False  # whether the whole build that was last begun was one of ours
        self._built_of: object = None  # what MkDocs' part was made of
        self._wrong: list[Problem] = []  # why the last whole build failed
        self._starting: Timer | None = None

    # MkDocs' own build

    def begin(self, project: Project) -> None:
        """A whole build begins, which empties the folder of the site."""
        self._project, self._world = project, project.world
        self._setting = None
        if self._live is None:
            _refuse_busy(*project.config.dev_addr)
            folder = Path(project.config.site_dir)
            self._live = Live(
                folder, project.cache_dir, self._say, self._at_rest, self._explain,
                self._counted, self._progress.step, self._stuck,
            )  # fmt: skip
            self._memory.earlier = Earlier.load(project.cache_dir)
            self._began, self._known_files = time.time_ns(), self._files()
        if not self._holding:
            self._live.lock.acquire()
            self._holding = True

    def frames(self) -> Frames:
        """The pages that MkDocs has to know; most are made later."""
        with unsearched():
            self._renew()
        press, is_known = self._state.press, mkdocs_pages.known(self._project.config)
        found = [one for one in self._state.lost.values() if is_known(one.story, one.url)]
        for url, plan in press.plans.items():
            if is_known(plan.story, url):
                spec = plan.spec()
                later = MadePage.of(spec, Content(_LATER))
                found.append(self.live.page(url) if spec.layout == GUIDE else later)
        return Frames(press.frame, found)

    def built(self) -> None:
        """The whole build is done."""
        self._is_built, self._built_of = True, self._made_of()
        self.live.emptied()
        self.failed()

    def failed(self, wrong: Sequence[Problem] = ()) -> None:
        """The whole build is over, done or not; what is wrong with its templates."""
        self._wrong = [*wrong]
        if self._holding and self._live:
            self._holding = False
            self._live.lock.release()

    @property
    def live(self) -> Live:
        """The files that are served."""
        if self._live is None:
            raise LookupError("nothing is served yet")
        return self._live

    # Serving

    def attach(self, server: LiveReloadServer, builder: Callable[..., None]) -> LiveReloadServer:
        """Answer for a server from here on; before it serves."""
        self._builder = builder
        server.builder = self.rebuild
        answer = cast("Any", server.serve_request)

        def app(environ: dict[str, Any], start_response: Any) -> Any:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            if not path.startswith(server.mount_path) or path.startswith("/livereload/"):
                return answer(environ, start_response)
            with server._epoch_cond:  # a change that is being taken in comes first
                server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
                epoch = server._visible_epoch
            raw = self.live.read(path.removeprefix(server.mount_path))
            self.live.start()
            if raw is None:
                return answer(environ, start_response)
            if path.endswith(("/", ".html")):
                raw = cast("bytes", cast("Any", server)._inject_js_into_html(raw, epoch))
            kind = cast("Any", server)._guess_type("index.html" if path.endswith("/") else path)
            start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(raw)))])
            return [raw]

        server.set_app(app)
        self._starting = Timer(_FIRST, self.live.start)
        self._starting.daemon = True
        self._starting.start()
        return at_once(server, self._began)

    def rebuild(self) -> None:
        """Take in what changed: by ourselves, or where its part changed by MkDocs."""
        self.live.free.clear()
        self._index.hold()
        try:
            now = self._files()  # before any is read, as one may change while it is taken in
            if self._state.passing is None and now == self._known_files:
                self._renew()
                if self._made_of() == self._built_of:
                    return
            self._build(now)
        except Exception as error:  # no room on the disk, say: what was shown is shown
            log.debug("", exc_info=error)
            self._stuck(error)
        finally:
            self._index.release()
            self.live.go_on()

    def _build(self, now: list[_File]) -> None:
        """Have MkDocs build. Where that fails, what was shown stays, and says what is wrong."""
        project, known, pages = self._project, self._known_files, self.live.pages()
        self._known_files = now
        state = replace(self._state, passing={**pages, **(self._state.passing or {})})
        self._wrong, self._is_built = [], False
        self._index.end()  # it writes into the folder that is emptied now
        self.live.save()
        with TemporaryDirectory(dir=self.live.folder.parent) as aside:
            shutil.copytree(self.live.folder, aside, copy_function=os.link, dirs_exist_ok=True)
            try:
                self._builder()
                if not self._is_built:
                    raise LookupError("summitry is not among the plugins")
            except Exception as error:
                with self.live.lock:
                    shutil.copytree(aside, self.live.folder, copy_function=_replace,
                                    dirs_exist_ok=True)  # fmt: skip
                    self._fall_back(project, state, known, error)

    def _fall_back(
        self, project: Project, state: ServedSite, known: list[_File], error: Exception
    ) -> None:
        """Show what was shown. Where only mkdocs.yml is wrong, edits of content go on with it."""
        file = Path(project.config.config_file_path)
        wrong = [one for one in read_site(file).problems if not one.note]
        self._wrong = wrong or self._wrong or [_unexpected(file, error)]
        self._project, self._world, self._setting = project, project.world, None
        now, of_old = self._known_files, {path: rest for path, *rest in known}
        changed = {path for path, *rest in now if of_old.pop(path, None) != rest} | of_old.keys()
        settings_alone = changed <= {str(file)}
        self._known_files = now if settings_alone else known
        notice = _notice(state.press, self._wrong)
        passing = None if settings_alone else state.passing
        self._state = replace(state, notice=notice, passing=passing)
        self.live.renew(self._state)
        self._tell(self._wrong)

    def stop(self) -> None:
        """End what goes on beside, and keep what was made."""
        self._index.end()
        if self._starting:
            self._starting.cancel()
        if self._live:
            self._live.stop()
        self._progress.end()

    def _renew(self) -> None:
        project = self._project
        found = recover(
            project.tree(self._reader), self._memory, project.docs_dir, project.options,
            project.root,
        )  # fmt: skip
        press = project.press(found.library, self._today())
        nav = named(project.config.nav)
        told = [*found.problems, *astray(press.plans, found.library, nav), *self._wrong]
        problems = [problem for problem in told if not problem.note]
        if told:
            self._tell(told)
        lost = {spec.url: press.made(spec) for spec in press.pages.lost(found.lost)}
        others = [
            lambda: project.sheets(press), lambda: project.data(press),
            lambda: _sitemap(press, self.live.pages()),
        ]  # fmt: skip
        notice = _notice(press, problems)
        self._state = ServedSite(press, self._world, lost, notice, others)
        self.live.renew(self._state)

    def _counted(self, left: int) -> None:
        """So many pages are made again."""
        log.info("%d of %d pages are made again", left, len(self._state.press.plans))
        self._progress.begin(left)

    def _today(self) -> Setting:
        """Where the site stands; git is asked for its history only where it has a new commit."""
        commit = history.head(self._project.root)
        if self._setting is None or commit != self._commit:
            self._setting, self._commit = self._project.setting(), commit
        return self._setting

    def _explain(self, error: Exception) -> str:
        """Why a page cannot be shown."""
        if isinstance(error, TemplateError):
            return report.as_text([theme.fault(error, self._project.config)])
        return unexplained(error)

    def _files(self) -> list[_File]:
        """What MkDocs' part is made from: configuration, templates, our code; with their marks."""
        config = self._project.config
        file = Path(config.config_file_path)
        found: list[_File] = []
        for folder in (PACKAGE, *theme.own_folders(config)):
            with suppress(OSError):  # what is not there, or goes away meanwhile
                found += [(f"{folder}/{name}", mark) for name, mark in marks_of(str(folder))]
        with suppress(OSError):
            found.append((str(file), mark_of(file.stat())))
        return sorted(one for one in found if not one[0].endswith(".pyc"))

    def _guides(self) -> list[str]:
        library = self._state.press.pages.library
        return [path for path, one in library.stories.items() if one.meta.layout == "guide"]

    def _made_of(self) -> object:
        """What MkDocs' part of the site shows of content: titles, and contributors' pages."""
        library = self._state.press.pages.library
        titles = [(path, one.title, one.meta.layout) for path, one in library.stories.items()]
        guides = [self.live.page(routes.story_url(path)).raw for path in self._guides()]
        return titles, guides, sorted(page.story for page in self._state.lost.values())

    def _tell(self, problems: list[Problem]) -> None:
        """Say what is wrong, once."""
        text = report.as_text(placed(Path(self._project.config.config_file_path), problems))
        if text != self._said:
            log.warning("%s", "\n" + text)
        self._said = text

    def _say(self, problems: list[Problem]) -> None:
        """What is wrong with pictures, found out when they are drawn."""
        self._warn(problems)

    def _stuck(self, error: Exception) -> None:
        """Say what keeps the site from being made."""
        self._warn([_unexpected(Path(self._project.config.config_file_path), error)])

    def _warn(self, problems: list[Problem]) -> None:
        """Say what is wrong, in the log and on the pages that are shown."""
        self._tell(problems)
        notice = _notice(self._state.press, problems)
        if notice not in self._state.notice:
            self._state = replace(self._state, notice=self._state.notice + notice)
            self.live.show(self._state)

    def _at_rest(self) -> None:
        """All pages are made."""
        self._progress.end()
        texts = self._state.press.pages.library.texts
        self._memory.earlier.save(self._project.cache_dir, {*texts})
        self._garbage.collect()
        if self._project.options.search:
            self._index.start(self.live.pages().values(), self.live.folder)


def _replace(source: str, target: str) -> str:
    """Put a file in the place of another."""
    return str(Path(source).replace(target))


def _notice(press: Press, problems: list[Problem]) -> str:
    """What pages say of what is wrong, however little of the templates can be rendered."""
    try:
        return str(press.frame.notice(problems))
    except Exception:  # a template is wrong or no text, or the disk gives none
        return f'<pre class="problems">{escape(report.as_text(problems))}</pre>'


def _unexpected(file: Path, error: Exception) -> Problem:
    """What else can end a build: the disk is full, say."""
    message = f"the site cannot be built: {error}"
    cure = "mend that, and save any file; what was there before is shown until then"
    return Problem(file.name, START, "option", message, cure)


def _refuse_busy(host: str, port: int) -> None:
    """Say that a port is taken before there is any work, and one that is free."""
    if _is_free(host, port):
        return
    free = next((n for n in range(port + 1, min(port + 50, 65536)) if _is_free(host, n)), 0)
    cure = f"; {free} is free: {serve_at(host, free)}" if free else ""
    raise PluginError(f"something else answers at {host}:{port} already{cure}")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            return error.errno not in (errno.EADDRINUSE, errno.EACCES)  # others MkDocs tells of
    return True


def _sitemap(press: Press, known: Mapping[str, MadePage]) -> Iterator[tuple[str, str | bytes]]:
    made = [
        known.get(url) or MadePage.of(plan.spec(), Content("")) for url, plan in press.plans.items()
    ]
    yield routes.SITEMAP, press.frame.sitemap(outputs.listed(press.pages.setting, made))
