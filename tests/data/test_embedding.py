"""What another site shows of this one: the element to paste, and oEmbed."""

from __future__ import annotations

import json

from selectolax.lexbor import LexborHTMLParser
from small_site import checked
from summitry.data.embedding import frame, height, oembed, script
from summitry.data.setting import Setting

SITE = Setting("Site One", "https://site.example/x/")


def files() -> dict[str, dict[str, object]]:
    return {address: json.loads(text) for address, text in oembed(checked(), SITE)}


def test_every_quotation_and_fact_unfolds() -> None:
    assert files().keys() == {
        "quotes/quote-one/oembed.json",
        "quotes/quote-two/oembed.json",
        "facts/fact-one/oembed.json",
        "facts/question-one/oembed.json",
    }


def test_a_quotation_is_rich_and_names_its_speaker() -> None:
    said = files()["quotes/quote-one/oembed.json"]
    assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", "On the talks")
    assert (said["author_name"], said["provider_name"]) == ("Speaker One", "Site One")
    assert said["thumbnail_url"] == "https://site.example/x/assets/cards/quote-one.png"
    made = LexborHTMLParser(str(said["html"]))
    shown = made.css_first("iframe")
    assert shown is not None
    assert shown.attributes["src"] == "https://site.example/x/quotes/quote-one/embed/"
    loaded = made.css_first("script")
    assert loaded is not None
    assert loaded.attributes["src"] == script(SITE.url)


def test_a_fact_is_a_link_with_its_picture() -> None:
    said = files()["facts/question-one/oembed.json"]
    assert (said["type"], said["title"]) == ("link", "How long did it last?")
    assert "html" not in said


def test_what_stands_in_the_element_is_escaped() -> None:
    made = frame("https://s.example/quotes/one/embed/", 'He said "<b>"', 10)
    assert 'title="He said &#34;&lt;b&gt;&#34;"' in made


def test_longer_words_have_a_higher_frame() -> None:
    assert height(10) < height(200) < height(400)
