# Python's smtplib and poplib: whole dialogues, and the reply codes of every refusal.
. "$INTEROP/lib/common.sh"

sent=$STATE/sent
messages "$sent"
serve --wire
limit 40 python3 "$TOOLS/python_clients.py" "$SMTP" "$SUBMISSION" "$POP3" "$sent" "$STATE/got" 2>"$STATE/python.err" ||
  fail "$(tail -n 1 "$STATE/python.err")"
step "content"
same "$sent" "$MAIL/$ROBERT" --traced
same "$sent" "$STATE/got" --traced
stop_server
