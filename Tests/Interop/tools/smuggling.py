#!/usr/bin/env python3
"""smuggling.py PORT MAIL: a false end of data followed by a second message, written whole and byte by byte.

Only the true end may end the message. One with a bare CR or LF must then be refused, and nothing be delivered.
"""
import pathlib
import sys

from raw import Session, check

SUSAN, ROBERT = "susan@website.test", "robert@domain.test"
FALSE_ENDS = [
    b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r.\n", b"\r.\r\n", b"\n.\r", b"\r\n.\r", b"\n\n.\r\n", b"\n.\n\n",
    b"\r\n.\r\r\n", b"\r\r\n.\r\r\n", b"\r\n.\n\r\n", b"\r\n\n.\r\n", b"\r\n.\rx",
]
WITH_NUL = [b"\r\n\0.\r\n", b"\r\n.\0\r\n"]
INNER = (
    b"MAIL FROM:<inner@elsewhere.test>\r\nRCPT TO:<robert@domain.test>\r\nDATA\r\n"
    b"Subject: inner\r\n\r\nsmuggled\r\n.\r\n"
)
port, mail = int(sys.argv[1]), pathlib.Path(sys.argv[2])


def delivered():
    return [path for user in (SUSAN, ROBERT) for folder in ("new", "cur") for path in (mail / user / folder).iterdir()]


def attempt(end, size, outcomes):
    """Sends the two messages in one; there must be one reply, that begins with one of the outcomes."""
    session = Session(port)
    session.start_data(SUSAN)
    session.send(b"Subject: outer\r\n\r\nline" + end + INNER, size)
    what = f"{end!r} in pieces of {size or 'any'} size"
    reply = session.reply()
    check(reply[:1] in outcomes, f"{what} brought {reply!r}")
    session.send(b"QUIT\r\n")
    second = session.reply()
    check(second.startswith("221"), f"{what} brought a second reply: {second!r}")
    session.close()
    return reply


for size in (None, 1):
    for end in FALSE_ENDS:
        attempt(end, size, "5")
        check(not delivered(), f"{end!r}: something was delivered")
for size in (None, 1):
    for end in WITH_NUL:
        before = len(delivered())
        accepted = attempt(end, size, "25").startswith("2")
        check(len(delivered()) == before + accepted, f"{end!r}: {len(delivered()) - before} messages were delivered")

# The true end, also as the first bytes of the data, and two messages that are two.
before = len(delivered())
session = Session(port)
session.start_data(SUSAN)
session.send(b"Subject: outer\r\n\r\nline\r\n.\r\n" + INNER)
for expected in ("250", "250", "250", "354", "250"):
    reply = session.reply()
    check(reply.startswith(expected), f"two honest messages brought {reply!r} instead of {expected}")
check(len(delivered()) == before + 2, "two honest messages were not delivered as two")
session.start_data(ROBERT)
session.send(b".\r\n")
check(session.reply()[:1] in "25", "an empty message does not end")
session.close()
