"""Language tags: which there are, and what to write for what is none."""

from __future__ import annotations

import pytest
from summitry.content.languages import fault


@pytest.mark.parametrize(
    "tag",
    ["en", "ru", "uk", "pt-BR", "zh-Hant-TW", "sr-Latn", "es-419", "de-1901", "sl-rozaj-biske",
     "tlh", "evn", "mkd", "cmn", "se", "no"],
)  # fmt: skip
def test_languages(tag: str) -> None:
    assert fault(tag) == ("", "")


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("ua", "“ua” is a country: write uk"), ("jp", "“jp” is a country: write ja"),
        ("cz", "“cz” is a country: write cs"), ("by", "“by” is a country: write be or ru"),
        ("iw", "write he"), ("mo", "write ro"),
        ("xx", "write en, ru, uk, pt-BR, …"), ("qaa", "write en, ru, uk, pt-BR, …"),
        ("en_US", "write en, ru, uk, pt-BR, …"), ("english", "write en, ru, uk, pt-BR, …"),
        ("EN", "write en, ru, uk, pt-BR, …"), ("", "write en, ru, uk, pt-BR, …"),
        ("ru-XX", "write ru"),
    ],
)  # fmt: skip
def test_what_is_no_language(tag: str, hint: str) -> None:
    message, cure = fault(tag)
    assert message
    assert cure == hint
