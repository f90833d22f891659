"""What the evidence commands do to the repository: write captures, proofs and nothing else.

Article texts are kept aside (see `kept_texts`), so that passages can be proven later without asking
for the text again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from summitry.checks import ledger
from summitry.checks.claims import Claim, claims
from summitry.checks.judging import CAPTURE, PROOF, Finding
from summitry.checks.ledger import Ledger
from summitry.content.kinds import Source
from summitry.content.library import Item, Library
from summitry.content.problems import START, Problem, suggestion
from summitry.content.values import Ref, is_id
from summitry.proof import capture as captures
from summitry.proof import proofs as proof_files
from summitry.proof.capture import Capture, CaptureError
from summitry.proof.proofs import Proof, disclosed
from summitry.proof.verdict import Kind, Verdict, judge
from summitry.tools import kept_texts, prover
from summitry.tools.prover import Article, Taking, UnprovenError
from summitry.tools.writing import WorkshopError, place_in, read_file, write_whole


class Proven(Struct):
    """What proving came to: how many items, what could not be proven, what was known."""

    made: int = 0
    known: int = 0
    problems: list[Problem] = []


class Workshop:
    """Captures and proves for one library. `say` is told what was done, a line at a time."""

    def __init__(self, library: Library, root: Path, say: Callable[[str], None]) -> None:
        self.library, self.root, self._say = library, root, say
        self.ledger: Ledger = ledger.build(library)

    def source(self, name: str) -> tuple[Item, Source]:
        """A source by id."""
        item = self.library.items.get(Ref("sources", name))
        file = f"{self.library.content_dir}/sources/{name}.md"
        if item is None and file in self.library.tree.texts:
            raise WorkshopError(f"{file} cannot be read: see summitry check")
        if item is None or not isinstance(item.entity, Source):
            known = [ref.id for ref in self.library.items if ref.kind == "sources"]
            other = f"add {file}" if is_id(name) else "write the id of one"
            hint = suggestion(name, known, other)
            raise WorkshopError(f"there is no source {name}: {hint}")
        return item, item.entity

    # Captures

    def capture(self, name: str, text: str, told: Taking, excerpt: bool = False) -> Capture:
        """Write or renew the capture of a source, and carry its proofs over."""
        item, _ = self.source(name)
        self._writable(item.path.removesuffix(".md") + CAPTURE)
        old = self.ledger.captures.get(name, [])
        extent = "excerpt" if excerpt else "whole"
        try:
            new = prover.make_capture(name, text, told, extent)
        except CaptureError as error:
            raise WorkshopError(str(error)) from None
        # As the last capture would have it, which may be of an older format.
        again = prover.make_capture(name, text, told, extent, old[0].version) if old else new
        if old and old[0].paragraphs == again.paragraphs and old[0].extent == extent:
            kept_texts.keep(self.root, name, text)
            self._say(f"{name}: nothing changed since the capture of {old[0].date}")
            if old[0].version < captures.NEWEST:
                self._say("  its format is an older one: --renew makes its roots anew")
            return old[0]
        if any(one.date == new.date for one in old):
            raise WorkshopError(
                f"{name} has a capture of {new.date} already, and this text differs from it: "
                f"give this one a time (--date {new.date[:10]}T09:30:00Z), or, if the first was a "
                "mistake and was never published, delete its file and run this again"
            )
        kept_texts.keep(self.root, name, text)
        kept = captures.newest_first([new, *old])
        self._write(item.path.removesuffix(".md") + CAPTURE, captures.dump(kept))
        self.ledger.captures[name] = kept
        rooted = sum(p.root is not None for p in new.paragraphs)
        self._say(
            f"{name}: captured {len(new.paragraphs)} paragraphs, {new.words} words; "
            f"in {rooted} of them words can be proven"
        )
        if old:
            self._say_changes(old[0], again)
        if old and kept[0] is new:  # one of an earlier day takes nothing from a later one
            self._carry_over(old, new, text)
        return new

    def renew(self, name: str, text: str) -> Capture:
        """Make the roots of the newest capture anew by the newest format, and open its proofs.

        The text must be the one that was captured; date, method and name stay.
        """
        item, _ = self.source(name)
        self._writable(item.path.removesuffix(".md") + CAPTURE)
        if not (old := self.ledger.captures.get(name, [])):
            raise WorkshopError(f"{name} has no capture yet: run this without --renew")
        last = old[0]
        told = Taking(last.date, last.method, last.by, last.extractor, last.url)
        try:
            again = prover.make_capture(name, text, told, last.extent, last.version)
            new = prover.make_capture(name, text, told, last.extent)
        except CaptureError as error:
            raise WorkshopError(str(error)) from None
        if again.paragraphs != last.paragraphs:
            raise WorkshopError(
                f"this text is not the one that was captured on {last.date}: if the page has "
                "changed, run this without --renew"
            )
        if last.version == new.version:
            self._say(f"{name}: the capture of {last.date} is in the newest format already")
            return last
        new = replace(new, confirmed_on=last.confirmed_on, changed_on=last.changed_on)
        kept_texts.keep(self.root, name, text)
        self._write(item.path.removesuffix(".md") + CAPTURE, captures.dump([new, *old[1:]]))
        self._carry_over(old, new, text)
        self.ledger.captures[name] = [new, *old[1:]]
        self._say(f"{name}: the capture of {last.date} is now in format {captures.NEWEST}")
        self._say("  if the old one was published, say so in the source: recaptured: {on, why}")
        return new

    def _say_changes(self, old: Capture, new: Capture) -> None:
        gone, come = old.missing_from(new), new.missing_from(old)
        if gone:
            listed = ", ".join(map(str, gone))
            self._say(f"  no longer there, of the capture of {old.date}: paragraph {listed}")
        if come:
            self._say(f"  new or changed: paragraph {', '.join(map(str, come))}")

    def _carry_over(self, old: Sequence[Capture], new: Capture, text: str) -> None:
        for ref, kept in list(self.ledger.proofs.items()):
            moved = prover.carry_over(kept, old, new, text)
            if moved != kept:
                self.ledger.proofs[ref] = moved
                self._write_proofs(ref)
                self._say(f"  proofs carried over: {ref}")

    def forget(self, name: str) -> None:
        """Remove the only capture of a source, made in vain."""
        path = self.source(name)[0].path.removesuffix(".md") + CAPTURE
        (self.root / path).unlink(missing_ok=True)
        self.library.tree.texts.pop(path, None)
        del self.ledger.captures[name]
        self._say(f"{name}: nothing was proven, so no capture was written")

    # Proofs

    def prove(
        self, items: Iterable[Item], texts: dict[str, Article], whole: bool = False, only: str = ""
    ) -> Proven:
        """Prove what evidence of these items claims, of the sources whose texts are given.

        With `only`, evidence of other sources than that one is left alone.
        """
        found = Proven()
        for item in items:
            wanted = [c for c in claims(item.entity) if c.source == only or not only]
            made = self._prove_item(item, wanted, texts, whole, found)
            if made:
                self._write_proofs(item.ref)
        return found

    def _prove_item(
        self,
        item: Item,
        wanted: list[Claim],
        texts: dict[str, Article],
        whole: bool,
        found: Proven,
    ) -> bool:
        changed = False
        for claim in wanted:
            finding = self.ledger.findings.get(claim.place)
            if finding and finding.proven and not finding.stale and not whole:
                found.known += 1
                continue
            text = texts.get(claim.source)
            if text is None:
                if not (finding and finding.proven):
                    found.problems.append(self._without_text(item, claim))
                continue
            try:
                made = self._proofs_of(claim, text, whole)
            except UnprovenError as error:
                if finding and finding.proven:
                    continue  # it stays proven against an older capture
                mark = item.document.marks.value(claim.words_at)
                message = f"{claim.source}: {error}"
                found.problems.append(Problem(item.path, mark, "unproven", message, error.hint))
                continue
            kept = self.ledger.proofs.setdefault(item.ref, [])
            if finding and finding.stale:
                self._drop(item, finding)
            kept += [proof for proof in made if proof not in kept]
            found.made += 1
            changed = True
        return changed

    def _drop(self, item: Item, stale: Finding) -> None:
        """Forget the proofs of a claim that is proven anew, where nothing else uses them."""
        others = [
            proof
            for claim in claims(item.entity)
            if (found := self.ledger.findings[claim.place]) is not stale
            for proof, _, _ in found.uses
        ]
        kept = self.ledger.proofs[item.ref]
        for proof, _, _ in stale.uses:
            if proof in kept and proof not in others:
                kept.remove(proof)

    def _proofs_of(self, claim: Claim, text: Article, whole: bool) -> list[Proof]:
        verified = [proof for kept in self.ledger.proofs.values() for proof in kept]
        opened = disclosed(verified, self.ledger.captures)
        known = self.ledger.captures.get(claim.source, [])
        return prover.prove(claim, text, known, opened, whole)

    def _without_text(self, item: Item, claim: Claim) -> Problem:
        _, source = self.source(claim.source)
        where = f"open {source.url}, " if source.url else "find the article, "
        hint = (
            f"{where}save its text in a file, one paragraph a line, then: summitry prove "
            f"{item.path} --source {claim.source} --text FILE. Or leave it: the site shows the "
            "words as transcribed, not yet proven, and an editor can prove them"
        )
        mark = item.document.marks.value(claim.words_at)
        message = f"the text of {claim.source} is not at hand"
        return Problem(item.path, mark, "unproven", message, hint)

    def text_of(self, name: str) -> Article | None:
        """The text of a source that was kept, if it was."""
        path = kept_texts.path_of(self.root, name)
        return self.read(name, path) if path.is_file() else None

    def read(self, name: str, path: Path) -> Article:
        """An article's text from a file."""
        try:
            return prover.article(name, read_file(path), self.ledger.languages.get(name, ""))
        except CaptureError as error:
            raise WorkshopError(f"{path.name}: {error}") from None

    def guess_source(self, items: Sequence[Item], path: Path) -> str:
        """Which source a text is of: the only one that the items use, or the one it matches."""
        names = sorted({claim.source for item in items for claim in claims(item.entity)})
        if len(names) == 1:
            return names[0]
        text = self.read("", path)
        fits = {}
        for name in names:
            kept = self.ledger.captures.get(name, [])
            fits[name] = sum(any(one.place(words) for one in kept) for words in text.words)
        best = max(fits, key=lambda name: fits[name], default="")
        if not best or not fits[best]:
            raise WorkshopError(
                f"which source {path.name} is of cannot be told: add --source with one of "
                f"{', '.join(names) or 'the ids in content/sources'}"
            )
        return best

    def prune(self, items: Iterable[Item]) -> int:
        """Remove or narrow the proofs that open words which nothing uses; how many."""
        mended = 0
        fresh = ledger.build(self.library)
        for item in items:
            used, kept = fresh.used(item), self.ledger.proofs.get(item.ref, [])
            left = [self._pruned(proof, *used[proof]) for proof in kept if proof in used]
            if left != kept:
                mended += sum(proof not in left for proof in kept)
                self.ledger.proofs[item.ref] = left
                self._write_proofs(item.ref)
        return mended

    def _pruned(self, proof: Proof, low: int, high: int) -> Proof:
        known = self.ledger.captures[proof.source]
        capture = proof_files.capture_of(proof, known)
        if not capture or proof_files.opens_all(proof, known) or high - low == len(proof.tokens):
            return proof
        return proof_files.narrowed(proof, capture, low, high)

    # Verdicts

    def verify(
        self, name: str, words: str, text: str | None, same_speaker: bool = False
    ) -> Verdict:
        """The verdict on words, against a text or against what the repository's proofs open."""
        language = self.source(name)[1].language
        if text is not None:
            try:
                found = prover.passages_of(text)
            except CaptureError as error:
                raise WorkshopError(str(error)) from None
            return judge(words, found, True, language, same_speaker)
        verified = [p for kept in self.ledger.proofs.values() for p in kept if p.source == name]
        best = judge(words, [], whole=False)
        for one in self.ledger.captures.get(name, []):
            opened = [proof for proof in verified if proof.capture == one.date]
            if not opened:
                continue
            opens = proof_files.passages(opened, one)
            verdict = judge(words, opens, False, language, same_speaker)
            if verdict.kind.stands:
                note = f"checked against the capture of {one.date}"
                return replace(verdict, notes=(*verdict.notes, note))
            if best.kind is Kind.UNKNOWN:
                best = verdict
        return best

    def confirm(self, name: str, text: str, told: Taking) -> list[int]:
        """Compare a page fetched again with the newest capture, and record what came of it.

        Returns the paragraphs that no longer stand there as they did.
        """
        item, _ = self.source(name)
        newest, *older = self.ledger.captures[name]
        try:
            again = prover.make_capture(name, text, told, newest.extent, newest.version)
        except CaptureError as error:
            raise WorkshopError(f"{name}: {error}") from None
        known = {newest.date, *newest.confirmed_on, *newest.changed_on}
        if told.date not in known:
            kept = [captures.confirmed(newest, again), *older]
            self._write(item.path.removesuffix(".md") + CAPTURE, captures.dump(kept))
            self.ledger.captures[name] = kept
        return newest.missing_from(again)

    # Files

    def _write_proofs(self, ref: Ref) -> None:
        path = self.library.items[ref].path.removesuffix(".md") + PROOF
        self._writable(path)
        kept = self.ledger.proofs.get(ref, [])
        if kept:
            self._write(path, proof_files.dump(kept))
        else:
            (self.root / path).unlink(missing_ok=True)
            self.library.tree.texts.pop(path, None)

    def _writable(self, path: str) -> None:
        """A record that cannot be read must not be overwritten: it may hold what is needed."""
        if path in self.ledger.unreadable:
            broken = [p for p in self.ledger.problems if p.path == path]
            raise WorkshopError(f"{path}: {broken[0].message}; restore it or remove it first")

    def _write(self, path: str, content: str) -> None:
        raw = content.encode("utf-8")
        write_whole(place_in(self.root, path), raw)
        self.library.tree.texts[path] = raw


def no_such_file(path: str) -> Problem:
    """A path that is no entity's file."""
    hint = "name a file of one, such as content/quotes/….md"
    return Problem(path, START, "unknown-reference", "this is not the file of an entity", hint)
