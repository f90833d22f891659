"""The site's typeface: subsets of the characters it uses, and the style sheet that names them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from msgspec import Struct

from summitry.pictures import fonts
from summitry.pictures.cache import Cache

# What pages hold besides contributors' text: the templates' own words and marks.
_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0“”‘’«»„‚…–—−·×°№§©→←½¼¾"
_WEIGHTS: tuple[tuple[fonts.Weight, int], ...] = (("regular", 400), ("semibold", 600))


class _Range(Struct, frozen=True):
    """A script's part of Unicode, in a file of its own that loads where it is needed."""

    name: str
    spans: tuple[tuple[int, int], ...]

    def holds(self, char: str) -> bool:
        return any(low <= ord(char) <= high for low, high in self.spans)

    @property
    def css(self) -> str:
        return ",".join(f"U+{low:04X}-{high:04X}" for low, high in self.spans)


_SCRIPTS = (
    _Range("latin", ((0x20, 0xFF), (0x2000, 0x22FF))),
    _Range("latin-extended", ((0x100, 0x36F),)),
    _Range("greek", ((0x370, 0x3FF),)),
    _Range("cyrillic", ((0x400, 0x52F),)),
)


def webfonts(texts: Iterable[str], cache: Cache) -> tuple[str, dict[str, Path]]:
    """The `@font-face` rules for the characters of `texts`, and the files they name by address."""
    used = set(_ALWAYS).union(*texts)
    rules, files = [], {}
    for weight, number in _WEIGHTS:
        for script in _SCRIPTS:
            wanted = "".join(sorted(char for char in used if script.holds(char)))
            chars = "".join(sorted(set(wanted) - fonts.covers(wanted, weight)))
            if not chars:
                continue
            name = f"serif-{number}-{script.name}.woff2"
            make = partial(fonts.subset, weight, chars)
            files[f"assets/fonts/{name}"] = cache.path(["font", weight, chars], ".woff2", make)
            rules.append(
                f'@font-face{{font-family:"Source Serif";font-weight:{number};font-display:swap;'
                f'src:url("fonts/{name}") format("woff2");unicode-range:{script.css}}}\n'
            )
    return "".join(rules), files
