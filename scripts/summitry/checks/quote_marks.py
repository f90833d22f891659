"""Which marks open and close quotations, in every language that Unicode knows.

Three sorts: marks that come in pairs and are nothing else; a pair of single marks, which is a
double one; and single marks, most of which are apostrophes too (`spans` tells these apart).
"""

from __future__ import annotations

import re

from summitry.proof.unspaced import CHARACTERS

# Which marks close what a mark opens: “ ”, „ “ (German), „ ” (Polish), ” ” (Swedish), « », » «.
PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”‟",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "〝": "〞〟",
    "❝": "❞",
    "❠": "❝❞",
    "❛": "❜",
    "❟": "❛❜",
    "🙶": "🙷",
    "🙸": "🙶🙷",
    "⹂": "⹂‟“”",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "﹁": "﹂",
    "﹃": "﹄",
    "《": "》",
    "〈": "〉",
    "⟪": "⟫",
    "⟨": "⟩",
    "≪": "≫",
    "❮": "❯",
    "❬": "❭",
    "❰": "❱",
    "⸂": "⸃",
    "⸄": "⸅",
    "⸉": "⸊",
    "⸌": "⸍",
    "⸜": "⸝",
    "⸠": "⸡",
    "‶": "″‶",
    "˵": "˶",
    "≫": "≪",
}
ASCII = {"<<": ">>", ">>": "<<"}  # written for guillemets
# Marks that open and close alike.
ALIKE = frozenset('"＂″‴⁗ʺ˝״ˮ〃˶')
DOUBLED = "''"  # any two single marks in a row, which look like a double one
# What closes a pair of single marks, besides another such pair.
CLOSES_DOUBLED = "”“"

SINGLES = "'‘’‚‛ʼʻʽʹ′ˈ`´＇｀׳ˊˋ‵՚ꞌꞋߴߵ"
PRIMES = frozenset("'’′ʹ\"″ʺ”״")  # of feet and inches, minutes and seconds
SHY = frozenset("‘‚'")  # single marks that open where nothing closes them
_STRONG = sorted({*PAIRS, *(c for closers in PAIRS.values() for c in closers), *ALIKE})

# Every mark; two commas are a low mark right before a word.
MARK = re.compile(
    rf"[{SINGLES}]{{2}}|(?<![\w,]),,(?=\w)|<<|>>|[{''.join(_STRONG)}]"
    rf"|[{SINGLES}]"
)
# What stands in every mark: quick to look for.
IN_MARKS = re.compile(rf"[{SINGLES}{''.join(_STRONG)},<>]")
# What is no mark: feet and inches, degrees and minutes.
MEASURE = re.compile(
    r"\d\s?[°º]\s?\d+(?:[.,]\d+)?\s?['’′ʹ](?:\s?\d+(?:[.,]\d+)?\s?(?:[\"″”ʺ]|['’′ʹ]{2}))?"
    r"|\d['’′ʹ]\s?\d+(?:[.,]\d+)?[½¼¾⅛⅜⅝⅞]?\s?(?:[\"″”ʺ]|['’′ʹ]{2})"
)
# ’90s, rock ’n’ roll
TEN_YEARS = re.compile(r"\d0s\b")
DECADE = re.compile(r"['’]\d0s\b|(?<!\w)['’‘]n['’](?!\w)|(?<=\s)['’‘][Nn]['’]?(?=\s)")
# Words whose beginning an apostrophe stands for.
ELIDED = re.compile(
    r"(?:em|til|till|tis|twas|twere|twill|cause|cuz|bout|round|neath|gainst|ere|im|er|s|t|n|ne|"
    r"nem|ner|nen|k|m|ns|rs|sup|kay|nuff|cross|tude|hood|ood|nother|pon|tween|mid|fore)\b",
    re.IGNORECASE,
)
HEBREW = re.compile("[\u05d0-\u05ea]")
# Letters of scripts whose marks stand between letters and in which no apostrophe is written.
CLOSE_SET = re.compile(f"[{CHARACTERS}\u1100-\u11ff\u3130-\u318f\uac00-\ud7af、-〿！-～]")
