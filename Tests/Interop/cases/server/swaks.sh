# swaks sends, logs in both ways, pipelines, and shows the reply of each refusal.
# needs: swaks
. "$INTEROP/lib/common.sh"

sent=$STATE/sent log=$STATE/swaks.out
messages "$sent"
serve --wire

# send STATUS PORT RECIPIENT [OPTION …]
send() {
  expect "$1" swaks --server 127.0.0.1 --port "$2" --to "$3" --from $SUSAN --helo client.test --timeout 10 \
    --suppress-data "${@:4}" >"$log"
}
login=(--auth-user "$SUSAN" --auth-password "$PASSWORD")

# data FILE: the file as swaks sends it untouched: dots doubled, with the end of data.
data() { sed -e 's/^\./../' "$1"; printf '.\r\n'; }

step "AUTH PLAIN and LOGIN, with and without pipelining"
number=0
for file in "$sent"/*; do
  data "$file" >"$STATE/data"
  options=(--auth PLAIN)
  ((number % 2)) && options=(--auth LOGIN)
  ((number / 2 % 2)) && options+=(--pipeline)
  number=$((number + 1))
  send 0 "$SUBMISSION" $ROBERT "${login[@]}" "${options[@]}" --no-data-fixup --data "@$STATE/data"
  expect_text "$log" '235 2\.7\.0'
done
same "$sent" "$MAIL/$ROBERT" --traced

step "a pipelined message to two local users, one unknown"
send 0 "$SMTP" "$SUSAN,nobody@website.test,$ROBERT" --pipeline
expect_text "$log" '550 5\.1\.1'
expect_text "$log" '250 2\.'

step "wrong password"
send 28 "$SUBMISSION" $ROBERT --auth PLAIN --auth-user $SUSAN --auth-password wrong
expect_text "$log" '535 5\.7\.8'
send 28 "$SUBMISSION" $ROBERT --auth LOGIN --auth-user nobody@website.test --auth-password $PASSWORD
expect_text "$log" '535 5\.7\.8'

step "unknown user"
send 24 "$SMTP" nobody@website.test
expect_text "$log" '550 5\.1\.1'

step "relaying refused"
send 24 "$SMTP" other@elsewhere.test
expect_text "$log" '550 5\.7\.1'
send 24 "$SMTP" other@elsewhere.test --pipeline
expect_text "$log" '550 5\.7\.1'
stop_server
