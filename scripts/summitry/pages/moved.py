"""Pages at old addresses, which lead to where their things are now."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from summitry.content import routes
from summitry.content.library import Item
from summitry.content.values import Ref
from summitry.pages.spec import READER, Content, PageSpec
from summitry.words.catalogue import Words


def page(env: Environment, words: Words, address: str, to: str, title: str) -> PageSpec:
    """A page that leads from an old address to the new one, which is that of `title`."""
    target = routes.relative(to, address)
    html = env.get_template("frame/redirect.html").render(target=target, title=title)
    return PageSpec(
        address,
        title,
        f"{words('moved.heading')}.",
        "",
        "",
        READER,
        lambda: Content(html),
        searchable=False,
        hidden=True,
        redirect=target,
    )


def old_addresses(item: Item) -> Iterator[str]:
    """The addresses that an entity had under other ids, and under other names of its kind."""
    names = [item.ref.id, *item.entity.formerly]
    for kind in (item.ref.kind, *type(item.entity).kind_was):
        yield from (routes.url(Ref(kind, name)) for name in names if (kind, name) != item.ref)
