"""What a page says of itself: when it changed, what was wrong, how to cite and correct it.

A colophon stands at the end of a book and says how it was made. Here it has two readers: people,
for whom it is the end of the page (`Foot`), and programs, for whom it is JSON-LD.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from urllib.parse import quote

from msgspec import Struct

from summitry.checks import asking
from summitry.checks.asking import asked
from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import Source
from summitry.content.kinds.pieces import Correction, Searched
from summitry.content.library import STORIES, Item, Story
from summitry.content.values import Ref
from summitry.data import bibliography
from summitry.data.changes import Updates
from summitry.data.citations import citation
from summitry.data.linked import Linked
from summitry.data.setting import Setting
from summitry.pages import assembly, suggesting
from summitry.pages.context import Scope
from summitry.pages.endings import CiteView, CorrectionView, Foot
from summitry.pages.illustrations import Illustrations
from summitry.pages.reach import searches
from summitry.words import corrections as said
from summitry.words.catalogue import Words

TOLD_IN_PLACE = frozenset({"positions"})  # fields that show behind their words what is told of them


class Colophon(Struct, frozen=True, dict=True):
    """Makes it for the pages of one site."""

    library: CheckedLibrary
    setting: Setting
    illustrations: Illustrations
    cited: tuple[str, ...]  # kinds whose own pages are cited

    @property
    def words(self) -> Words:
        """The words of the site's language."""
        return self.setting.words

    @cached_property
    def updates(self) -> Updates:
        """The day on which each page last changed."""
        return Updates(self.library, self.setting.history)

    @cached_property
    def linked(self) -> Linked:
        """What makes the nodes of JSON-LD."""
        return Linked(self.library, self.setting, self.illustrations)

    def foot(
        self,
        scope: Scope,
        updated: date | None,
        corrections: Sequence[Correction] = (),
        cites: Sequence[CiteView] = (),
        searched: Sequence[Searched] = (),
    ) -> Foot:
        """The end of the page that `scope` makes."""
        changes = self.library.options.changes_page
        edit = self.setting.edit_url(scope.file) if scope.file else ""
        report = self._report(scope.here)
        return Foot(
            corrections=[
                CorrectionView(
                    self.words.long(c.on), str(c.on), said.told(self.words, c), scope.text(c.why)
                )
                for c in corrections
            ],
            edit_url=edit,
            suggest_url=suggesting.address(scope),
            report_url=report,
            report_words="" if edit or report else self._form(scope.here),
            updated=self.words.day(updated) if updated else "",
            datetime=updated.isoformat() if updated else "",
            reach=assembly.REACH,
            changes=scope.to(changes) if changes and changes != scope.here else "",
            cites=list(cites),
            searches=searches(self.words, self.library, searched),
            quoted=[
                self.words("foot.quoted", words=one.words, told="; ".join(scope.told(one.backed)))
                for one in self.library.told_fields(scope.file)
                if one.field not in TOLD_IN_PLACE
            ],
        )

    def _report(self, address: str) -> str:
        """A prefilled mail, for readers who have no account anywhere."""
        email = self.library.options.contact_email
        if not email:
            return ""
        page = address or self.words("foot.first-page")
        subject = self.words("foot.subject", page=page)
        return f"mailto:{email}?subject={quote(subject)}&body={quote(self._form(address))}"

    def _form(self, address: str) -> str:
        """What a report of an error says: the page, and what to add."""
        asked = self.words("foot.what"), self.words("foot.which")
        return f"{self.setting.url}{address}\n\n{asked[0]}\n\n{asked[1]}\n"

    # How to cite

    def cite_entity(self, item: Item, sources: Sequence[Ref], own: bool) -> list[CiteView]:
        """The sources to cite for an entity, and its `own` page where that is cited too."""
        made = [self._cite(self.words("cite.source"), _key(ref)) for ref in sources]
        return [*made, self._cite(self.words("cite.page"), _key(item.ref))] if own else made

    def cite_story(self, story: Story) -> list[CiteView]:
        """A narrative page that states something."""
        told = story.meta.sourcing != "none"
        return [self._cite(self.words("cite.page"), _key(story.ref))] if told else []

    def _cite(self, heading: str, key: str) -> CiteView:
        one = citation(self.work(key), self.setting.words)
        return CiteView(heading, one.apa, one.chicago, one.bibtex)

    @asked
    def work(self, key: str) -> bibliography.Item:
        """What has this key in the bibliography: what its citation is made of."""
        return self._works[key]

    def answering(self) -> dict[str, Callable[[str], object]]:
        """What gives the answer to each question, by its name, in a form that has a digest."""
        return {"work": self.work, **self.updates.answering()}

    @cached_property
    def _works(self) -> dict[str, bibliography.Item]:
        with asking.apart():
            return {str(item["id"]): item for item in self._bibliography()}

    def _bibliography(self) -> list[bibliography.Item]:
        items = [
            bibliography.source(_key(item.ref), item.entity, self._read_on(item))
            for item in self.library.items("sources")
            if isinstance(item.entity, Source)
        ]
        items += [
            self._page(item.ref, routes.url(item.ref), item.entity.title)
            for kind in self.cited
            for item in self.library.items(kind)
        ]
        items += [
            self._page(story.ref, routes.story_url(story.path), story.title)
            for story in self.library.stories.values()
        ]
        return items

    def _read_on(self, item: Item) -> str:
        """The day of the newest copy of a source that was captured."""
        captures = self.library.captures(item.ref.id)
        return captures[0].date[:10] if captures else ""

    def _page(self, ref: Ref, address: str, title: str) -> bibliography.Item:
        story = ref.kind == STORIES
        updates, known = self.updates, self.library.stories
        updated = updates.of_story(known[ref.id]) if story else updates.of(ref)
        return bibliography.page(
            _key(ref),
            title,
            self.setting.name,
            self.setting.url + address,
            updated.isoformat() if updated else "",
            self.setting.language,
        )


def _key(ref: Ref) -> str:
    """The key of an item in a bibliography: nothing that BibTeX could not have in a key."""
    return f"{ref.kind}-{ref.id}".removesuffix(".md").replace("/", "-")
