#!/usr/bin/env python3
"""A second maker of signed PDFs, for tests: plain text and the `openssl` command, nothing of Segell.

  sign_pdf.py plain OUT [--pages N] [--text T]
  sign_pdf.py sign IN OUT --key K --cert C [options]     appends one signed revision
  sign_pdf.py update IN OUT KIND                         appends one unsigned revision (an attack or its legal twin)

Only reads what it wrote itself: classic cross-reference tables, "N 0 obj" at the start of a line, no object streams.
"""
import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def latest_objects(data: bytes) -> dict[int, bytes]:
    found = {}
    for match in re.finditer(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", data, re.S):
        found[int(match.group(1))] = match.group(2)
    return found


def write_revision(data: bytes, objects: dict[int, bytes], root: int = 1) -> bytes:
    """data followed by one more revision with these objects; a complete file when data is empty."""
    out = bytearray(data or b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n"
    if not data:
        out += b"0 1\n0000000000 65535 f \n"
    for number in sorted(offsets):
        out += b"%d 1\n%010d 00000 n \n" % (number, offsets[number])
    size = max([*offsets, *latest_objects(data)]) + 1
    out += b"trailer\n<< /Size %d /Root %d 0 R" % (size, root)
    if data:
        previous = int(re.findall(rb"startxref\n(\d+)\n%%EOF", data)[-1])
        out += b" /Prev %d" % previous
        trailer = data[data.rindex(b"trailer"):]
        for kept in re.findall(rb"/Encrypt \d+ 0 R|/ID \[.*?\]", trailer):
            out += b" " + kept
    out += b" >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def make_plain(pages: int, text: str) -> bytes:
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    kids = []
    number = 4
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for page in range(pages):
        content = f"BT /F1 18 Tf 72 720 Td ({text}, page {page + 1}) Tj ET".encode()
        objects[number] = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                           b"/Resources << /Font << /F1 3 0 R >> >> >>" % (number + 1))
        objects[number + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
        kids.append(b"%d 0 R" % number)
        number += 2
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), pages)
    return write_revision(b"", objects)


def run(*command: str, data: bytes = b"") -> bytes:
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"sign_pdf.py: {' '.join(command)}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def make_cms(content: bytes, options: argparse.Namespace) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "content")
        source.write_bytes(content)
        if options.timestamp:
            query = Path(folder, "query")
            run("openssl", "ts", "-query", "-data", str(source), "-sha256", "-cert", "-no_nonce", "-out", str(query))
            config = Path(folder, "tsa.cnf")
            Path(folder, "serial").write_text("01\n")
            config.write_text(f"""[tsa]
default_tsa = t
[t]
serial = {folder}/serial
signer_digest = sha256
digests = sha256
default_policy = 1.3.6.1.4.1.99999.1
ess_cert_id_alg = sha256
""")
            command = ["openssl", "ts", "-reply", "-config", str(config), "-queryfile", str(query), "-token_out",
                       "-signer", options.cert, "-inkey", options.key]
            if options.chain:
                command += ["-chain", options.chain[0]]
            return run(*command)
        command = ["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", str(source), "-nosmimecap",
                   "-md", options.digest, "-signer", options.cert, "-inkey", options.key]
        for chain in options.chain:
            command += ["-certfile", chain]
        for flag in options.cms:
            command += flag.split(" ")
        if "-noattr" not in options.cms and "-nocades" not in options.cms:
            command.append("-cades")
        command = [part for part in command if part != "-nocades"]
        return run(*command)


def sign(data: bytes, options: argparse.Namespace) -> bytes:
    objects = latest_objects(data)
    free = max(objects) + 1
    page = min(number for number, body in objects.items() if b"/Type /Page " in body)
    signature, field = free, free + 1
    changed = {}
    references = b""
    if options.docmdp:
        references = (b" /Reference [<< /Type /SigRef /TransformMethod /DocMDP "
                      b"/TransformParams << /Type /TransformParams /P %d /V /1.2 >> >>]" % options.docmdp)
    form = re.search(rb"/AcroForm (\d+) 0 R", objects[1])
    if form:
        number = int(form.group(1))
        changed[number] = objects[number].replace(b"/Fields [", b"/Fields [%d 0 R " % field)
    else:
        number = free + 2
        changed[number] = b"<< /Fields [%d 0 R ] /SigFlags 3 >>" % field
        changed[1] = objects[1].replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm %d 0 R" % number)
    if options.docmdp:
        changed[1] = changed.get(1, objects[1]).replace(
            b"/Type /Catalog", b"/Type /Catalog /Perms << /DocMDP %d 0 R >>" % signature)
    body = objects[page]
    if b"/Annots [" in body:
        changed[page] = body.replace(b"/Annots [", b"/Annots [%d 0 R " % field)
    else:
        changed[page] = body.replace(b"/Type /Page ", b"/Type /Page /Annots [%d 0 R ] " % field)
    lock = b" /Lock << /Type /SigFieldLock /Action /All >>" if options.lock else b""
    changed[field] = (b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (%s) /V %d 0 R /P %d 0 R /Rect [0 0 0 0] /F 132%s >>"
                      % (options.field.encode(), signature, page, lock))
    room = options.room * 2
    kind = b"DocTimeStamp" if options.timestamp else b"Sig"
    filter_name = "ETSI.RFC3161" if options.timestamp else options.sub_filter
    placeholder = b"/ByteRange [0 0000000000 0000000000 0000000000]"
    changed[signature] = (b"<< /Type /%s /Filter /Adobe.PPKLite /SubFilter /%s /M (%s)%s\n%s\n/Contents <%s> >>"
                          % (kind, filter_name.encode(), options.time.encode(), references, placeholder, b"0" * room))
    out = write_revision(data, changed)
    start = out.rindex(b"/Contents <") + len(b"/Contents ")
    end = start + room + 2
    ranges = b"/ByteRange [0 %d %d %d]" % (start, end, len(out) - end)
    out = out.replace(placeholder, ranges.ljust(len(placeholder)))
    cms = make_cms(out[:start] + out[end:], options)
    if len(cms) * 2 > room:
        sys.exit("sign_pdf.py: the signature needs more room")
    return out[:start + 1] + cms.hex().encode().ljust(room, b"0") + out[end - 1:]


def update(data: bytes, kind: str) -> bytes:
    objects = latest_objects(data)
    free = max(objects) + 1
    page = min(number for number, body in objects.items() if b"/Type /Page " in body)
    content = int(re.search(rb"/Contents (\d+) 0 R", objects[page]).group(1))
    text = b"BT /F1 18 Tf 72 720 Td (now it says something else) Tj ET"
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text)
    if kind == "replace-content":
        return write_revision(data, {content: stream})
    if kind == "replace-contents-reference":
        return write_revision(data, {page: objects[page].replace(b"/Contents %d 0 R" % content, b"/Contents %d 0 R" % free),
                                     free: stream})
    if kind == "annotation":
        note = b"<< /Type /Annot /Subtype /FreeText /Rect [50 50 300 300] /Contents (covered) /DA (/F1 12 Tf) >>"
        body = objects[page]
        body = (body.replace(b"/Annots [", b"/Annots [%d 0 R " % free) if b"/Annots [" in body
                else body.replace(b"/Type /Page ", b"/Type /Page /Annots [%d 0 R ] " % free))
        return write_revision(data, {page: body, free: note})
    if kind == "dss":
        # a document security store that holds nothing yet is what signing software may add later
        return write_revision(data, {1: objects[1].replace(b"/Type /Catalog", b"/Type /Catalog /DSS %d 0 R" % free),
                                     free: b"<< /Type /DSS >>"})
    if kind == "remove-page":
        pages = objects[2]
        first = re.search(rb"/Kids \[(\d+ 0 R) ?", pages).group(0)
        return write_revision(data, {2: pages.replace(first, b"/Kids [").replace(b"/Count 3", b"/Count 2")})
    sys.exit(f"sign_pdf.py: no such update: {kind}")


def main() -> None:
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(dest="verb", required=True)
    plain = verbs.add_parser("plain")
    plain.add_argument("out")
    plain.add_argument("--pages", type=int, default=3)
    plain.add_argument("--text", default="Segell test document")
    signer = verbs.add_parser("sign")
    signer.add_argument("source")
    signer.add_argument("out")
    signer.add_argument("--key", required=True)
    signer.add_argument("--cert", required=True)
    signer.add_argument("--chain", action="append", default=[])
    signer.add_argument("--field", default="Signature1")
    signer.add_argument("--sub-filter", default="ETSI.CAdES.detached")
    signer.add_argument("--digest", default="sha256")
    signer.add_argument("--cms", action="append", default=[], help="a further option of openssl cms")
    signer.add_argument("--docmdp", type=int, default=0)
    signer.add_argument("--lock", action="store_true")
    signer.add_argument("--time", default="D:20261120091407Z")
    signer.add_argument("--room", type=int, default=8192)
    signer.add_argument("--timestamp", action="store_true", help="a document timestamp instead of a signature")
    updater = verbs.add_parser("update")
    updater.add_argument("source")
    updater.add_argument("out")
    updater.add_argument("kind")
    options = parser.parse_args()
    if options.verb == "plain":
        made = make_plain(options.pages, options.text)
    elif options.verb == "sign":
        made = sign(Path(options.source).read_bytes(), options)
    else:
        made = update(Path(options.source).read_bytes(), options.kind)
    Path(options.out).write_bytes(made)


if __name__ == "__main__":
    main()
