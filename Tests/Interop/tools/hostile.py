#!/usr/bin/env python3
"""hostile.py PID SMTP POP3 SENT GOT: what a server must survive, in a fresh server with empty mailboxes.

Ends with the messages of SENT in robert's mailbox, and as files in GOT.
"""
import os
import pathlib
import random
import re
import sys
import threading

from raw import Session, check, stuffed

pid, smtp_port, pop3_port = map(int, sys.argv[1:4])
SUSAN, ROBERT = "susan@website.test", "robert@domain.test"
MEGABYTE = 1 << 20
GROWTH_LIMIT = 8 * MEGABYTE


def peak_memory():
    """The most memory that the server ever had resident, in bytes."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024


def endless_line(port, commands, error, after):
    """20 MB without a line end, then one: one error reply, and memory stays flat."""
    for line, expected in commands:  # once, so that what a first session needs is not counted
        session = Session(port)
        session.command(line, expected)
        session.close()
    session = Session(port)
    before = peak_memory()
    for _ in range(20 * MEGABYTE // 65536):
        session.send(b"x" * 65536)
    session.send(b"\r\n")
    reply = session.reply()
    check(reply.startswith(error), f"an endless line brought {reply[:80]!r} instead of {error}")
    session.command(*after)
    session.close()
    growth = peak_memory() - before
    print(f"endless line on port {port}: memory grew by {growth // 1024} KiB")
    check(growth < GROWTH_LIMIT, f"an endless line took {growth // 1024} KiB of memory")


def many_noops():
    """10,000 commands in one write: a reply for each, or for some and then a 421."""
    session = Session(smtp_port)
    session.command("EHLO client.test", "250")

    def write():
        try:
            session.socket.sendall(b"NOOP\r\n" * 10_000 + b"QUIT\r\n")
        except OSError:
            pass

    writer = threading.Thread(target=write)
    writer.start()
    answered = 0
    while (reply := session.reply()).startswith("250"):
        answered += 1
    writer.join()
    print(f"{answered} of 10,000 NOOPs answered")
    complete = reply.startswith("221") and answered == 10_000
    cut = answered and reply.startswith("421")
    check(complete or cut, f"after {answered} of 10,000 replies to NOOP came {reply!r}")
    session.close()


def byte_by_byte(folder, got):
    """Whole sessions in writes of one byte."""
    session = Session(smtp_port)
    messages = [path.read_bytes() for path in sorted(folder.iterdir())]
    for message in messages:
        session.start_data(ROBERT, 1)
        session.send(stuffed(message), 1 if len(message) < 100_000 else 1021)
        reply = session.reply()
        check(reply.startswith("250"), f"a message byte by byte brought {reply!r}")
    session.command("QUIT", "221", 1)
    check(session.at_end(), "the server does not close after QUIT")
    session.close()

    got.mkdir()
    session = Session(pop3_port)
    session.command(f"USER {ROBERT}", "+OK", 1)
    session.command("PASS secret", "+OK", 1)
    for number in range(1, len(messages) + 1):
        session.command(f"RETR {number}", "+OK", 1)
        lines = []
        while (line := session.line()) != b".":
            lines.append(line.removeprefix(b".") + b"\r\n")
        (got / str(number)).write_bytes(b"".join(lines))
    session.command("QUIT", "+OK", 1)
    session.close()


def noise(port):
    """Random bytes, then the end of the stream; and a session dropped in the middle of everything."""
    source = random.Random(7)
    for count in (1, 100, 100_000):
        session = Session(port)
        try:
            session.socket.sendall(source.randbytes(count))
            session.socket.shutdown(1)
            while session.reader.read(65536):
                pass
        except OSError:
            pass
        session.close()


def dropped_data():
    """A message whose client goes away is not delivered."""
    session = Session(smtp_port)
    session.start_data(SUSAN)
    session.send(b"Subject: never\r\n\r\nends here\r\n")
    session.close()
    session = Session(pop3_port)
    session.command(f"USER {SUSAN}", "+OK")
    session.command("PASS secret", "+OK")
    session.command("STAT", "+OK 0 0")
    session.command("QUIT", "+OK")
    session.close()


def crowd():
    """200 sessions that only stand there do not keep another from being served."""
    idle = [Session(port) for port in (smtp_port, pop3_port) * 100]
    session = Session(smtp_port)
    session.command("EHLO client.test", "250")
    session.command("QUIT", "221")
    for one in idle + [session]:
        one.close()


endless_line(smtp_port, [("EHLO client.test", "250"), ("NONESUCH", "500")], "500", ("NOOP", "250"))
endless_line(pop3_port, [("CAPA", "+OK"), ("NONESUCH", "-ERR")], "-ERR", (f"USER {SUSAN}", "+OK"))
many_noops()
noise(smtp_port)
noise(pop3_port)
dropped_data()
crowd()
os.kill(pid, 0)
byte_by_byte(pathlib.Path(sys.argv[4]), pathlib.Path(sys.argv[5]))
