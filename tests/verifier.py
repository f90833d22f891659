"""A second verifier of format versions 1, 2 and 3, written from "How the proof works" alone.

It imports nothing of summitry, so that the page, the program and this file must agree.
"""

import base64
import hashlib
import hmac
import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]")
LETTERS = {"i": "in", "o": "out", "u": "unknown"}
REMOVED = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
SINGLE = re.compile("[\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u0060\u00b4\u2039\u203a\uff07]")
DOUBLE = re.compile("[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\u301f\uff02]")
BLANKS = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
SPACED_STOPS = re.compile(r"…|(?<!\.)\. \. \.(?!\.)")
INNER_STOPS = re.compile(r"(?<=\w)\.{3,}(?=\w)")  # \w is L, N and the low line
UNSPACED = re.compile(
    "[\u0e01-\u0e30\u0e32-\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2-\u0eb3\u0ec0-\u0ec6\u0edc-\u0edf"
    "\u0f40-\u0f6c\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3\u3005-\u3007\u3031-\u3035"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
PAIRS = {'"': '"', "\u300c": "\u300d", "\u300e": "\u300f"}
SHORT_DASH = re.compile("[-\u2010\u2011\u2012\u2013\u2212]")
DASHES = "[-\u2010\u2011\u2012\u2013\u2212\u2014\u2015\u2e3a\u2e3b]"
SEPARATOR = re.compile(
    f"{DASHES}*[\u2014\u2015\u2e3a\u2e3b]{DASHES}*|{SHORT_DASH.pattern}{{2,}}"
    rf"|(?<![^ ]){SHORT_DASH.pattern}(?![^ ])"  # a space or an end on both sides
    r"|(?<= )[\u2012\u2013\u2212](?=[^ \d])|[\u2012\u2013\u2212](?= )"  # \d is Nd
)


def _kept(char):
    category = unicodedata.category(char)
    return (
        char in "%‰&@#"
        or category[0] in "LMN"
        or (category in ("Sc", "Sm", "So") and char not in "<=>|~")
    )


def normal_form(line):
    """A line in normal form."""
    line = unicodedata.normalize("NFC", REMOVED.sub("", unicodedata.normalize("NFC", line)))
    line = DOUBLE.sub('"', SINGLE.sub("'", line))
    line = BLANKS.sub(" ", line).strip(" ")
    line = INNER_STOPS.sub(r"\g<0> ", SPACED_STOPS.sub("...", line))
    first, *others = [part.strip(" ") for part in SEPARATOR.split(line)]
    inner = [part for part in others[:-1] if part]  # separators in a row are one
    line = " \u2014 ".join([first, *inner, *others[-1:]]).strip(" ")
    return SHORT_DASH.sub("-", line)


def apart(chunk):
    """A chunk as punctuation, word, punctuation; all is punctuation before if none is kept."""
    kept = [at for at, char in enumerate(chunk) if _kept(char)]
    if not kept:
        return chunk, "", ""
    return chunk[: kept[0]], chunk[kept[0] : kept[-1] + 1], chunk[kept[-1] + 1 :]


def tokens(line):
    """The words of a line as (before, word, after, speech)."""
    text = normal_form(line)
    opening, inside, speech, broken = set(), False, [], False
    for at, char in enumerate(text):
        if char == '"':
            opens = at == 0 or text[at - 1] in " ([{"
            broken = broken or opens == inside
            inside = opens
            if opens:
                opening.add(at)
        speech.append("in" if inside else "out")
    if broken or inside:
        opening, speech = set(), ["unknown"] * len(text)
    found, waiting, at = [], "", 0
    for chunk in text.split(" "):
        before, word, after = apart(chunk)
        if word:
            found.append((waiting + before, word, after, speech[at + len(before)]))
            waiting = ""
        elif not found or opening & set(range(at, at + len(chunk))):
            waiting += chunk
        else:
            last = found[-1]
            found[-1] = (last[0], last[1], last[2] + chunk, last[3])
        at += len(chunk) + 1
    if found and waiting:
        found[-1] = (*found[-1][:2], found[-1][2] + waiting, found[-1][3])
    return found


def paragraphs(text):
    """The paragraphs of a text, each as its tokens."""
    return [words for line in LINE_ENDS.split(text) if (words := tokens(line))]


def tokens_2(line):
    """The words of a line by version 2, as (before, word, after, speech)."""
    text = normal_form(line)
    if not UNSPACED.search(text):
        return tokens(line)
    closing, speech, opening = [], [], set()
    for at, char in enumerate(text):
        if closing and closing[-1] == char:
            closing.pop()
        elif char in PAIRS:
            closing.append(PAIRS[char])
            opening.add(at)
        speech.append("in" if closing else "out")
    if closing:
        speech = ["unknown"] * len(text)
    found, waiting, base = [], "", 0
    for chunk in text.split(" "):
        spans = _spans(chunk)
        opened = {at - base for at in opening} | {
            at for at, char in enumerate(chunk) if unicodedata.category(char) in ("Ps", "Pi")
        }
        for n, (start, end) in enumerate(spans):
            low = spans[n - 1][1] if n else 0
            turn = min([at for at in opened if low <= at < start] or [start]) if n else low
            if n:
                found[-1] = (*found[-1][:2], found[-1][2] + chunk[low:turn], found[-1][3])
            found.append((waiting + chunk[turn:start], chunk[start:end], "", speech[base + start]))
            waiting = ""
        rest = chunk[spans[-1][1] :] if spans else chunk
        if found and (spans or not opening & set(range(base, base + len(chunk)))):
            found[-1] = (*found[-1][:2], found[-1][2] + rest, found[-1][3])
        else:
            waiting += rest
        base += len(chunk) + 1
    if found and waiting:
        found[-1] = (*found[-1][:2], found[-1][2] + waiting, found[-1][3])
    return found


def _spans(chunk):
    """Where the words of a chunk stand: characters without blanks, and what is between them."""
    found, at = [], 0
    while at < len(chunk):
        end = at + 1
        if not _kept(chunk[at]):
            at += 1
            continue
        if UNSPACED.match(chunk[at]):
            while end < len(chunk) and unicodedata.category(chunk[end])[0] == "M":
                end += 1
        else:
            while end < len(chunk) and not UNSPACED.match(chunk[end]):
                end += 1
            end = max(i for i in range(at, end) if _kept(chunk[i])) + 1
        found.append((at, end))
        at = end
    return found


def _key(word):
    folded = "".join(char if char in "ßẞ" else char.casefold() for char in word)
    return folded.replace("ẞ", "ß").replace("\u05f4", '"').replace("\u05f3", "'")


def stands(words, text):
    """Whether words stand in a row in one paragraph, without regard to case or punctuation."""
    line = " ".join(LINE_ENDS.split(words))
    wanted = [_key(token[1]) for token in tokens_2(line)]
    for row in LINE_ENDS.split(text):
        keys = [_key(token[1]) for token in tokens_2(row)]
        if any(keys[at : at + len(wanted)] == wanted for at in range(len(keys))):
            return True
    return False


def _number(value):
    return value.to_bytes(4, "big")


def _field(value):
    raw = value.encode() if isinstance(value, str) else value
    return _number(len(raw)) + raw


def _hash(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def _token(token):
    return b"".join(map(_field, token))


def seed(words, version=1):
    label = f"summitry/{version}/seed"
    found = _hash(_field(label), *map(_token, words))
    if version == 3:
        return hashlib.pbkdf2_hmac("sha256", found, label.encode(), 300_000, 16)
    return found[:16]


def expand(node, levels):
    """The leaves below a node of the tree of salts, from the left."""
    if levels == 0:
        return [node]
    left, right = (hmac.new(node, bit, hashlib.sha256).digest()[:16] for bit in (b"\0", b"\1"))
    return expand(left, levels - 1) + expand(right, levels - 1)


def salts(words, version=1):
    levels = 0
    while 2**levels < len(words):
        levels += 1
    return expand(seed(words, version), levels)[: len(words)]


def leaf(salt, place, token):
    return _hash(b"\0", salt, _number(place), _token(token))


def above(low, high, part):
    """The hash of the words [low, high); `part` gives the hash of what is not to be entered."""
    known = part(low, high)
    if known is not None:
        return known
    size = 1
    while size * 2 < high - low:
        size *= 2
    left = above(low, low + size, part)
    return _hash(b"\1", left, above(low + size, high, part))


def root_of(count, top, version=1):
    return _hash(b"\2", _field(str(version)), _number(count), top)


def root(words, version=1):
    leaves = [
        leaf(salt, i, token)
        for i, (salt, token) in enumerate(zip(salts(words, version), words, strict=True))
    ]
    top = above(0, len(words), lambda low, high: leaves[low] if high - low == 1 else None)
    return root_of(len(words), top, version)


def cover(start, end):
    """The nodes of the tree of salts over [start, end), as (first leaf, levels)."""
    found = []
    while start < end:
        levels = 0
        while start % 2 ** (levels + 1) == 0 and start + 2 ** (levels + 1) <= end:
            levels += 1
        found.append((start, levels))
        start += 2**levels
    return found


def encode(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(text, size):
    raw = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    if len(raw) != size or encode(raw) != text:
        raise ValueError(f"{text} is not {size} bytes")
    return raw


def digest(source, capture):
    """The digest of a capture as it stands in its file."""
    told = [capture[key] for key in ("date", "method", "extractor", "url", "by", "extent")]
    rows = [row if isinstance(row, list) else [row, ""] for row in capture["paragraphs"]]
    parts = [_field(value) for value in ("summitry/1/capture", source, *told)]
    parts.append(_number(len(rows)))
    for count, found, *_ in rows:
        parts.append(_number(count) + _field(decode(found, 32) if found else b""))
    return encode(_hash(*parts))


def check(proof, captures):
    """Raise ValueError unless a proof leads to the root of its paragraph."""
    capture = next((c for c in captures["captures"] if c["date"] == proof["capture"]), None)
    if captures["source"] != proof["source"] or capture is None:
        raise ValueError("there is no such capture")
    if digest(proof["source"], capture) != capture["digest"]:
        raise ValueError("the capture is not as it was written")
    if not 1 <= proof["paragraph"] <= len(capture["paragraphs"]):
        raise ValueError("there is no such paragraph")
    row = capture["paragraphs"][proof["paragraph"] - 1]
    if not isinstance(row, list):
        raise ValueError("the paragraph has no root")
    chunks = [apart(chunk) for chunk in proof["words"].split(" ")]
    if len(chunks) != len(proof["speech"]) or not all(word for _, word, _ in chunks):
        raise ValueError("words and speech do not fit")
    if not set(proof["speech"]) <= set(LETTERS):
        raise ValueError("no such state of speech")
    start, end = proof["start"] - 1, proof["start"] - 1 + len(chunks)
    if not 0 <= start < end <= row[0]:
        raise ValueError("there are no such words")
    nodes = cover(start, end)
    if len(nodes) != len(proof["salts"]):
        raise ValueError("the number of salts is wrong")
    opened = []
    for node, (_, levels) in zip(proof["salts"], nodes, strict=True):
        opened += expand(decode(node, 16), levels)
    hidden = [decode(sibling, 32) for sibling in proof["siblings"]]

    def part(low, high):
        if high <= start or low >= end:
            if not hidden:
                raise ValueError("a sibling is missing")
            return hidden.pop(0)
        if high - low > 1:
            return None
        token = (*chunks[low - start], LETTERS[proof["speech"][low - start]])
        return leaf(opened[low - start], low, token)

    top = above(0, row[0], part)
    if hidden:
        raise ValueError("a sibling is left over")
    if encode(root_of(row[0], top, row[2] if len(row) > 2 else 1)) != row[1]:
        raise ValueError("the root is another")
