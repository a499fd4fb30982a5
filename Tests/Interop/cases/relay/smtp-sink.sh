# smtp-sink is the next hop and fails in every way that it knows: what is refused for now waits, what is refused for good
# goes back at once, and a backup gets what the first host does not take.
# needs: postfix
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/smtp-sink.sh"

messages "$STATE/all"
file=$STATE/all/dots.eml
mkdir "$STATE/one"
cp "$file" "$STATE/one"
added=(--traced --top X-Client-Addr X-Client-Proto X-Helo-Args X-Mail-Args X-Rcpt-Args)
read -r first second < <(free_ports 2)
restart() {
  rm -rf "$MAIL"
  serve --route "away.test=127.0.0.1:$1${2:+,127.0.0.1:$2}" --retry 1h --delay-notice none
  send
}
send() {
  expect 0 "$POSTOFFICE" send --server "127.0.0.1:$SUBMISSION" --from $SUSAN --to friend@away.test \
    --user "$SUSAN:$PASSWORD" "$file"
}

# fault NAME [OPTION …]: with that sink as the only host.
fault() {
  step "smtp-sink ${*:2}, the message is $1"
  SINK_PORT=$first start_sink "${@:2}"
  restart "$first"
}

# deferred PATTERN OPTION …: one attempt, which ended like that; the message waits, and the sender hears nothing yet.
deferred() {
  fault deferred "${@:2}"
  wait_queue "1 attempt failed.*$1"
  empty $SUSAN
  queue cancel 1
  wait_queue '^0 messages'
  stop_server
  stop "$SINK"
}

# bounced STATUS OPTION …: the message comes back, once, at once, with that status.
bounced() {
  fault returned "${@:2}"
  wait_mail $SUSAN 1
  wait_queue '^0 messages'
  limit 10 python3 "$TOOLS/report.py" "$MAIL/$SUSAN"/new/* Action=failed "Status=$1" Final-Recipient=friend@away.test \
    2>"$STATE/report.err" || fail "$step: the report $(cat "$STATE/report.err")"
  stop_server
  stop "$SINK"
}

for command in mail rcpt data .; do
  deferred '4[0-9][0-9]' -r $command
  deferred 421 -Q $command
  bounced 5. -f $command
done
for command in mail rcpt data; do deferred 4.4.2 -q $command; done
deferred 4.4.2 -q .
deferred 4.4 -q connect
deferred 4.4 -q ehlo,helo
deferred 421 -Q ehlo,helo
deferred '4[0-9][0-9]' -r connect
bounced 5. -f ehlo,helo

step "no host"
stop "$SINK"
restart "$first"
wait_queue '1 attempt failed.*4\.4\.1'
stop_server

# next OPTION …: with a first host like that, the second one gets the message, once.
next() {
  step "smtp-sink $*, and a backup"
  # It keeps nothing: some faults come behind the message.
  background failing smtp-sink -u mail "$@" "127.0.0.1:$first" 10
  local failing=$PID
  wait_port "$first"
  SINK_PORT=$second start_sink
  restart "$first" "$second"
  wait_queue '^0 messages'
  sunk "$STATE/next"
  same "$STATE/one" "$STATE/next" "${added[@]}"
  rm -r "$STATE/next"
  empty $SUSAN
  stop_server
  stop "$SINK"
  stop "$failing"
}
for command in connect mail rcpt data .; do next -r $command; done
for command in mail rcpt data; do next -q $command; done
next -f ehlo,helo
next -Q mail
