#!/usr/bin/env python3
"""Makes the seeds of timestamp, manifest and picture: make_signer_seeds.py PKI_DIR (needs openssl)."""
import base64
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zlib

here = pathlib.Path(__file__).parent
pki = pathlib.Path(sys.argv[1]).resolve()


def put(folder, name, octets):
    (here / folder).mkdir(exist_ok=True)
    (here / folder / name).write_bytes(octets)


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


with tempfile.TemporaryDirectory() as work:
    work = pathlib.Path(work)
    (work / "serial").write_text("01\n")
    (work / "data").write_bytes(b"covered")
    (work / "tsa.cnf").write_text(
        f"[tsa]\ndefault_tsa = t\n[t]\nserial = {work}/serial\ncrypto_device = builtin\nsigner_cert = {pki}/tsa.pem\n"
        f"signer_key = {pki}/tsa.key\ncerts = {pki}/issuing.pem\nsigner_digest = sha256\ndigests = sha256\n"
        "default_policy = 1.3.6.1.4.1.99999.1\naccuracy = secs:1\ness_cert_id_alg = sha256\n")
    openssl("ts", "-query", "-data", work / "data", "-sha256", "-cert", "-out", work / "q")
    openssl("ts", "-reply", "-config", work / "tsa.cnf", "-queryfile", work / "q", "-out", work / "r")
    openssl("ts", "-reply", "-in", work / "r", "-token_out", "-out", work / "t")
    (work / "bad").write_bytes(b"no query")
    openssl("ts", "-reply", "-config", work / "tsa.cnf", "-queryfile", work / "bad", "-out", work / "rejected")
    for name in ("r", "t", "rejected"):
        put("timestamp", name, (work / name).read_bytes())

TYPES = ["identity-evidence", "evidence-level", "signer-name", "role", "capacity", "representation", "device",
         "capture-quality", "times", "reservation", "question-and-answer", "custody-envelope", "custody-recipients",
         "place", "support", "choices"]
CODE = "2" * 26 + "Z"


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def b64(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


facts = [{"salt": b64(bytes([i]) * 32), "fact": {"type": t, "value": None if i else {"kind": "seen"}}}
         for i, t in enumerate(TYPES)]
commitments = sorted(hashlib.sha256(bytes([i]) * 32 + canonical(f["fact"])).hexdigest() for i, f in enumerate(facts))
zero = "00" * 32
put("manifest", "manifest.json", canonical({
    "base": {"length": 9, "sha256": zero}, "commitments": commitments, "meaning": "agree", "method": "drawn",
    "nonce": b64(bytes(32)), "rendition": {"sha256": zero}, "schema": "segell.manifest/1",
    "shown": {"length": 9, "sha256": zero, "sha512": zero * 2}, "signer": "0" * 26, "verificationCode": CODE}))
put("manifest", "disclosure.json",
    canonical({"schema": "segell.disclosure/1", "verificationCode": CODE, "facts": facts}))

rows = b"".join((1 << (i % 40)).to_bytes(5, "big") for i in range(20))
put("picture", "stroke", bytes([0, 40, 0, 20]) + zlib.compress(rows))
put("picture", "blank", bytes([0, 40, 0, 20]) + zlib.compress(bytes(100)))
