#!/usr/bin/env python3
"""Makes the seeds of ink_record and ink_iso: an invented pen, a mouse, and the known-answer header of ISO/IEC 19794-7:2007."""
import json
import pathlib
import shutil
import struct

here = pathlib.Path(__file__).parent


def put(folder, name, octets):
    (here / folder).mkdir(exist_ok=True)
    (here / folder / name).write_bytes(octets)


def record(points, pointer, pressure, **more):
    return json.dumps({
        "schema": "segell.ink/1", "document": {"sha256": "ab" * 32}, "nonce": "A" * 43,
        "surface": {"width": 916, "height": 343.5, "devicePixelRatio": 2}, "pointerType": pointer,
        "quality": {"rateHz": 240, "samples": len(points), "pressure": pressure, "coalescedEvents": True,
                    "cancelledLines": [0], "undoneLines": 1,
                    "surfaces": [{"fromSample": 0, "width": 916, "height": 343.5}]}, "points": points, **more},
        separators=(",", ":")).encode()


pen = [[0, 0, 10, 20.5, 0.25, 30, -12, 45, 1], [0, 4167, 12.125, 22, 0.5, 30, -12, 45, 1], [-1, 9000, 20, 30, 0, 0, 0, 0, 0],
       [1, 90000, 40, 50, 0.75, -90, 90, 359, 1]]
put("ink_record", "pen", record(pen, "pen", True, calibration={"pixelsPerMillimetre": 5.5, "source": "measured"}))
put("ink_record", "mouse", record([p[:4] + [None, 0, 0, 0, 1] for p in pen], "mouse+touch", False))
head = bytes.fromhex("5344490020313000c0c080eb8980eb8984bc8060000002000000000003")
put("ink_iso", "known", head + struct.pack(">9H", 0x82BB, 0x8139, 0, 0x82BB, 0x8139, 1, 0x82B9, 0x8136, 11))
(here / "ink_envelope").mkdir(exist_ok=True)
shutil.copy(here / "envelope" / "two-recipients", here / "ink_envelope" / "two-recipients")
