"""SSH signatures over records, made and verified by OpenSSH's `ssh-keygen -Y`."""

from __future__ import annotations

import subprocess
from enum import Enum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

NAMESPACE = "summitry"
PATIENCE = 20  # seconds for a verification
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


class SignatureError(Exception):
    """A record that cannot be signed; the message says why and what to do."""


class Signed(Enum):
    """What is known of a signature."""

    NOT = "not"  # there is none
    UNVERIFIED = "unverified"  # no list of signers is kept, or ssh-keygen is not installed
    VERIFIED = "verified"  # by a key that the list has for the name
    FOREIGN = "foreign"  # it fits the record, but the list has no such key for the name
    BROKEN = "broken"  # it is none over this record


def sign(record: bytes, key: Path) -> str:
    """The signature of a record by a private key, in base64 without armour.

    ssh-keygen asks for the key's passphrase itself. Raises SignatureError.
    """
    try:
        command = ["ssh-keygen", "-Y", "sign", "-f", str(key.resolve()), "-n", NAMESPACE]
        done = subprocess.run(command, input=record, capture_output=True, check=False)
    except OSError:
        raise SignatureError(
            "ssh-keygen is not installed: install OpenSSH (8.2 or newer)"
        ) from None
    lines = done.stdout.decode("utf-8", "replace").split()
    text = "".join(lines)
    begin, end = _BEGIN.replace(" ", ""), _END.replace(" ", "")
    if done.returncode or not (text.startswith(begin) and text.endswith(end)):
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
        raise SignatureError(
            f"{key.name} does not sign ({said or 'ssh-keygen says nothing'}): give the private "
            "key, or its .pub file where an agent holds it"
        )
    return text.removeprefix(begin).removesuffix(end)


def verify(record: bytes, signature: str, by: str, on: str, signers: Path | None) -> Signed:
    """What a signature in base64 is worth.

    `by` is the name that `signers`, a file as ssh-keygen's ALLOWED SIGNERS, must have for its key;
    `on` is the day on which that key must have been valid.
    """
    if not signature:
        return Signed.NOT
    try:
        allowed = signers.read_bytes() if signers else b""
    except OSError:
        allowed = b""
    return _verified(record, signature, by, on, allowed)


@cache
def _verified(record: bytes, signature: str, by: str, on: str, allowed: bytes) -> Signed:
    """The same, once in a run: each look starts a program. `allowed` is the list's content."""
    with TemporaryDirectory(prefix="summitry-") as folder:
        armoured, list_of = Path(folder) / "signature", Path(folder) / "allowed_signers"
        armoured.write_text(f"{_BEGIN}\n{_folded(signature)}\n{_END}\n", "ascii")
        list_of.write_bytes(allowed)
        what = ["-n", NAMESPACE, "-s", str(armoured)]
        moment = f"verify-time={on.replace('-', '')}1200"
        try:
            if not _says(["-Y", "check-novalidate", *what], record):
                return Signed.BROKEN
            if not allowed:
                return Signed.UNVERIFIED
            who = ["-f", str(list_of), "-I", by, "-O", moment]
            return (
                Signed.VERIFIED
                if _says(["-Y", "verify", *who, *what], record)
                else (Signed.FOREIGN)
            )
        except (OSError, subprocess.TimeoutExpired):
            return Signed.UNVERIFIED


def _folded(signature: str) -> str:
    return "\n".join(signature[at : at + 70] for at in range(0, len(signature), 70))


def _says(words: list[str], record: bytes) -> bool:
    done = subprocess.run(
        ["ssh-keygen", *words], input=record, capture_output=True, check=False, timeout=PATIENCE
    )
    return done.returncode == 0
