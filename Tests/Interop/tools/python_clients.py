#!/usr/bin/env python3
"""python_clients.py SMTP SUBMISSION POP3 SENT GOT: smtplib and poplib against a postoffice with empty mailboxes.

Ends with the messages of SENT in robert's mailbox, and as files in GOT. The first thing that is wrong ends it.
"""
import pathlib
import poplib
import smtplib
import socket
import sys
import time

SUSAN, ROBERT, PASSWORD = "susan@website.test", "robert@domain.test", "secret"
smtp_port, submission_port, pop3_port = map(int, sys.argv[1:4])
sent = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[4]).iterdir())]
got = pathlib.Path(sys.argv[5])


def check(condition, what):
    if not condition:
        sys.exit(f"wrong: {what}")


def expect(reply, code, status, what):
    """The reply (code, text) has that code and enhanced status."""
    text = reply[1].decode("latin-1")
    check(reply[0] == code and text.startswith(status), f"{what}: {reply[0]} {text} instead of {code} {status}")


def smtp(port):
    return smtplib.SMTP("127.0.0.1", port, "client.test", timeout=10)


def pop3(user=ROBERT, password=PASSWORD):
    client = poplib.POP3("127.0.0.1", pop3_port, timeout=10)
    client.user(user)
    client.pass_(password)
    return client


def pop3_error(call, *arguments):
    """The -ERR line that the call brings."""
    try:
        reply = call(*arguments)
    except poplib.error_proto as error:
        return error.args[0].decode("latin-1")
    sys.exit(f"wrong: {call.__name__}{arguments} was accepted: {reply}")


def submit():
    """All messages to robert, by each way to log in."""
    for mechanism in ("auth_plain", "auth_login"):
        for initial in (True, False):
            with smtp(submission_port) as client:
                client.ehlo()
                offered = set(client.esmtp_features.get("auth", "").split())
                check({"PLAIN", "LOGIN"} <= offered, "AUTH PLAIN LOGIN is not offered")
                client.user, client.password = SUSAN, PASSWORD
                name = mechanism.removeprefix("auth_").upper()
                client.auth(name, getattr(client, mechanism), initial_response_ok=initial)
                for message in sent[::4] if not initial else []:
                    client.sendmail(SUSAN, [ROBERT], message, ["BODY=8BITMIME"])
                    sent.remove(message)
    with smtp(submission_port) as client:
        client.login(SUSAN, PASSWORD)
        for message in sent:
            client.sendmail(SUSAN, [ROBERT], message)


def refused_logins():
    """Each in a session of its own, for a server may hang up after some failures."""
    with smtp(submission_port) as client:
        client.ehlo()
        check(client.mail(SUSAN)[0] == 530, "submission without AUTH is not refused with 530")
    for user, password in ((SUSAN, "wrong"), ("nobody@website.test", PASSWORD)):
        for method in ("auth_plain", "auth_login"):
            with smtp(submission_port) as client:
                client.ehlo()
                client.user, client.password = user, password
                try:
                    client.auth(method.removeprefix("auth_").upper(), getattr(client, method))
                    sys.exit(f"wrong: {user} logged in with password {password!r}")
                except smtplib.SMTPAuthenticationError as error:
                    expect((error.smtp_code, error.smtp_error), 535, "5.7.8", "wrong password")
    with smtp(submission_port) as client:
        client.ehlo()
        check(client.docmd("AUTH", "NONESUCH")[0] == 504, "an unknown mechanism is not refused with 504")
        check(client.docmd("AUTH", "PLAIN")[0] == 334, "AUTH PLAIN without initial response brings no 334")
        check(client.docmd("*")[0] == 501, "a cancelled AUTH is not answered 501")
    with smtp(submission_port) as client:
        client.ehlo()
        expect(client.docmd("AUTH", "PLAIN !!!"), 501, "5.", "bad base64")
        client.login(SUSAN, PASSWORD)
        check(client.docmd("AUTH", "PLAIN AHgAeA==")[0] == 503, "a second AUTH is not refused with 503")


def refusals():
    with smtp(smtp_port) as client:
        client.ehlo()
        check(client.docmd("NONESUCH")[0] == 500, "an unknown command is not answered 500")
        check(client.docmd("DATA")[0] == 503, "DATA without MAIL is not refused with 503")
        check(client.rcpt(SUSAN)[0] == 503, "RCPT without MAIL is not refused with 503")
        check(client.docmd("MAIL", "FROM:<a@b")[0] in (501, 555, 553), "a bad MAIL is not refused")
        limit = int(client.esmtp_features["size"])
        expect(client.mail("a@elsewhere.test", [f"SIZE={limit + 1}"]), 552, "5.3.4", "SIZE over the limit")
        expect(client.mail("a@elsewhere.test"), 250, "2.", "MAIL")
        expect(client.rcpt("b@elsewhere.test"), 550, "5.7.1", "relaying")
        expect(client.rcpt("nobody@website.test"), 550, "5.1.1", "unknown user")
        check(client.docmd("DATA")[0] in (503, 554), "DATA without a recipient is not refused")
        expect(client.rcpt(SUSAN), 250, "2.", "RCPT")
        expect(client.rset(), 250, "2.", "RSET")
        check(client.docmd("DATA")[0] == 503, "DATA after RSET is not refused with 503")


def too_large():
    """A message larger than the limit is refused, whether or not it was announced, and the session goes on."""
    with smtp(smtp_port) as client:
        client.ehlo()
        limit = int(client.esmtp_features["size"])
        if limit > 64 << 20:
            return
        client.mail("a@elsewhere.test")
        client.rcpt(SUSAN)
        line = b"x" * 98 + b"\r\n"
        expect(client.data(b"Subject: large\r\n\r\n" + line * (limit // 100 + 100)), 552, "5.3.4", "a large message")
        expect(client.noop(), 250, "2.", "NOOP after a large message")
    client = pop3(SUSAN)
    check(client.stat() == (0, 0), "a large message was delivered")
    client.quit()


def two_recipients():
    """One refused recipient of three: the other two get the message."""
    message = b"Subject: two\r\n\r\nto two\r\n"
    with smtp(smtp_port) as client:
        refused = client.sendmail("a@elsewhere.test", [ROBERT, "nobody@domain.test", SUSAN], message)
    check(list(refused) == ["nobody@domain.test"], f"refused recipients: {refused}")
    for user in (SUSAN, ROBERT):
        client = pop3(user)
        check(client.stat()[0] == 1, f"{user} did not get the message to two")
        client.dele(1)
        client.quit()


def download():
    check("[AUTH]" in pop3_error(pop3, ROBERT, "wrong"), "a wrong password brings no [AUTH]")
    check("[AUTH]" in pop3_error(pop3, "nobody@domain.test", PASSWORD), "an unknown user brings no [AUTH]")
    client = poplib.POP3("127.0.0.1", pop3_port, timeout=10)
    check({"TOP", "UIDL", "USER"} <= set(client.capa()), "CAPA shows no TOP, UIDL and USER before the login")
    client.user(ROBERT)
    client.pass_(PASSWORD)
    check({"TOP", "UIDL"} <= set(client.capa()), "CAPA shows no TOP and UIDL after the login")
    check("[IN-USE]" in pop3_error(pop3), "a second session brings no [IN-USE]")
    count, size = client.stat()
    check(count == expected, f"STAT shows {count} messages instead of {expected}")
    sizes = [tuple(map(int, line.split())) for line in client.list()[1]]
    uids = [line.split()[1] for line in client.uidl()[1]]
    check([number for number, _ in sizes] == list(range(1, count + 1)), "LIST numbers")
    check(sum(octets for _, octets in sizes) == size, "STAT and LIST disagree")
    check(len(set(uids)) == count, "UIDL is not unique")
    got.mkdir()
    for number, octets in sizes:
        lines = client.retr(number)[1]
        message = b"".join(line + b"\r\n" for line in lines)
        check(len(message) == octets, f"LIST says {octets} octets of message {number}, RETR brings {len(message)}")
        check(client.uidl(number).split()[2] == uids[number - 1], "UIDL n differs from UIDL")
        check(client.list(number).split()[1:] == [b"%d" % number, b"%d" % octets], "LIST n differs from LIST")
        blank = lines.index(b"")
        for body_lines in (0, 1, 3, 100_000):
            check(client.top(number, body_lines)[1] == lines[: blank + 1 + body_lines], f"TOP {number} {body_lines}")
        (got / str(number)).write_bytes(message)
    for number in (0, count + 1, 99999999999999999999):
        pop3_error(client.retr, number)
    client.dele(1)
    pop3_error(client.retr, 1)
    pop3_error(client.dele, 1)
    check(client.stat() == (count - 1, size - sizes[0][1]), "STAT after DELE")
    client.rset()
    check(client.stat() == (count, size), "STAT after RSET")
    client.dele(2)
    client.sock.shutdown(socket.SHUT_RDWR)
    client.close()
    client = reopened()
    check([line.split()[1] for line in client.uidl()[1]] == uids, "UIDL changed, or DELE without QUIT deleted")
    client.quit()


def reopened():
    """A session after a lost one, whose lock may last a moment longer."""
    for _ in range(50):
        try:
            return pop3()
        except poplib.error_proto as error:
            if b"[IN-USE]" not in error.args[0]:
                raise
            time.sleep(0.1)
    sys.exit("wrong: a lost connection keeps the mailbox locked")


expected = len(sent)
refused_logins()
refusals()
too_large()
two_recipients()
submit()
download()
