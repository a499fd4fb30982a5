# The server is killed (SIGKILL) while it relays under load, several times. In the end every message that was answered 250
# was delivered to the host that takes it, waits for the one that is away, and came back from the one that refuses it.
# needs: postfix
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/smtp-sink.sh"

read -r absent refusing < <(free_ports 2)
background refusing smtp-sink -u mail -f rcpt "127.0.0.1:$refusing" 10
start_sink
relay() {
  serve --relay-from 127.0.0.1 --route "taken.test=127.0.0.1:$SINK_PORT" --route "away.test=127.0.0.1:$absent" \
    --route "refused.test=127.0.0.1:$refusing" --retry 1s --delay-notice none
}

: >"$STATE/answered"
export LOADER_SENDER=$SUSAN LOADER_USERS="a@taken.test b@away.test c@refused.test"
for round in 1 2 3 4 5; do
  relay
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
total=$(wc -l <"$STATE/answered")
[ "$total" -gt "$before" ] && [ "$before" -gt 0 ] || fail "$step: only $total messages were answered"
relay
for ((i = 0; i < 600; i++)); do
  queue list >"$STATE/queue.out"
  grep -q -e @taken.test -e @refused.test "$STATE/queue.out" || break
  sleep 0.05
done
! grep -q -e @taken.test -e @refused.test "$STATE/queue.out" || fail "$step: still in the queue after 30 seconds"
limit 20 python3 "$TOOLS/loader.py" settled "$STATE/answered" "$SINK_DUMP" "$MAIL/queue/content" "$MAIL/$SUSAN/new" \
  2>"$STATE/check.err" || fail "$step: $(tail -n 1 "$STATE/check.err")"
[ "$(queue list | grep -c @away.test)" = "$(find "$MAIL/queue/records" -type f | wc -l)" ] ||
  fail "$step: the list of the queue is not what is in its folder"
stop_server
