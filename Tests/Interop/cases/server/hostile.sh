# Clients that write byte by byte, pipeline without end, send endless lines, or noise.
. "$INTEROP/lib/common.sh"

sent=$STATE/sent
messages "$sent"
serve
limit 80 python3 "$TOOLS/hostile.py" "$SERVER" "$SMTP" "$POP3" "$sent" "$STATE/got" 2>"$STATE/probe.err" ||
  fail "$(tail -n 1 "$STATE/probe.err")"
step "content after writing byte by byte"
same "$sent" "$MAIL/$ROBERT" --traced
same "$sent" "$STATE/got" --traced
stop_server
