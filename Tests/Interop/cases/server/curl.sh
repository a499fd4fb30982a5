# curl sends by submission and by SMTP, and reads by POP3.
. "$INTEROP/lib/common.sh"

sent=$STATE/sent got=$STATE/got out=$STATE/output
mkdir -p "$got"
messages "$sent"
serve --wire

# send STATUS PORT FROM TO FILE [OPTION …]
send() {
  expect "$1" curl -sS --url "smtp://127.0.0.1:$2/client.test" --mail-from "$3" --mail-rcpt "$4" -T "$5" "${@:6}"
}
# pop PATH [OPTION …], for robert
pop() { expect 0 curl -sS --url "pop3://127.0.0.1:$POP3/$1" -u "$ROBERT:$PASSWORD" "${@:2}"; }

step "submission with AUTH PLAIN and LOGIN"
mechanism=PLAIN
for file in "$sent"/*; do
  send 0 "$SUBMISSION" $SUSAN $ROBERT "$file" -u "$SUSAN:$PASSWORD" --login-options AUTH=$mechanism
  [ $mechanism = PLAIN ] && mechanism=LOGIN || mechanism=PLAIN
done
same "$sent" "$MAIL/$ROBERT" --traced

step "unauthenticated delivery to a local user"
for file in "$sent"/*; do send 0 "$SMTP" stranger@elsewhere.test $SUSAN "$file"; done
same "$sent" "$MAIL/$SUSAN" --traced

step "refusals"
send 67 "$SUBMISSION" $SUSAN $ROBERT "$sent/plain.eml" -u "$SUSAN:wrong"
send 55 "$SMTP" stranger@elsewhere.test other@elsewhere.test "$sent/plain.eml"
send 55 "$SMTP" stranger@elsewhere.test nobody@website.test "$sent/plain.eml"
expect 67 curl -sS --url "pop3://127.0.0.1:$POP3/" -u "$ROBERT:wrong"

step "POP3 list, UIDL and TOP"
count=$(find "$sent" -type f | wc -l)
pop '' >"$out"
[ "$(grep -c '^[0-9]* [0-9]*' "$out")" = "$count" ] || fail "$step: LIST does not show $count messages"
pop '' -X UIDL >"$out"
[ "$(cut -d ' ' -f 2 "$out" | sort -u | grep -c .)" = "$count" ] || fail "$step: UIDL is not $count unique names"
pop '' -X 'TOP 1 0' >"$out"
grep -q '^Message-ID:' "$out" || fail "$step: TOP shows no Message-ID"
! grep -q '^Hello' "$out" || fail "$step: TOP 1 0 shows the body"

step "POP3 RETR of every message"
for ((i = 1; i <= count; i++)); do pop "$i" >"$got/$i"; done
same "$sent" "$got" --traced

step "POP3 DELE of the first message"
pop 1 -l -X DELE >"$out"
pop '' >"$out"
[ "$(grep -c '^[0-9]* [0-9]*' "$out")" = $((count - 1)) ] || fail "$step: LIST does not show $((count - 1)) messages"
stop_server
