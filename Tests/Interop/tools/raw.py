"""Sessions on plain sockets, for what no mail library would send."""
import socket
import sys


def check(condition, what):
    if not condition:
        sys.exit(f"wrong: {what}")


class Session:
    """A connection whose greeting has been read; everything waits at most 10 seconds."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")
        self.greeting = self.line()

    def send(self, data, size=None):
        """Sends all at once, or in pieces of a size."""
        size = size or max(1, len(data))
        try:
            for start in range(0, len(data), size):
                self.socket.sendall(data[start : start + size])
        except OSError as error:
            sys.exit(f"wrong: the server does not read {data[:60]!r}: {error}")

    def line(self):
        """One line without its CRLF; empty at the end of the stream."""
        try:
            line = self.reader.readline()
        except TimeoutError:
            sys.exit("wrong: no reply within 10 seconds")
        except ConnectionError:
            return b""
        check(not line or line.endswith(b"\r\n"), f"a reply line without CRLF: {line!r}")
        return line[:-2]

    def reply(self):
        """The last line of an SMTP reply, as text."""
        while (line := self.line())[3:4] == b"-":
            pass
        return line.decode("latin-1")

    def command(self, line, expected, size=None):
        """Sends a command line; the reply must begin with the expected text."""
        self.send(line.encode("latin-1") + b"\r\n", size)
        reply = self.reply()
        check(reply.startswith(expected), f"{line[:60]!r} brought {reply!r} instead of {expected}")
        return reply

    def start_data(self, recipient, size=None):
        """From EHLO to the 354."""
        self.command("EHLO client.test", "250", size)
        self.command("MAIL FROM:<stranger@elsewhere.test>", "250", size)
        self.command(f"RCPT TO:<{recipient}>", "250", size)
        self.command("DATA", "354", size)

    def at_end(self):
        """The peer has closed, with nothing more to say than a 421."""
        line = self.line()
        return not line or line.startswith(b"421") and not self.line()

    def close(self):
        self.reader.close()
        self.socket.close()


def stuffed(message):
    """A message with CRLF lines as DATA carries it, with the end of data."""
    return (b"\r\n" + message).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n"
