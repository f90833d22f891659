"""The files for programs that a site publishes beside its pages."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.build import webmanifest
from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.data import embedding, evidence, feed, files, finder
from summitry.data.setting import Setting
from summitry.data.tables import tables


def every(library: CheckedLibrary, setting: Setting) -> Iterator[tuple[str, str | bytes]]:
    """Each file's address and content."""
    yield routes.EVIDENCE, evidence.as_json(library.ledger, library.vouching)
    yield routes.EVIDENCE_TITLES, evidence.titles_as_json(library)
    yield routes.FINDER, finder.as_json(library, setting.words)
    yield from embedding.oembed(library, setting)
    yield routes.FEED, feed.atom(library, setting)
    yield routes.ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {setting.url}{routes.SITEMAP}\n"
    named = setting.name, setting.description, setting.language
    yield routes.MANIFEST, webmanifest.as_json(*named)
    made = tables(library, setting.url, setting.history, setting.words)
    about = files.imprint(library, setting)
    yield routes.DATA_JSON, files.as_json(about, made)
    yield routes.DATA_SQLITE, files.as_sqlite(about, made)
    for table in made:
        yield routes.csv_url(table.name), files.as_csv(table)
