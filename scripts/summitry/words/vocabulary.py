"""The words that pages use for kinds, forms, languages and states: one place for each of them."""

from __future__ import annotations

from summitry.content.kinds import Event
from summitry.content.values import Ref

LANGUAGES = {
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fr": "French",
    "it": "Italian", "ja": "Japanese", "mk": "Macedonian", "pt": "Portuguese",
    "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip

KIND_NAMES = {  # one of a kind, all of a kind
    "people": ("Person", "People"),
    "places": ("Place", "Places"),
    "events": ("Event", "Events"),
    "quotes": ("Quote", "Quotes"),
    "facts": ("Fact", "Facts"),
    "sources": ("Source", "Sources"),
    "images": ("Picture", "Pictures and credits"),
    "terms": ("Term", "Words to know"),
    "stories": ("Article", "Articles"),
}

FORMS = {
    "article-newspaper": "News article",
    "article-magazine": "Magazine article",
    "article": "Article",
    "broadcast": "Broadcast",
    "entry-encyclopedia": "Encyclopedia entry",
    "legislation": "Legal text",
    "post": "Post",
    "post-weblog": "Blog post",
    "report": "Report",
    "speech": "Speech",
    "webpage": "Web page",
}


SUPPORT = {  # the shape and the words of a fact's support
    "corroborated": ("two", "More than one independent source"),
    "single": ("one", "A single source"),
    "disputed": ("differ", "Sources disagree"),
}

MINOR = "A detail"  # of a fact that weighs little

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int, one: str, many: str = "") -> str:
    """`three sources`: a small number in words with its noun."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {one if number == 1 else many or one + 's'}"


def status_of(event: Event) -> str:
    """That an event was only planned, in words; "" where it took place."""
    return {
        "held": "",
        "planned": "Planned; no source seen says whether it took place",
        "cancelled": "Planned; did not take place",
    }[event.status]


def language(tag: str) -> str:
    """The English name of a language tag, or the tag."""
    return LANGUAGES.get(tag.partition("-")[0], tag)


def kind_name(ref: Ref) -> str:
    """What one of the kind of `ref` is called."""
    return KIND_NAMES[ref.kind][0]
