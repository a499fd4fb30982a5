#!/usr/bin/env python3
"""Test messages, and the comparison of what came out with what went in.

messages.py make FOLDER
messages.py compare SENT RECEIVED [--traced] [--top NAME …]

Messages are compared as bytes after line ends were made CRLF. A received message may begin with trace fields that the
sent one did not have: Return-Path, Received, and the fields named by --top. With --traced it must have a Received.
"""
import argparse
import os
import re
import sys

HEADER = (
    "Date: Mon, 02 Mar 2026 10:20:30 +0100\r\nFrom: Susan <susan@website.test>\r\nTo: Robert <robert@domain.test>\r\n"
    "Message-ID: <{name}@website.test>\r\nSubject: {name}\r\n"
)
EIGHT_BIT = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset={}\r\nContent-Transfer-Encoding: 8bit\r\n"


def bodies():
    """Yields (name, further header lines, body); bodies are what makes transports stumble."""
    yield "plain", "", b"Hello Robert,\r\n\r\nall is well.\r\n"
    yield "dots", "", b".\r\n..\r\n...\r\n.x\r\n.. x\r\n \r\n.\r\nend\r\n.\r\n"
    yield "dot-first", "", b".first\r\nlast\r\n"
    yield "empty-end", "", b"Three empty lines follow.\r\n\r\n\r\n\r\n"
    yield "empty-start", "", b"\r\n\r\nTwo empty lines came before.\r\n"
    yield "header-only", "", b""
    yield "long-lines", "", b"".join(b"%03d" % i + bytes([65 + i % 26]) * 995 + b"\r\n" for i in range(20))
    yield "long-dots", "", b"." * 998 + b"\r\n" + b"x" * 998 + b"\r\n" + b"." * 998 + b"\r\n"
    yield "utf-8", EIGHT_BIT.format("utf-8"), "Grüße, 請求書, Łódź, 🙂\r\n".encode() * 50
    yield "latin-1", EIGHT_BIT.format("iso-8859-1"), bytes(range(0x80, 0x100)) + b"\r\n" + b"\xff" * 900 + b"\r\n"
    yield "from-lines", "", b"From here on\r\n>From there\r\n\tTab and spaces at the end \t \r\n=20\r\n"
    yield "commands", "", b"QUIT\r\nRSET\r\nDATA\r\n250 ok\r\n+OK\r\n-ERR\r\nBDAT 3 LAST\r\n"
    yield "big", "", b"".join(b"%06d %s\r\n" % (i, b"abcdefghij" * (i % 7)) for i in range(8000))


def make(folder):
    os.makedirs(folder, exist_ok=True)
    for name, more, body in bodies():
        with open(os.path.join(folder, name + ".eml"), "wb") as file:
            file.write((HEADER.format(name=name) + more + "\r\n").encode() + body)


def canonical(data):
    """With CRLF at every line end, and at the end."""
    data = re.sub(rb"\r?\n", b"\r\n", data)
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def read_folder(folder):
    """The messages below a folder, as {path: bytes}: of a Maildir those in new and cur, else all that is not hidden."""
    found = {}
    for path, folders, files in os.walk(folder):
        if {"cur", "new", "tmp"} <= set(folders):
            folders[:], files = ["cur", "new"], []
        for name in files:
            if not name.startswith("."):
                with open(os.path.join(path, name), "rb") as file:
                    found[os.path.join(path, name)] = file.read()
    return found


def identity(data):
    """The first Message-ID of a message's header section."""
    header = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    match = re.search(rb"(?im)^Message-ID:\s*(<[^>\r\n]+>)", header)
    return match.group(1).decode() if match else None


def difference(sent, received, traced, top):
    """Why the received message is not the sent one with trace fields on top; None when it is."""
    if not received.endswith(sent):
        pairs = enumerate(zip(sent[::-1], received[::-1]))
        at = next((i for i, (a, b) in pairs if a != b), min(len(sent), len(received)))
        a, b = len(sent) - at, len(received) - at
        return (f"differs {at} bytes before the end: sent {len(sent)} bytes …{sent[max(0, a - 30):a + 20]!r}, "
                f"received {len(received)} bytes …{received[max(0, b - 30):b + 20]!r}")
    head = received[: len(received) - len(sent)]
    fields = re.sub(rb"\r\n[ \t]+", b" ", head).split(b"\r\n")[:-1]
    names = [field.split(b":")[0].decode("latin-1").lower() for field in fields]
    strange = [name for name in names if name not in {"return-path", "received"} | {name.lower() for name in top}]
    if strange:
        return f"has {strange[0]!r} on top"
    if traced and "received" not in names:
        return "has no Received field on top"
    return None


def compare(sent_folder, received_folder, traced=False, top=()):
    """The problems, as lines."""
    sent = {identity(data): canonical(data) for data in read_folder(sent_folder).values()}
    seen = {}
    for path, data in sorted(read_folder(received_folder).items()):
        name = identity(data)
        if name not in sent:
            yield f"{path} was never sent: {data[:100]!r}"
            continue
        seen[name] = seen.get(name, 0) + 1
        problem = difference(sent[name], canonical(data), traced, top)
        if problem:
            yield f"{name} {problem} ({path})"
    for name in sent:
        if seen.get(name, 0) != 1:
            yield f"{name} arrived {seen.get(name, 0)} times"


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("make").add_argument("folder")
    options = commands.add_parser("compare")
    options.add_argument("sent")
    options.add_argument("received")
    options.add_argument("--traced", action="store_true")
    options.add_argument("--top", nargs="*", default=[])
    arguments = parser.parse_args()
    if arguments.command == "make":
        make(arguments.folder)
        return
    problems = list(compare(arguments.sent, arguments.received, arguments.traced, arguments.top))
    print("\n".join(problems) or "same")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
