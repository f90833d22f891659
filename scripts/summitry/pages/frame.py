"""The document around a page: its head, header and footer.

Only contributors' pages have the theme's frame, which MkDocs makes and which shows the same values.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from summitry.content.kinds import KINDS
from summitry.content.options import Options
from summitry.content.problems import Problem
from summitry.data.setting import Setting
from summitry.pages import assembly
from summitry.pages.illustrations import CARD_SIZE
from summitry.pages.spec import Content, PageSpec


class _Site(Struct, frozen=True):
    """What frames ask of MkDocs' configuration."""

    site_name: str


class _Shown(Struct, frozen=True):
    """What frames ask of MkDocs' page."""

    content: Markup
    canonical_url: str


class PageFrame:
    """Makes the documents of one site."""

    def __init__(
        self, env: Environment, setting: Setting, options: Options, policy: str = ""
    ) -> None:
        """`env` is that of the pages (see `templates.environment`), `policy` each page states."""
        self._policy = policy
        self._env = env
        self._setting = setting
        self._options = options

    def document(self, spec: PageSpec, content: Content) -> str:
        """A page's document; a mark stands where it says what is wrong with the site."""
        base = "../" * spec.url.count("/") or "./"
        return self._env.get_template(spec.layout).render(
            config=_Site(self._setting.name),
            page=_Shown(Markup(content.html), self._setting.url + spec.url),
            summitry={
                **self.values(spec, base),
                "linked": spec.linked() if spec.linked else None,
                "notice": Markup(assembly.NOTICE),
            },
        )

    def values(self, spec: Any, base: str) -> dict[str, Any]:
        """What every frame shows, of a page if it is one; `base` leads to the site's root."""
        return {
            "options": self._options,
            "spec": spec,
            "picture": self._setting.url + spec.picture if spec and spec.picture else "",
            "picture_size": CARD_SIZE,
            "policy": self._policy,
            "script": self._setting.words.script,
            "kinds": [kind for kind in KINDS if kind != "images"],  # whose links show previews
            "base": base,
            "linked": None,
            "notice": "",
        }

    def sitemap(self, listed: list[tuple[str, str]]) -> str:
        """The map for search engines: addresses, each with the day of its last change or ""."""
        template = self._env.get_template("sitemap.xml")
        return template.render(summitry={"listed": listed})

    def notice(self, problems: list[Problem]) -> Markup:
        """What pages say of what is wrong, while serving; "" if nothing is."""
        if not problems:
            return Markup("")
        template = self._env.get_template("frame/problems.html")
        return Markup(template.render(problems=problems))
