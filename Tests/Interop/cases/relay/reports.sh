# The same failures, reported by Postfix and by the server: the reports have the same structure and say the same.
# needs: postfix
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/postfix.sh"
. "$INTEROP/peers/smtp-sink.sh"

messages "$STATE/all"
file=$STATE/all/plain.eml
read -r failing SINK_PORT < <(free_ports 2)
start_sink
start_postfix "$failing"
# What is for susan, the reports, goes to the sink that keeps it.
limit 10 postconf -c "$POSTFIX_HOME" -e "transport_maps = inline:{ $SUSAN=smtp:[127.0.0.1]:$SINK_PORT }"
limit 10 postfix -c "$POSTFIX_HOME" reload >>"$STATE/postfix.log" 2>&1
domains=(website.test)
users=("$SUSAN")
serve --route "domain.test=127.0.0.1:$failing" --delay-notice none
mkdir "$STATE/one"
cp "$file" "$STATE/one"

for command in mail rcpt data .; do
  step "refused at $command"
  background "failing-$command" smtp-sink -u mail -f $command "127.0.0.1:$failing" 10
  wait_port "$failing"
  expect 0 "$POSTOFFICE" send --server "127.0.0.1:$SUBMISSION" --from $SUSAN --user "$SUSAN:$PASSWORD" --to $ROBERT "$file"
  deposit "$POSTFIX_SMTP" "$STATE/one" $ROBERT
  wait_mail $SUSAN 1
  for ((i = 0; i < 200; i++)); do
    reports=("$SINK_DUMP"/*)
    [ ${#reports[@]} = 1 ] && grep -q '^--.*--$' "${reports[0]}" && break
    sleep 0.05
  done
  [ ${#reports[@]} = 1 ] || fail "$step: ${#reports[@]} reports from Postfix"
  limit 10 python3 "$TOOLS/report.py" same "$MAIL/$SUSAN"/new/* "${reports[0]}" 2>"$STATE/report.err" ||
    fail "$step: the report $(cat "$STATE/report.err")"
  rm "$MAIL/$SUSAN"/new/* "$SINK_DUMP"/*
  stop "$PID"
done
stop_server
