#!/usr/bin/env python3
"""check_source.py LENGTH FILE …: the files are whole messages of smtp-source with bodies of that length, none twice."""
import re
import sys

names = set()
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        head, _, body = re.sub(rb"\r?\n", b"\r\n", file.read()).partition(b"\r\n\r\n")
    name = re.search(rb"(?m)^Message-Id: (\S+)", head)[1].decode()
    if name in names:
        sys.exit(f"{name} arrived twice")
    names.add(name)
    if len(body) - int(sys.argv[1]) not in (0, 2) or body.strip(b"0123456789X\r\n"):
        sys.exit(f"{name} is damaged: {len(body)} bytes of body")
