"""The 38 checks of a page in a real browser, each a function that returns faults in words.

`ON_EVERY_PAGE` are asked of each page that is opened. The others need a page of their own,
because they press, reload and wait, or look at the whole site.
"""

from __future__ import annotations

from collections.abc import Callable

from checks import (
    embeds,
    evidence,
    keyboard,
    layout,
    loading,
    paper,
    passage,
    pictures,
    previews,
    script,
    sources,
    structure,
)
from checks.visit import Visit

Finder = Callable[[Visit], list[str]]

# In this order: the first wants a page that nothing was done to yet, the last but one opens
# things, the last hears what all of them made the page do.
ON_EVERY_PAGE: dict[int, Finder] = {
    3: keyboard.skip_link,
    1: structure.axe,
    2: structure.landmarks,
    5: structure.tabindex,
    6: structure.menu,
    11: structure.references,
    13: structure.unique_names,
    14: evidence.quotes,
    15: evidence.verbatim,
    16: evidence.markers,
    17: evidence.disputes,
    18: evidence.timeline,
    19: pictures.maps,
    20: pictures.images,
    21: layout.reflow,
    22: layout.targets,
    23: script.without_script,
    24: layout.motion,
    25: layout.print_out,
    26: layout.forced_colours,
    28: loading.described,
    31: pictures.borders,
    32: evidence.answer_first,
    36: layout.lists,
    33: passage.passage,
    4: keyboard.stops,
    7: script.search_dialog,
    27: loading.quiet,
}
ON_PAGES_OF_THEIR_OWN: dict[int, Finder] = {
    9: script.dark_colours,
    10: previews.previews,
    12: script.copying,
    34: sources.sources_in_reach,
    37: embeds.embeds,
    38: paper.on_paper,
}
# What dark colours can change: contrast, focus that is seen, states in forced colours.
IN_THE_DARK: dict[int, Finder] = {
    1: structure.axe_colours,
    4: keyboard.focus,
    26: layout.forced_colours,
    27: loading.quiet,
}
# What a page without header, footer and script cannot have.
NEEDS_CHROME = frozenset({3, 6, 7, 9})
EVERY = {**ON_EVERY_PAGE, **ON_PAGES_OF_THEIR_OWN}
