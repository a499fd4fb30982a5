#!/usr/bin/env python3
"""shutdown.py PID SMTP POP3 MESSAGE: sends SIGTERM while sessions are in different states, and waits for the end."""
import os
import pathlib
import select
import signal
import sys
import time

from raw import Session, check, stuffed

pid, smtp_port, pop3_port = map(int, sys.argv[1:4])
data = stuffed(pathlib.Path(sys.argv[4]).read_bytes())
half = len(data) // 2

greeted = Session(smtp_port)
idle = Session(smtp_port)
idle.command("EHLO client.test", "250")
waiting = Session(smtp_port)
waiting.command("EHLO client.test", "250")
waiting.command("MAIL FROM:<stranger@elsewhere.test>", "250")
waiting.command("RCPT TO:<susan@website.test>", "250")
sending = Session(smtp_port)
sending.start_data("susan@website.test")
sending.send(data[:half])
pop3 = Session(pop3_port)
pop3.command("USER robert@domain.test", "+OK")
pop3.command("PASS secret", "+OK")
pop3.command("DELE 1", "+OK")

time.sleep(0.2)
os.kill(pid, signal.SIGTERM)
for name, session in {"a new": greeted, "an idle": idle}.items():
    reply = session.reply()
    check(reply.startswith("421"), f"{name} session gets {reply!r} instead of 421")
    check(session.line() == b"", f"{name} session is not closed after 421")
while line := pop3.line():
    check(line.startswith(b"-ERR"), f"an idle POP3 session gets {line!r}")

try:
    late = Session(smtp_port)
    check(late.greeting.startswith(b"421") or not late.greeting, f"a late connection gets {late.greeting!r}")
except ConnectionError:
    pass

# Between RCPT and DATA, the server may end the session at once, or wait for the transaction to end.
if not select.select([waiting.socket], [], [], 0.3)[0]:
    waiting.command("RSET", "250")
reply = waiting.reply()
check(reply.startswith("421"), f"a session with a transaction gets {reply!r} instead of 421")

sending.send(data[half:-5])
time.sleep(0.3)
sending.send(data[-5:])
reply = sending.reply()
check(reply.startswith("250"), f"the message on its way gets {reply!r} instead of 250")
check(sending.at_end(), "the session goes on after its message")
