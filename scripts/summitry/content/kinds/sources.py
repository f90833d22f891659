"""Sources: the fields of a source, named as in CSL."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field
from pydantic import model_validator as validator

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import Authors, Recapture, SourceRef, printed
from summitry.content.values import ArchiveUrl, Date, Id, Language, Line, Prose, Url, wrong

_FOUND = "`url` or `archive_url`, or `publisher` and `issued`, or `found_at`"


class Source(Entity):
    """A page, document or broadcast from which evidence is taken. Fields follow CSL."""

    kind: ClassVar[str] = "sources"
    schema_type: ClassVar[str] = "CreativeWork"

    type: Literal[
        "article-newspaper",
        "article-magazine",
        "article",
        "broadcast",
        "entry-encyclopedia",
        "legislation",
        "post",
        "post-weblog",
        "report",
        "speech",
        "webpage",
    ] = Field(description="CSL type.")

    when_needed: ClassVar[dict[str, str]] = {
        "publisher": _FOUND,
        "issued": _FOUND,
        "url": _FOUND,
        "archive_url": _FOUND,
        "found_at": _FOUND,
    }

    name: Line = Field(alias="title", description="As printed; [in brackets] where it is ours.")
    author: Authors = Field(
        default=[],
        description="The name as printed; or {family: …, given: …}, as works are cited by family "
        "names; or a list of these. Left out where the source gives none.",
    )
    publisher: Line | None = Field(None, description="Who published it.")
    issued: Date | None = Field(None, description="Date of publication; left out where not given.")
    accessed: Date | None = Field(None, description="When it was read.")
    url: Url | None = Field(None, description="Its address.")
    archive_url: ArchiveUrl | None = Field(None, description="A copy at an archive of the web.")
    found_at: Line | None = Field(
        None,
        description="Where it is found without an address: the page of a paper, a shelf mark, "
        "an ISBN; or why it is found nowhere.",
    )
    language: Language = Field("en", description="BCP 47 tag.")
    form: Literal["article", "transcript", "document", "video"] = Field(
        "article", description="What kind of record it is."
    )
    standing: Literal["primary", "secondary"] = Field(
        "secondary", description="The record or first-hand reporting, or at second hand."
    )
    wire: Line | None = Field(None, description="The agency whose copy it carries.")
    origin: Id | None = Field(None, description="The newsroom or document behind it.")
    automatic: Literal["text", "translation", "captions"] | None = Field(
        None, description="What of it a machine made, as far as can be seen."
    )
    derived_from: SourceRef | None = Field(None, description="The source it reworks.")
    recaptured: Recapture | None = Field(
        None, description="Why it was captured anew; a check against a base branch asks for it."
    )
    quality: Prose | None = Field(None, description="Why to trust it, or not.")

    @validator(mode="after")
    def _read_once_published(self) -> Source:
        if self.issued and self.accessed and self.accessed.before(self.issued):
            message = f"read on {self.accessed}, before it was published on {self.issued}"
            raise wrong("time-order", message, "correct issued: or accessed:", "accessed")
        return self

    @property
    def written_by(self) -> str:
        """The authors in one line, or ""."""
        return printed(self.author)

    @property
    def title(self) -> str:
        """The title as printed, or ours in brackets."""
        return self.name
