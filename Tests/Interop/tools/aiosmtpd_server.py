#!/usr/bin/env python3
"""aiosmtpd_server.py PORT FOLDER: takes mail with or without AUTH, and writes each message to a file."""
import asyncio
import itertools
import sys

from aiosmtpd.smtp import SMTP, AuthResult

port, folder = int(sys.argv[1]), sys.argv[2]
numbers = itertools.count(1)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("busy@"):
            return "450 4.2.1 Mailbox busy"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        with open(f"{folder}/{next(numbers)}", "wb") as file:
            file.write(envelope.content)
        return "250 2.0.0 OK"


def authenticate(server, session, envelope, mechanism, data):
    success = (data.login, data.password) == (b"susan@website.test", b"secret")
    return AuthResult(success=success, handled=False)


async def main():
    def connection():
        return SMTP(Handler(), hostname="mail.website.test", authenticator=authenticate, auth_require_tls=False)

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", port)
    await server.serve_forever()


asyncio.run(main())
