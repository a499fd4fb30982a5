#!/usr/bin/env python3
"""name_server.py PORT NAME TYPE DATA …: a name server on 127.0.0.1 that knows these records and nothing else. TYPE is MX
(DATA is PREFERENCE:NAME), A, or FAIL for SERVFAIL. Answers about names that begin with
`large.` are truncated over UDP."""
import ipaddress
import socketserver
import struct
import sys
import threading

RECORDS = [tuple(sys.argv[i : i + 3]) for i in range(2, len(sys.argv), 3)]
TYPES = {"A": 1, "MX": 15}


def encoded(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".") if label) + b"\0"


def answer(query, is_stream):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode().lower())
        at += 1 + query[at]
    name = ".".join(labels)
    kind = struct.unpack(">H", query[at + 1 : at + 3])[0]
    question = query[12 : at + 5]
    flags, answers = 0x8180, []
    if not any(record[0] == name for record in RECORDS):
        flags |= 3
    for _, record, data in [record for record in RECORDS if record[0] == name]:
        if record == "FAIL":
            flags |= 2
        elif TYPES[record] == kind:
            if record == "A":
                value = ipaddress.ip_address(data).packed
            else:
                preference, host = data.split(":")
                value = struct.pack(">H", int(preference)) + encoded(host)
            answers.append(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(value)) + value)
    if name.startswith("large.") and not is_stream:
        flags, answers = flags | 0x0200, []
    print(name, kind, "tcp" if is_stream else "udp", flush=True)
    return query[:2] + struct.pack(">HHHHH", flags, 1, len(answers), 0, 0) + question + b"".join(answers)


class Datagram(socketserver.BaseRequestHandler):
    def handle(self):
        data, socket = self.request
        socket.sendto(answer(data, False), self.client_address)


class Stream(socketserver.StreamRequestHandler):
    def handle(self):
        data = self.rfile.read(struct.unpack(">H", self.rfile.read(2))[0])
        response = answer(data, True)
        self.wfile.write(struct.pack(">H", len(response)) + response)


socketserver.ThreadingTCPServer.allow_reuse_address = True
address = ("127.0.0.1", int(sys.argv[1]))
streams = socketserver.ThreadingTCPServer(address, Stream)
threading.Thread(target=streams.serve_forever, daemon=True).start()
socketserver.UDPServer(address, Datagram).serve_forever()
