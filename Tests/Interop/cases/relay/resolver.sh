# The DNS says where mail goes: the best MX host that is there gets it, a domain that takes none returns it, and a name
# server that fails makes it wait. smtp-sink listens on port 25 of other addresses of this machine.
# needs: postfix
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/smtp-sink.sh"

messages "$STATE/all"
mkdir "$STATE/one"
cp "$STATE/all/dots.eml" "$STATE/one"
added=(--traced --top X-Client-Addr X-Client-Proto X-Helo-Args X-Mail-Args X-Rcpt-Args)
dns=$(free_ports 1)
background name-server python3 "$TOOLS/name_server.py" "$dns" \
  good.test MX 20:mx2.test good.test MX 10:mx1.test good.test MX 30:mx3.test \
  mx1.test A 127.43.0.1 mx2.test A 127.43.0.2 mx3.test A 127.43.0.3 \
  large.test MX 10:mx2.test plain.test A 127.43.0.2 none.test MX 0: broken.test FAIL -
wait_port "$dns"
SINK_DUMP=$STATE/dump
mkdir -p "$SINK_DUMP"
chown mail:mail "$SINK_DUMP"
background smtp-sink smtp-sink -u mail -d "$SINK_DUMP/m." 127.43.0.2:25 10
serve --resolver "127.0.0.1:$dns" --retry 1h --delay-notice none
send() {
  expect 0 "$POSTOFFICE" send --server "127.0.0.1:$SUBMISSION" --from $SUSAN --user "$SUSAN:$PASSWORD" --to "$1" \
    "$STATE/one/dots.eml"
}

for domain in good.test large.test plain.test '[127.43.0.2]'; do
  step "$domain"
  send "friend@$domain"
  wait_queue '^0 messages'
  sunk "$STATE/got"
  same "$STATE/one" "$STATE/got" "${added[@]}"
  rm -r "$STATE/got"
done
grep -q '^large.test 15 tcp' "$STATE/name-server.log" || fail "the truncated answer was not asked for again over TCP"
empty $SUSAN

# returned DOMAIN STATUS
returned() {
  step "$1"
  rm -f "$MAIL/$SUSAN/new"/*
  send "friend@$1"
  wait_mail $SUSAN 1
  limit 10 python3 "$TOOLS/report.py" "$MAIL/$SUSAN"/new/* Action=failed "Status=$2" 2>"$STATE/report.err" ||
    fail "$step: the report $(cat "$STATE/report.err")"
}
returned absent.test 5.1.2
returned none.test 5.1.10

step "a name server that fails"
rm -f "$MAIL/$SUSAN/new"/*
send friend@broken.test
wait_queue 'friend@broken.test'
sleep 1
queue list | grep -q friend@broken.test || fail "$step: the message does not wait"
empty $SUSAN
stop_server
