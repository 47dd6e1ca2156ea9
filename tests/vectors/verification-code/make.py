#!/usr/bin/env python3
"""Independent calculation of the check character: ISO/IEC 7064 hybrid system MOD 33,32 over Segell's alphabet.

The recursion is checked against the standard's own example for MOD 11,10 ("0794" takes 5) and searches the check
character by trying all of them, unlike the C++ code, which solves for it.  Prints "payload check" lines.
"""
import random

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def check(values, m):
    p = m
    for v in values:
        p = ((p + v) % m or m) * 2 % (m + 1)
    return next(c for c in range(m) if (p + c) % m == 1)


assert check([0, 7, 9, 4], 10) == 5  # the standard's example for MOD 11,10

rng = random.Random(20261120)
payloads = ["2" * 26, "Z" * 26, ALPHABET[:26]] + ["".join(rng.choice(ALPHABET) for _ in range(26)) for _ in range(40)]
for payload in payloads:
    print(payload, ALPHABET[check([ALPHABET.index(c) for c in payload], 32)])
