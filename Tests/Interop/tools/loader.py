#!/usr/bin/env python3
"""loader.py load PORT LOG: four sessions send without pause, each message to two users, until the server is gone.
The id of each message goes to LOG when the server has answered 250 for it.

LOADER_SENDER and LOADER_USERS say who sends, and to whom, if not the usual.

loader.py settled LOG SUNK QUEUED REPORTS: each message in LOG is whole in SUNK (dumps of smtp-sink), in QUEUED (the
content of a queue), and reported as refused in REPORTS (a Maildir's new).

loader.py check LOG FOLDER …: each message in LOG is in every FOLDER (a Maildir's new) once; every file there is whole.
"""
import email
import os
import pathlib
import random
import re
import smtplib
import sys
import threading

from messages import canonical, difference, identity

SENDER = os.environ.get("LOADER_SENDER", "loader@elsewhere.test")
USERS = os.environ.get("LOADER_USERS", "susan@website.test robert@domain.test").split()


def message(number):
    """The message of that number, always the same: 100 bytes to 40 kB, with lines that begin with a dot."""
    source = random.Random(number)
    lines = [f"Message-ID: <{number}@loader.test>", f"Subject: {number}", ""]
    for _ in range(int(400 ** source.random())):
        lines.append("." * source.randrange(3) + f"{source.randrange(1 << 256):x}" * source.randrange(3))
    return "\r\n".join(lines).encode() + b"\r\n"


def load(port, log):
    numbers = iter(range(random.randrange(1 << 40) << 20, 1 << 62))
    lock = threading.Lock()
    refusals = []

    def session():
        try:
            with smtplib.SMTP("127.0.0.1", port, "client.test", timeout=10) as server:
                while True:
                    with lock:
                        number = next(numbers)
                    server.sendmail(SENDER, USERS, message(number))
                    with lock:
                        log.write(f"{number}\n")
                        log.flush()
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            refusals.append(error)
        except OSError:  # the server is gone
            pass

    threads = [threading.Thread(target=session) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refusals:
        sys.exit(f"refused: {refusals[0]}")


def check(log, folders):
    answered = [int(line) for line in log.read_text().split()]
    for folder in folders:
        seen = set()
        for path in folder.iterdir():
            data = path.read_bytes()
            match = re.fullmatch(r"<(\d+)@loader\.test>", identity(data) or "")
            problem = difference(message(int(match[1])), canonical(data), True, []) if match else "has no Message-ID"
            if problem:
                sys.exit(f"{path} {problem}")
            if match[1] in seen:
                sys.exit(f"{match[1]} is twice in {folder}")
            seen.add(match[1])
        missing = [number for number in answered if str(number) not in seen]
        if missing:
            sys.exit(f"{len(missing)} of {len(answered)} messages that were answered 250 are not in {folder}")
        print(f"{len(seen)} messages in {folder}, {len(answered)} answered")


def settled(log, sunk, queued, reports):
    """Each message in the log was taken by the sink, waits in the queue for another host, and was refused by a third."""
    answered = [int(line) for line in log.read_text().split()]
    whole = set()
    for path in sunk.iterdir():
        data = canonical(path.read_bytes().removesuffix(b"\n"))
        match = re.fullmatch(r"<(\d+)@loader\.test>", identity(data) or "")
        if match and data.endswith(message(int(match[1]))):
            whole.add(int(match[1]))
    waiting = {identity(path.read_bytes()) for path in queued.iterdir()}
    reported = set()
    for path in reports.iterdir():
        report = email.message_from_bytes(path.read_bytes())
        status = next(part for part in report.walk() if part.get_content_type() == "message/delivery-status")
        if b"refused.test" in status.as_bytes() and b"Action: failed" in status.as_bytes():
            reported.add(report["In-Reply-To"])
    for name, missing in [
        ("delivered", [n for n in answered if n not in whole]),
        ("queued", [n for n in answered if f"<{n}@loader.test>" not in waiting]),
        ("bounced", [n for n in answered if f"<{n}@loader.test>" not in reported]),
    ]:
        if missing:
            sys.exit(f"{len(missing)} of {len(answered)} messages that were answered 250 were not {name}")
    duplicates = len(list(sunk.iterdir())) - len(whole)
    print(f"{len(answered)} answered; {len(whole)} delivered, {duplicates} of them twice; "
          f"{len(waiting)} queued; {len(reported)} bounced")


if sys.argv[1] == "load":
    with open(sys.argv[3], "a", encoding="ascii") as file:
        load(int(sys.argv[2]), file)
elif sys.argv[1] == "settled":
    settled(pathlib.Path(sys.argv[2]), *[pathlib.Path(folder) for folder in sys.argv[3:]])
else:
    check(pathlib.Path(sys.argv[2]), [pathlib.Path(folder) for folder in sys.argv[3:]])
