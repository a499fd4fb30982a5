#!/usr/bin/env python3
"""deposit.py PORT RECIPIENT FOLDER: gives each message file of the folder to the SMTP server on that port."""
import pathlib
import smtplib
import sys

port, recipient, folder = sys.argv[1:]
with smtplib.SMTP("127.0.0.1", int(port), "client.test", timeout=10) as server:
    for path in sorted(pathlib.Path(folder).iterdir()):
        server.sendmail("susan@website.test", [recipient], path.read_bytes(), ["BODY=8BITMIME"])
