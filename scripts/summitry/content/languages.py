"""Language tags (BCP 47): which there are, and which one was meant.

The two-letter codes are a closed list, which CLDR has whole. Of the thousands of three-letter codes
CLDR names some hundreds, so they are taken as they are, unless they are kept for private use.
"""

from __future__ import annotations

import re

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

_TAG = re.compile(
    r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*",
    re.ASCII,
)
_PRIVATE = re.compile(r"q[a-t][a-z]|xx|zz")
_USUAL = "write en, ru, uk, pt-BR, …"


def fault(text: str) -> tuple[str, str]:
    """What is wrong with a language tag, and what to write; two empty texts if nothing is."""
    tag = _TAG.fullmatch(text)
    if not tag:
        return f"“{text}” is not a language tag", _USUAL
    language, region = tag[1], tag[2] or ""
    if _PRIVATE.fullmatch(language) or (len(language) == 2 and not _is_known(language)):
        newer = str(get_global("language_aliases").get(language, "")).partition("_")[0]
        if newer:
            return f"“{language}” is an older code of {newer}", f"write {newer}"
        meant = " or ".join(sorted((get_official_languages(language.upper()) or ())[:3]))
        hint = f"“{language}” is a country: write {meant}" if meant else _USUAL
        return f"“{language}” is not the code of a language", hint
    if region and region not in Locale("en").territories:
        return f"“{region}” is not the code of a country or region", f"write {language}"
    return "", ""


def _is_known(language: str) -> bool:
    return language in Locale("en").languages
