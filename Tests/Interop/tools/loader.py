#!/usr/bin/env python3
"""loader.py load PORT LOG: four sessions send without pause, each message to two users, until the server is gone.
The id of each message goes to LOG when the server has answered 250 for it.

loader.py check LOG FOLDER …: each message in LOG is in every FOLDER (a Maildir's new) once; every file there is whole.
"""
import pathlib
import random
import re
import smtplib
import sys
import threading

from messages import canonical, difference, identity

USERS = ["susan@website.test", "robert@domain.test"]


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
                    server.sendmail("loader@elsewhere.test", USERS, message(number))
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


if sys.argv[1] == "load":
    with open(sys.argv[3], "a", encoding="ascii") as file:
        load(int(sys.argv[2]), file)
else:
    check(pathlib.Path(sys.argv[2]), [pathlib.Path(folder) for folder in sys.argv[3:]])
