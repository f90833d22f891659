"""Web addresses that may stand in public, in fields and in links, and why others may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import FILES, examined, person
from summitry.content.problems import Problem
from summitry.content.webaddress import ARCHIVES, NONE, fault, fault_of_archive

FINE = [
    "https://news.example/a?b=c#d",
    "http://www.example.com:8080/",
    "https://президент.рф/новости",
    "https://bücher.example/",
    "https://xn--bcher-kva.example/",
    "https://a.b.c.example.co.uk./x",
    "https://web.archive.org/web/2025/https://news.example/a",
    "https://web.archive.org/web/20250815/http:/news.example/a",
    "https://ns-archive.org/x",
    "https://www.webarchive.org.uk/x",
    "https://24.hu/",
    "https://360.ru/news",
    "HTTPS://NEWS.EXAMPLE/",
]
BAD = {
    "user name or password": ["http://user:password@news.example/", "https://user@news.example/"],
    "number for a host": [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://0x7f.0.0.1", "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://10.0.0.1:80/",
        "http://192.168.0.1./", "http://8.8.8.8/", "http://127.0.0.1.nip.example/", "http://0/",
    ],
    "network of one's own": [
        "http://localhost/", "http://a.localhost", "http://printer.local/", "http://LOCALHOST./",
        "http://metadata.google.internal/", "http://router.lan", "http://x.home.arpa/",
    ],
    "no host's name": [
        "http://wiki/", "http://a..example/", "http://-a.example/", "http://a_b.example/",
        "http://news.example。evil/", "http://%31%32%37.0.0.example/", "http://a.b-/",
    ],
    "letters that stand for others": ["http://ｎews.example/", "http://news.exa①mple.com/"],
    "looks like an archive's": [
        "https://web.archive.org.example/web/2025/", "https://archive.ph.example/x",
        "https://web-archive.org/web/", "https://webarchive.org/", "https://archive.org.uk/",
        "https://www.web.archive.org.evil.example/",
    ],
    "of a copy whose address": [
        "https://web.archive.org/web/2025/http://127.0.0.1/",
        "https://web.archive.org/web/2025/http://user:pass@news.example/",
        "https://archive.ph/2025/http:/localhost/",
    ],
    NONE: [
        "http://[", "https://", "http:///x", "http://a.example\\b.example", "https://a b.example",
        "http://a.example:99999/", "http://a.example:x/", "http:a.example", "//a.example", "",
        "javascript:alert(1)", "http://a.example/\t", "ftp://a.example/",
    ],
}  # fmt: skip
EACH = [(why, address) for why, addresses in BAD.items() for address in addresses]


@pytest.mark.parametrize("address", FINE)
def test_addresses_of_public_pages(address: str) -> None:
    assert fault(address) == ""


@pytest.mark.parametrize(("why", "address"), EACH)
def test_addresses_that_lead_elsewhere_than_they_say(why: str, address: str) -> None:
    assert why in fault(address)


def test_a_password_is_not_repeated() -> None:
    assert "password1" not in fault("http://user:password1@news.example/")


def test_an_address_has_a_length() -> None:
    assert "2001 characters, limit 2000" in fault("https://a.example/".ljust(2001, "x"))


@pytest.mark.parametrize("host", ARCHIVES)
def test_archives_and_their_parts(host: str) -> None:
    assert fault_of_archive(f"https://{host}/x") == ""
    assert fault_of_archive(f"https://web.{host}/x") == ""
    assert "looks like" in fault_of_archive(f"https://{host}.example/x")
    assert fault_of_archive(f"https://x{host}/x") == "is of no archive that is known here"


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    fault(text)
    fault(f"https://{text}/")
    fault_of_archive(f"https://web.archive.org/{text}")


def told(changes: dict[str, str]) -> list[Problem]:
    """The problems with web addresses in the small project with some files changed."""
    return [p for p in examined(dict(changes)).problems if p.code == "bad-address"]


SOURCE = "content/sources/source-one.md"
HERE = "http://169.254.169.254/x"


@pytest.mark.parametrize("field", ["url", "archive_url", "same_as"])
def test_in_fields_of_a_source(field: str) -> None:
    text = FILES[SOURCE].replace("url: https://one.example/page\n", "found_at: A shelf\n")
    value = f"[{HERE}]" if field == "same_as" else HERE
    (problem,) = told({SOURCE: text.replace("---\n", f"---\n{field}: {value}\n", 1)})
    assert problem.mark.line == 2
    assert field in problem.message
    assert "169.254.169.254" in problem.message


LINKS = {
    "a link": f"so [b]({HERE})",
    "capitals": f"so [b]({HERE.upper()})",
    "a reference": f"so [b][c]\n\n[c]: {HERE}",
    "pointed brackets": f"so <{HERE}>",
    "no slashes": "so [b](http:169.254.169.254)",
    "written as HTML writes it": "so [b](http:&#47;&#47;169.254.169.254)",
}


@pytest.mark.parametrize("body", LINKS.values(), ids=LINKS)
@pytest.mark.parametrize("where", ["content/people/speaker-two.md", "docs/story.md"])
def test_in_links(body: str, where: str) -> None:
    story = FILES["docs/story.md"] + f"\n{body}\n"
    text = story if where.startswith("docs") else person(body=f"{body}\n")
    (problem,) = told({where: text})
    assert problem.path == where
    assert problem.mark.line > 3
    assert "address of the link" in problem.message


def test_in_prose_of_front_matter_and_in_a_licence() -> None:
    term = "content/terms/term-one.md"
    text = FILES[term].replace("What *it* means.", f"What <{HERE}> means.")
    image = "content/images/map-one.md"
    drawn = FILES[image].replace("CC-BY-4.0", HERE)
    assert sorted({(p.path, p.mark.line) for p in told({term: text, image: drawn})}) == [
        (image, 8),
        (term, 3),
    ]


NOWHERE = "---\ntype: webpage\ntitle: T\n{}---\n"


@pytest.mark.parametrize(
    ("more", "fine"),
    [
        ("", False),
        ("publisher: P\n", False),
        ("issued: 2025\n", False),
        ("author: A\nlanguage: ru\nquality: Q\n", False),
        ("publisher: P\nissued: 2025\n", True),
        ("url: https://news.example/x\n", True),
        ("archive_url: https://archive.ph/x\n", True),
        ("found_at: Box 2 of the archive\n", True),
    ],
)
def test_a_source_can_be_found(more: str, fine: bool) -> None:
    problems = examined({"content/sources/lost.md": NOWHERE.format(more)}).problems
    found = [p for p in problems if p.code == "unfindable"]
    assert (found == []) == fine
    assert all("found_at:" in p.cure and p.path == "content/sources/lost.md" for p in found)


@pytest.mark.parametrize("host", ["аррӏе.com", "xn--80ak6aa92e.com", "www.хосо.example"])
def test_a_host_that_reads_as_another_is_refused(host: str) -> None:
    assert fault(f"https://{host}/") == f"has a host that reads as another: {host}"


@pytest.mark.parametrize(
    "host", ["президент.рф", "москва.example", "хор.рф", "сор.xn--p1ai", "xn--mller-kva.de"]
)
def test_hosts_in_other_scripts_are_fine(host: str) -> None:
    assert fault(f"https://{host}/") == ""


def test_a_port_that_nothing_answers_at() -> None:
    assert fault("https://a.example:0/") == "is not a web address"
