"""Strict JSON: what is read is what was written, or refused with the line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summitry.proof import records
from summitry.proof.records import RecordError

FINE = b'{"version": 1, "source": "a"}'


def refusal(raw: bytes) -> tuple[int, str]:
    with pytest.raises(RecordError) as caught:
        records.load(raw)
    return caught.value.line, caught.value.message


def test_a_record_is_read() -> None:
    assert records.load(FINE) == {"version": 1, "source": "a"}
    assert records.load(b"\n " + FINE + b"\n") == {"version": 1, "source": "a"}


REFUSED = {
    "a byte-order mark": (b"\xef\xbb\xbf" + FINE, 1, "this is not JSON: "),
    "not UTF-8": (b'{"version": 1, "source": "\xe9"}', 1, "the file is not UTF-8"),
    "UTF-16": (FINE.decode().encode("utf-16"), 1, "the file is not UTF-8"),
    "half of a character in UTF-8": (b'{"a": "\xed\xa0\x80"}', 1, "the file is not UTF-8"),
    "nothing": (b"", 1, "this is not JSON: "),
    "no JSON": (b"version: 1", 1, "this is not JSON: a value is missing"),
    "JSON that ends too early": (b'{"version": 1,\n"a": [\n1,', 3, "this is not JSON: "),
    "JSON with something behind it": (FINE + b"\n{}", 2, "this is not JSON: something stands"),
    "a comma lacks": (b'{"version": 1,\n"a": [1 2]}', 2, "this is not JSON: a comma or a bracket"),
    "a comma too many": (b'{"version": 1,\n"a": [1,]}', 2, "this is not JSON: "),
    "a comment": (b'{"version": 1, // one\n"a": 1}', 1, "this is not JSON: "),
    "a control character": (b'{"version": 1,\n"a": "\x01"}', 2, "this is not JSON: a character "),
    "a key twice": (b'{"version": 1, "version": 1}', 1, "a key stands twice"),
    "a key twice further in": (b'{"version": 1, "a": {"b": 1, "b": 2}}', 1, "a key stands twice"),
    "a key twice, once escaped": (b'{"version": 1, "a": 1, "\\u0061": 2}', 1, "a key stands twice"),
    "a fraction": (b'{"version": 1, "a": 1.5}', 1, "1.5 is not a whole number"),
    "a fraction that is whole": (b'{"version": 1.0}', 1, "1.0 is not a whole number"),
    "an exponent": (b'{"version": 1, "a": 1e1}', 1, "1e1 is not a whole number"),
    "NaN": (b'{"version": 1, "a": NaN}', 1, "NaN is not a whole number"),
    "infinity": (b'{"version": 1, "a": -Infinity}', 1, "-Infinity is not a whole number"),
    "a number below zero": (b'{"version": 1, "a": -1}', 1, "-1 is out of range"),
    "a large number": (b'{"version": 1, "a": 16777217}', 1, "16777217 is out of range"),
    "a huge number": (
        b'{"version": 1, "a": ' + b"9" * 100_000 + b"}", 1, "99999999999999999999 is out of range"
    ),
    "a list": (b"[1]", 1, "the file does not hold a JSON object"),
    "a string": (b'"version"', 1, "the file does not hold a JSON object"),
    "null": (b"null", 1, "the file does not hold a JSON object"),
    "another version": (b'{"version": 2}', 1, "the version is not 1"),
    "a version in words": (b'{"version": "1"}', 1, "the version is not 1"),
    "a version that is true": (b'{"version": true}', 1, "the version is not 1"),
    "no version": (b"{}", 1, "the version is not 1"),
    "deep lists": (
        b'{"version": 1, "a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", 1, "brackets stand too"
    ),
    "deep objects": (b'{"a": ' * 200_000, 1, "brackets stand too deep"),
    "too large": (b" " * 2_000_001, 1, "the file has 2000001 bytes, limit 2000000"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "line", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(raw: bytes, line: int, said: str) -> None:
    where, message = refusal(raw)
    assert message.startswith(said)
    assert where == line
    assert len(message) < 200


def test_the_limits_themselves_are_allowed() -> None:
    assert records.load(b'{"version": 1, "a": 16777216}')["a"] == records.MAX_NUMBER
    assert records.load(FINE + b" " * (records.MAX_RECORD - len(FINE)))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        assert records.load(raw)["version"] == 1
    except RecordError as error:
        assert error.line >= 1


# Base64


@given(st.binary(max_size=70))
def test_bytes_come_back(raw: bytes) -> None:
    text = records.encode(raw)
    assert "=" not in text
    assert records.decode(text, len(raw)) == raw


KEY = records.encode(bytes(range(240, 256)))  # 16 bytes: its last letter has four unused bits
SPELLINGS = {
    "padding": KEY + "==",
    "one sign of padding": KEY + "=",
    "another trailing bit": KEY[:-1] + chr(ord(KEY[-1]) + 1),
    "the usual alphabet": KEY.replace("_", "/").replace("-", "+"),
    "a blank at the end": KEY + " ",
    "a line's end": KEY + "\n",
    "a blank inside": KEY[:4] + " " + KEY[4:],
    "a sign of no alphabet": KEY[:4] + "!" + KEY[4:],
    "a letter less": KEY[:-1],
    "a letter more": KEY + "A",
    "two letters more": KEY + "AA",
    "one that is not ASCII": KEY[:-1] + "é",
    "full width": KEY[:-1] + "Ａ",
    "nothing": "",
    "padding alone": "====",
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_any_other_spelling_is_refused(text: str) -> None:
    assert "_" in KEY
    with pytest.raises(RecordError, match="is not 16 bytes in base64"):
        records.decode(text, 16)


def test_a_long_one_is_cut_in_the_message() -> None:
    with pytest.raises(RecordError) as caught:
        records.decode("A" * 1000, 16)
    assert len(caught.value.message) < 100


# Fields


def test_keys_must_be_all_there_and_no_others() -> None:
    assert records.keys({"a": 1, "b": 2}, ("a",), ("b",)) == {"a": 1, "b": 2}
    for data, said in (
        ({"b": 2}, "the key a is missing"),
        ({"a": 1, "c": 3}, "c is not a key here"),
        ([], "an object is missing"),
        (None, "an object is missing"),
        ("a", "an object is missing"),
    ):
        with pytest.raises(RecordError) as caught:
            records.keys(data, ("a",), ("b",))
        assert caught.value.message == said


@pytest.mark.parametrize("value", [1, None, True, ["a"], {}])
def test_text_must_be_text(value: object) -> None:
    with pytest.raises(RecordError, match=r"^a is not text$"):
        records.text({"a": value}, "a")
    with pytest.raises(RecordError, match=r"^a is not text$"):
        records.texts({"a": ["b", value]}, "a")


def test_half_of_a_character_is_no_text() -> None:
    data = records.load(b'{"version": 1, "a": "\\ud800"}')
    with pytest.raises(RecordError, match="a holds half of a character"):
        records.text(data, "a")


def test_half_of_a_character_in_a_key_can_be_told() -> None:
    data = records.load(b'{"version": 1, "\\ud800": 1}')
    with pytest.raises(RecordError) as caught:
        records.keys(data, ("version",))
    assert caught.value.message.encode("utf-8")


def test_a_key_cannot_begin_a_line_of_its_own_in_a_message() -> None:
    data = records.load(b'{"version": 1, "a\\n::error file=b::c": 1}')
    with pytest.raises(RecordError) as caught:
        records.keys(data, ("version",))
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("value", ["1", None, True, False, [1], {}])
def test_a_number_must_be_a_number(value: object) -> None:
    with pytest.raises(RecordError, match=r"^start is not a whole number$"):
        records.number(value, "start")


@pytest.mark.parametrize("value", ["a", None, 1, {}])
def test_a_list_must_be_a_list(value: object) -> None:
    with pytest.raises(RecordError, match=r"^a is not a list$"):
        records.items({"a": value}, "a")
    assert records.items({}, "a") == []


# Files


def test_a_file_has_a_line_for_each_row() -> None:
    rows = [{"source": "a", "words": 'said "so": “yes”'}, {"source": "b", "words": "source:"}]
    text = records.dump({"version": 1, "proofs": rows}, "proofs")
    assert text.splitlines()[0] == '{"version": 1, "proofs": ['
    assert text.endswith("\n]}\n")
    assert "“yes”" in text
    assert json.loads(text) == {"version": 1, "proofs": rows}
    assert records.lines_of_items(text.encode()) == [2, 3]
    assert records.dump({"version": 1, "proofs": []}, "proofs") == '{"version": 1, "proofs": []}\n'


def test_the_lines_of_rows_are_found_however_they_are_written() -> None:
    rows = [{"source": "a", "words": 'a "source": in it'}, {"words": "x", "source": "b"}]
    text = json.dumps({"version": 1, "proofs": rows}, indent=1)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.lstrip()[:9] == '"source":']
    assert records.lines_of_items(text.encode()) == lines
