# Postfix is the next hop: every message arrives, and what Postfix refuses comes back with its words.
# needs: postfix
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/postfix.sh"

sent=$STATE/sent
messages "$sent"
start_postfix
domains=(website.test)
users=("$SUSAN")
serve --route "domain.test=127.0.0.1:$POSTFIX_SMTP" --retry 1s --wire
send() {
  expect 0 "$POSTOFFICE" send --server "127.0.0.1:$SUBMISSION" --from $SUSAN --user "$SUSAN:$PASSWORD" "$@"
}

step "every message"
for file in "$sent"/*; do send --to $ROBERT "$file"; done
wait_messages "$(find "$sent" -type f | wc -l)" "$POSTFIX_MAIL/$ROBERT"
wait_queue '^0 messages'
same "$sent" "$POSTFIX_MAIL/$ROBERT" --traced --top Delivered-To X-Original-To
empty $SUSAN

step "an unknown user beside a known one and a local one"
rm -f "$POSTFIX_MAIL/$ROBERT/new"/*
send --to nobody@domain.test --to $ROBERT --to $SUSAN "$sent/plain.eml"
wait_queue '^0 messages'
wait_mail $SUSAN 2
wait_messages 1 "$POSTFIX_MAIL/$ROBERT"
report=$(grep -l '^Return-Path: <>' "$MAIL/$SUSAN"/new/*)
limit 10 python3 "$TOOLS/report.py" "$report" Action=failed Status=5.1.1 Final-Recipient=nobody@domain.test \
  "Diagnostic-Code=smtp; 550" "Remote-MTA=127.0.0.1" "!$ROBERT" 2>"$STATE/report.err" ||
  fail "$step: the report $(cat "$STATE/report.err")"

step "Postfix is away for a while"
stop_postfix
rm -f "$POSTFIX_MAIL/$ROBERT/new"/*
send --to $ROBERT "$sent/plain.eml"
wait_queue 'attempts\? failed'
limit 20 postfix -c "$POSTFIX_HOME" start >>"$STATE/postfix.log" 2>&1 </dev/null
wait_queue '^0 messages'
wait_messages 1 "$POSTFIX_MAIL/$ROBERT"
stop_server
