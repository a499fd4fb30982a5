#!/usr/bin/env python3
"""report.py FILE FIELD=VALUE …: the message is a delivery report by Python's reading, with these fields about one of its
recipients; `!ADDRESS` says that it is not about that one."""
import email
import pathlib
import sys

data = pathlib.Path(sys.argv[1]).read_bytes()
report = email.message_from_bytes(data)
if report.get_content_type() != "multipart/report" or report.get_param("report-type") != "delivery-status":
    sys.exit(f"is {report['Content-Type']}")
if report.defects or not data.startswith(b"Return-Path: <>"):
    sys.exit(f"has defects {report.defects} or a reverse-path")
parts = report.get_payload()
kinds = [part.get_content_type() for part in parts]
if kinds[:2] != ["text/plain", "message/delivery-status"] or kinds[2] not in ("message/rfc822", "text/rfc822-headers"):
    sys.exit(f"has the parts {kinds}")
message, *recipients = parts[1].get_payload()
if not message["Reporting-MTA"]:
    sys.exit("has no Reporting-MTA")
for wish in sys.argv[2:]:
    if wish.startswith("!"):
        if any(wish[1:] in (block["Final-Recipient"] or "") for block in recipients):
            sys.exit(f"is about {wish[1:]}")
        continue
    name, value = wish.split("=", 1)
    if not any(value in (block[name] or "") for block in recipients):
        sys.exit(f"has no {name} with {value}: {[block[name] for block in recipients]}")
