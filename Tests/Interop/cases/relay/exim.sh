# Exim is the backup of a host that is down: it is found, its 451 is waited out, what it refuses comes back with its words.
# needs: adduser libdb5.3 libgnutls-dane0 libidn12 libnsl2 libpcre2-8-0
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/exim.sh"

sent=$STATE/sent
messages "$sent"
start_exim
DOWN=$(free_ports 1)
domains=(website.test)
users=("$SUSAN")
serve --route "domain.test=127.0.0.1:$DOWN,127.0.0.1:$EXIM_SMTP" --retry 1s --wire
send() {
  expect 0 "$POSTOFFICE" send --server "127.0.0.1:$SUBMISSION" --from $SUSAN --user "$SUSAN:$PASSWORD" "$@"
}

step "every message"
for file in "$sent"/*; do send --to $ROBERT "$file"; done
wait_messages "$(find "$sent" -type f | wc -l)" "$EXIM_MAIL/$ROBERT"
wait_queue '^0 messages'
same "$sent" "$EXIM_MAIL/$ROBERT" --traced
empty $SUSAN

step "the backup is busy"
rm -f "$EXIM_MAIL/$ROBERT/new"/*
touch "$EXIM_BUSY"
send --to $ROBERT "$sent/plain.eml"
wait_queue 'attempts\? failed'
[ "$(find "$EXIM_MAIL/$ROBERT/new" -type f | wc -l)" = 0 ] || fail "$step: it came nevertheless"
rm "$EXIM_BUSY"
wait_queue '^0 messages'
wait_messages 1 "$EXIM_MAIL/$ROBERT"

step "an unknown user and an unwanted one beside a known one"
rm -f "$EXIM_MAIL/$ROBERT/new"/*
send --to nobody@domain.test --to $ROBERT --to blocked@domain.test "$sent/plain.eml"
wait_queue '^0 messages'
wait_messages 1 "$EXIM_MAIL/$ROBERT"
wait_mail $SUSAN 1
report=$(grep -l '^Return-Path: <>' "$MAIL/$SUSAN"/new/*)
limit 10 python3 "$TOOLS/report.py" "$report" Action=failed Final-Recipient=nobody@domain.test \
  "Diagnostic-Code=smtp; 550" "Remote-MTA=127.0.0.1" "!$ROBERT" 2>"$STATE/report.err" ||
  fail "$step: the report $(cat "$STATE/report.err")"
grep -q 'Final-Recipient: rfc822; *blocked@domain.test' "$report" || fail "$step: nothing of the unwanted one"
rm -f "$MAIL/$SUSAN"/new/*

step "a message that is refused behind its final dot"
printf 'Subject: x\r\n\r\nreject-me\r\n' >"$STATE/refused.eml"
send --to $ROBERT "$STATE/refused.eml"
wait_queue '^0 messages'
wait_mail $SUSAN 1
limit 10 python3 "$TOOLS/report.py" "$MAIL/$SUSAN"/new/* Action=failed Status=5.7.1 Final-Recipient=$ROBERT \
  "Diagnostic-Code=smtp; 550" 2>"$STATE/report.err" || fail "$step: the report $(cat "$STATE/report.err")"

step "Exim is away for a while"
rm -f "$EXIM_MAIL/$ROBERT/new"/*
stop_exim
send --to $ROBERT "$sent/plain.eml"
wait_queue 'attempts\? failed'
start_exim
wait_queue '^0 messages'
wait_messages 1 "$EXIM_MAIL/$ROBERT"
stop_server
