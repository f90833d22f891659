"""`summitry stamp` with an authority on this machine, and that no stamp says more than it can."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from serving import Answer, Handler, Site, answer, moved
from small_site import OPTIONS, examined
from summitry.checks.coverage import measure
from summitry.checks.vouching import STAMP
from summitry.proof import capture, stamps
from summitry.proof.stamps import Clock, Stamp, StampToolsMissingError
from summitry.tools.cli import main
from test_confirm import of_disk
from test_ledger import CAPTURE, NEWS, Files, project
from test_site_pages import made as pages_made

PATH = NEWS + STAMP
CLOCK = "Clock of Westmark"
CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = tsa.pem
certs = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
"""
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs OpenSSL")


def certificate(
    name: str, key: Any, by: tuple[str, Any] | None, *extensions: tuple[Any, bool]
) -> x509.Certificate:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    issuer, signer = by or (name, key)
    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=30))
    )
    for extension, critical in extensions:
        made = made.add_extension(extension, critical)
    return made.sign(signer, hashes.SHA256())


def pem(one: x509.Certificate) -> bytes:
    return one.public_bytes(serialization.Encoding.PEM)


def authority(folder: Path, clock: str = CLOCK) -> Path:
    """A folder in which openssl signs time stamps; its root is `root.pem`."""
    folder.mkdir()
    top, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    signs = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    basic = (x509.BasicConstraints(ca=True, path_length=None), True)
    identifier = (x509.SubjectKeyIdentifier.from_public_key(top.public_key()), False)
    root = certificate(f"Root of {clock}", top, None, basic, (signs, True), identifier)
    stamping = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    of_root = x509.AuthorityKeyIdentifier.from_issuer_public_key(top.public_key())
    tsa = certificate(
        clock, own, (f"Root of {clock}", top),
        (x509.BasicConstraints(ca=False, path_length=None), True), (usage, True), stamping,
        (of_root, False),
        (x509.SubjectAlternativeName([x509.DNSName("clock.example")]), False),
    )  # fmt: skip
    (folder / "root.pem").write_bytes(pem(root))
    (folder / "tsa.pem").write_bytes(pem(tsa))
    raw = own.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "tsa.key").write_bytes(raw)
    (folder / "serial").write_text("01", "ascii")
    (folder / "openssl.cnf").write_text(CONFIG, "ascii")
    return folder


def reply(folder: Path, query: bytes) -> bytes:
    (folder / "query").write_bytes(query)
    command = ["openssl", "ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query",
               "-out", "answer"]  # fmt: skip
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "answer").read_bytes()


def answering(make: Callable[[bytes], bytes]) -> Answer:
    def send(handler: Handler) -> None:
        answer(make(handler.body), kind="application/timestamp-reply")(handler)

    return send


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority(tmp_path_factory.mktemp("tsa") / "one")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, tsa: Path) -> Path:
    root = project(tmp_path_factory.mktemp("harbour"), more=", stamp_authorities: roots.pem")
    (root / "roots.pem").write_bytes((tsa / "root.pem").read_bytes())
    return root


@pytest.fixture
def site(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project with one captured source that has no time stamp."""
    copied = Path(shutil.copytree(first, tmp_path / "site"))
    monkeypatch.chdir(copied)
    return copied


@pytest.fixture
def web(tsa: Path) -> Iterator[Site]:
    """An authority on this machine."""
    web = Site()
    web.pages["/tsr"] = answering(lambda query: reply(tsa, query))
    thread = Thread(target=web.serve_forever, args=(0.01,))
    thread.start()
    yield web
    web.shutdown()
    web.server_close()
    thread.join()


def stamp(web: Site, *words: str, code: int = 0) -> str:
    options = ["--at", web.url("/tsr"), "--pause", "0"]
    done = CliRunner().invoke(main, ["stamp", *options, *words])
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    assert done.exit_code == code, done.output
    return done.output


def trusting(**changes: Any) -> Any:
    return OPTIONS.model_copy(update={"stamp_authorities": "roots.pem", **changes})


def said(files: Files, root: Path, options: Any = None) -> list[str]:
    found = examined(files, root, options or trusting())
    return [
        f"{'note: ' if p.note else ''}{p.path}:{p.mark.line}:{p.mark.column}: {p.code}: {p.message}"
        for p in found.problems
    ]


def digest(root: Path) -> bytes:
    return capture.load((root / (NEWS + CAPTURE)).read_bytes(), "harbour-news")[0].digest


@pytest.fixture(scope="module")
def stamped(first: Path, tsa: Path) -> Stamp:
    """A time stamp of the capture."""
    query, nonce = stamps.request(digest(first))
    return stamps.read_answer("harbour-news", digest(first), reply(tsa, query), nonce)


def with_stamps(root: Path, *made: Stamp) -> Files:
    return {**of_disk(root), PATH: stamps.dump(made).encode()}


def test_a_capture_is_stamped_and_verified_offline(site: Path, web: Site) -> None:
    output = stamp(web)
    assert output.startswith("harbour-news: the capture of 2025-08-16 existed at 20")
    assert output.endswith(f"Z, by {CLOCK}\n1 of 1 stamped\n")
    (row,) = json.loads((site / PATH).read_text("utf-8"))["stamps"]
    assert row["clock"] == CLOCK
    ((path, headers),) = web.asked
    assert (path, headers["Content-Type"]) == ("/tsr", "application/timestamp-query")
    assert said(of_disk(site), site) == []
    library = examined(of_disk(site), site, trusting()).library
    assert library is not None
    assert measure(library).stamped == 1
    assert stamp(web) == "0 of 0 stamped\n"
    assert "the capture of 2025-08-16 has a time stamp already" in stamp(web, "harbour-news")
    assert len(web.asked) == 1


def test_openssl_agrees(first: Path, tsa: Path, stamped: Stamp, tmp_path: Path) -> None:
    """Another program verifies the answer over the 32 bytes of the capture's digest."""
    (tmp_path / "digest").write_bytes(digest(first))
    (tmp_path / "answer").write_bytes(stamped.answer)
    command = ["openssl", "ts", "-verify", "-data", "digest", "-in", "answer",
               "-CAfile", str(tsa / "root.pem")]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout + done.stderr


def test_a_dry_run_asks_nobody(site: Path, web: Site) -> None:
    assert stamp(web, "--dry-run") == "harbour-news: the capture of 2025-08-16 has no time stamp\n"
    assert web.asked == []
    assert not (site / PATH).exists()


ANSWERS: dict[str, tuple[Answer, str]] = {
    "an error": (answer(b"", 500), "500 Internal Server Error"),
    "a page": (answer(b"<p>Hello"), "sent “text/html”, not application/timestamp-reply"),
    "nothing": (answering(lambda query: b""), "it is not an answer by RFC 3161"),
    "noise": (answering(lambda query: b"\x30\x82" * 500), "it is not an answer by RFC 3161"),
    "the question": (answering(lambda query: query), "it is not an answer by RFC 3161"),
    "elsewhere": (moved("https://other.example/tsr"), "redirects to https://other.example/tsr"),
    "much": (answering(lambda query: bytes(200_000)), "is larger than 60 kB"),
}


@pytest.mark.parametrize(("sent", "why"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_none_is_a_message(site: Path, web: Site, sent: Answer, why: str) -> None:
    web.pages["/tsr"] = sent
    output = stamp(web, code=1)
    assert output.startswith("harbour-news: ")
    assert why in output
    assert not (site / PATH).exists()


def test_an_answer_to_another_question_is_refused(
    site: Path, web: Site, tsa: Path, stamped: Stamp
) -> None:
    web.pages["/tsr"] = answering(lambda query: stamped.answer)
    assert "its number is not the one that was sent" in stamp(web, code=1)
    other, _ = stamps.request(bytes(32))
    web.pages["/tsr"] = answering(lambda query: reply(tsa, other))
    assert "it is of other bytes than the capture's digest" in stamp(web, code=1)


def test_a_private_machine_is_asked_only_by_name(site: Path, web: Site, monkeypatch) -> None:
    monkeypatch.setattr("summitry.tools.stamping.AUTHORITY", web.url("/tsr"))
    done = CliRunner().invoke(main, ["stamp"])
    assert "127.0.0.1 is not an address of the public internet" in done.output
    assert web.asked == []


# Records


def test_what_is_stamped_is_shown(first: Path, stamped: Stamp, tmp_path: Path) -> None:
    pages = pages_made(tmp_path, with_stamps(first, stamped))
    html = " ".join(pages["sources/harbour-news/"].make().html.split())
    assert f"by the clock of {CLOCK}: not verified here." in html  # no authority is trusted there


def test_without_authorities_it_is_not_verified(first: Path, stamped: Stamp) -> None:
    files = with_stamps(first, stamped)
    (told,) = said(files, first, OPTIONS)
    assert told == "note: mkdocs.yml:1:1: unverified: time stamp not verified here: harbour-news"


def test_without_the_library_it_is_not_verified(
    first: Path, stamped: Stamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps._verified.cache_clear()
    for name in [n for n in sys.modules if n.split(".")[0] in ("rfc3161_client", "cryptography")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    monkeypatch.setitem(sys.modules, "cryptography.x509", None)
    with pytest.raises(StampToolsMissingError):
        stamps.request(bytes(32))
    (told,) = said(with_stamps(first, stamped), first)
    assert told == "note: mkdocs.yml:1:1: unverified: time stamp not verified here: harbour-news"
    stamps._verified.cache_clear()


def test_an_authority_that_is_not_trusted(first: Path, stamped: Stamp, tmp_path: Path) -> None:
    other = authority(tmp_path / "two")  # the same name, another key
    (tmp_path / "roots.pem").write_bytes((other / "root.pem").read_bytes())
    (told,) = said(with_stamps(first, stamped), tmp_path)
    assert told == (
        f"{PATH}:2:1: broken-stamp: no authority that is trusted here signed it, though it names "
        f"{CLOCK}"
    )


@pytest.mark.parametrize("text", [b"", b"no", b"-----BEGIN CERTIFICATE-----\nAA\n-----END"])
def test_authorities_that_are_none(first: Path, tmp_path: Path, text: bytes) -> None:
    (tmp_path / "roots.pem").write_bytes(text)
    (told,) = said(of_disk(first), tmp_path)
    why = "option: stamp_authorities: there is no certificate in PEM in it"
    assert told == f"mkdocs.yml:1:1: {why}".replace("authorities: ", "authorities: roots.pem: ")
    (tmp_path / "roots.pem").unlink()
    assert "roots.pem: there is no such file" in said(of_disk(first), tmp_path)[0]


WRONG: dict[str, tuple[Callable[[Stamp], Stamp], str]] = {
    "another capture": (lambda s: replace(s, capture=bytes(32)), "no capture of harbour-news has"),
    "another moment": (lambda s: replace(s, at="2025-08-17T00:00:00Z"), "the answer is no time st"),
    "another clock": (lambda s: replace(s, clock="Big Ben"), "the answer is no time stamp"),
    "before the capture": (lambda s: replace(s, at="2025-08-15T23:59:59Z"), "before the capture"),
    "to come": (lambda s: replace(s, at="2999-01-01T00:00:00Z"), "which has not come yet"),
    "cut": (lambda s: replace(s, answer=s.answer[:-10]), "the answer is no time stamp"),
    "noise": (lambda s: replace(s, answer=b"\x30\x03\x02\x01\x00"), "the answer is no time stamp"),
}


@pytest.mark.parametrize(("change", "why"), WRONG.values(), ids=WRONG)
def test_what_no_stamp_can_say(
    first: Path, stamped: Stamp, change: Callable[[Stamp], Stamp], why: str
) -> None:
    (told,) = said(with_stamps(first, change(stamped)), first)
    assert told.startswith(f"{PATH}:2:1: ")
    assert why in told


def test_no_byte_that_is_signed_can_be_changed_unseen(tsa: Path, stamped: Stamp) -> None:
    """Of the two copies of the certificate one is spare, and yet lends no other name."""
    roots, raw = (tsa / "root.pem").read_bytes(), stamped.answer
    told = raw.index(hashlib.sha256(stamped.capture).digest())
    name = bytes([len(CLOCK)]) + CLOCK.encode()
    names = [at + 1 for at in range(len(raw)) if raw.startswith(name, at)]
    assert len(names) == 2
    places = [*range(told - 20, told + 55), *names, *(at + len(CLOCK) - 1 for at in names)]
    for at in [*places, *range(len(raw) - 60, len(raw))]:
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert stamps.verify(replace(stamped, answer=changed), roots) is not Clock.VERIFIED, at


@settings(max_examples=200)
@given(st.data())
def test_no_answer_is_a_traceback(tsa: Path, stamped: Stamp, data: st.DataObject) -> None:
    raw = bytearray(stamped.answer)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + 1] = data.draw(st.binary(max_size=2))
    found = stamps.verify(replace(stamped, answer=bytes(raw)), (tsa / "root.pem").read_bytes())
    assert isinstance(found, Clock)


HOSTILE: dict[str, tuple[Callable[[str], str], str]] = {
    "cut": (lambda t: t[: len(t) // 2], "this is not JSON"),
    "empty": (lambda t: "", "this is not JSON"),
    "of another source": (
        lambda t: t.replace('"harbour-news"', '"source-one"'), "these are time stamps of source-one"
    ),
    "no rows": (
        lambda t: '{"version": 1, "source": "harbour-news", "stamps": []}', "no time stamp in it"
    ),
    "a strange key": (lambda t: t.replace('"clock"', '"cuckoo"'), "the key clock is missing"),
    "no clock": (lambda t: t.replace(CLOCK, " "), "does not name whose clock"),
    "a clock that turns": (lambda t: t.replace(CLOCK, "A\u202eB"), "does not name whose clock"),
    "a day": (lambda t: t.replace('Z", "clock"', '", "clock"'), "is not the moment of a time st"),
    "no base64": (lambda t: t.replace('"answer": "', '"answer": "!'), "is not an authority's"),
    "nothing": (lambda t: '{"version": 1, "source": "harbour-news", "stamps": [{}]}', "is missing"),
    "said twice": (
        lambda t: t.replace("}\n]", "},\n" + t.split("\n")[1] + "\n]"), "do not stand latest"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_record_is_a_message(
    first: Path, stamped: Stamp, change: Callable[[str], str], why: str
) -> None:
    raw = with_stamps(first, stamped)[PATH]
    assert isinstance(raw, bytes)
    (told,) = said({**of_disk(first), PATH: change(raw.decode()).encode()}, first)
    assert told.startswith(f"{PATH}:")
    assert "broken-stamp: " in told
    assert why in told


def test_a_record_that_cannot_be_read_is_not_overwritten(site: Path, web: Site) -> None:
    (site / PATH).write_text("{", "utf-8")
    assert f"Error: {PATH}: this is not JSON" in stamp(web, code=1)
    assert (site / PATH).read_text("utf-8") == "{"
