# Everything that some server somewhere took for the end of a message, and that is not CRLF.CRLF.
. "$INTEROP/lib/common.sh"

serve
limit 60 python3 "$TOOLS/smuggling.py" "$SMTP" "$MAIL" 2>"$STATE/probe.err" || fail "$(tail -n 1 "$STATE/probe.err")"
stop_server
