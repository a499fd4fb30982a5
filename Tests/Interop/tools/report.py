#!/usr/bin/env python3
"""report.py FILE FIELD=VALUE …: the message is a delivery report by Python's reading, with these fields about one of its
recipients; `!ADDRESS` says that it is not about that one.

report.py same FILE OTHER: both are such reports, made of the same parts, and say the same about the same recipients.
"""
import email
import pathlib
import re
import sys


def read(path):
    """The types of a report's parts, and what it says about each recipient."""
    data = pathlib.Path(path).read_bytes()
    report = email.message_from_bytes(data)
    if report.get_content_type() != "multipart/report" or report.get_param("report-type") != "delivery-status":
        sys.exit(f"is {report['Content-Type']}")
    if report.defects:
        sys.exit(f"has defects {report.defects}")
    parts = report.get_payload()
    kinds = [part.get_content_type() for part in parts]
    if kinds[:2] != ["text/plain", "message/delivery-status"]:
        sys.exit(f"has the parts {kinds}")
    message, *recipients = parts[1].get_payload()
    if not message["Reporting-MTA"] or not message["Arrival-Date"] or not report["Auto-Submitted"]:
        sys.exit("has no Reporting-MTA, Arrival-Date or Auto-Submitted")
    return data, kinds, recipients


def summary(path):
    _, kinds, recipients = read(path)
    names = ["Final-Recipient", "Action", "Status", "Diagnostic-Code"]
    return kinds, [[re.sub(r"\s+", " ", block[name] or "") for name in names] for block in recipients]


if sys.argv[1] == "same":
    ours, theirs = summary(sys.argv[2]), summary(sys.argv[3])
    print(ours)
    sys.exit(0 if ours == theirs else f"says {ours} and not {theirs}")

data, kinds, recipients = read(sys.argv[1])
if not data.startswith(b"Return-Path: <>") or kinds[2] not in ("message/rfc822", "text/rfc822-headers"):
    sys.exit(f"has a reverse-path or the parts {kinds}")
for wish in sys.argv[2:]:
    if wish.startswith("!"):
        if any(wish[1:] in (block["Final-Recipient"] or "") for block in recipients):
            sys.exit(f"is about {wish[1:]}")
        continue
    name, value = wish.split("=", 1)
    if not any(value in (block[name] or "") for block in recipients):
        sys.exit(f"has no {name} with {value}: {[block[name] for block in recipients]}")
