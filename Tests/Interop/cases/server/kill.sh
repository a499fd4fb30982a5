# The server is killed (SIGKILL) under load, several times. After each restart, every message that was answered 250 is
# in the Maildir of each recipient, whole, once; and POP3 shows all of them.
. "$INTEROP/lib/common.sh"

: >"$STATE/answered"
for round in 1 2 3 4 5; do
  serve
  before=$(wc -l <"$STATE/answered")
  background load limit 20 python3 "$TOOLS/loader.py" load "$SMTP" "$STATE/answered"
  loader=$PID
  delay=0.$((RANDOM % 800 + 200))
  step "round $round, killed after $delay s"
  sleep $delay
  kill -KILL "$SERVER"
  wait "$SERVER" 2>/dev/null || true
  wait "$loader" || fail "$step: $(tail -n 1 "$STATE/load.log")"
done

step "after $round rounds"
serve
total=$(wc -l <"$STATE/answered")
[ "$total" -gt "$before" ] && [ "$before" -gt 0 ] || fail "$step: only $total messages were answered"
limit 20 python3 "$TOOLS/loader.py" check "$STATE/answered" "$MAIL/$SUSAN/new" "$MAIL/$ROBERT/new" \
  2>"$STATE/check.err" ||
  fail "$step: $(tail -n 1 "$STATE/check.err")"
for user in $SUSAN $ROBERT; do
  shown=$(limit 20 curl -sS --url "pop3://127.0.0.1:$POP3/" -u "$user:$PASSWORD" | grep -c .)
  [ "$shown" = "$(count "$user")" ] || fail "$step: POP3 shows $shown of $(count "$user") messages of $user"
done
stop_server
