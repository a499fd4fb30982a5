# msmtp submits from standard input, with AUTH PLAIN and LOGIN.
# needs: msmtp
. "$INTEROP/lib/common.sh"

sent=$STATE/sent
messages "$sent"
serve --wire

# account NAME PORT AUTH
account() {
  printf 'account %s\nhost 127.0.0.1\nport %s\ndomain client.test\nfrom %s\ntls off\nauth %s\n' "$1" "$2" $SUSAN "$3"
  printf 'user %s\npassword %s\n\n' $SUSAN "${4:-$PASSWORD}"
}
{
  printf 'defaults\ntimeout 10\nset_date_header off\nset_msgid_header off\nlogfile %s/msmtp.log\n\n' "$STATE"
  account plain "$SUBMISSION" plain
  account login "$SUBMISSION" login
  account wrong "$SUBMISSION" plain wrong
  account stranger "$SMTP" off
} >"$STATE/msmtprc"
chmod 600 "$STATE/msmtprc"

# send STATUS ACCOUNT FILE RECIPIENT …
send() {
  expect "$1" msmtp -C "$STATE/msmtprc" -a "$2" -- "${@:4}" <"$3" 2>"$STATE/msmtp.err"
}

step "submission with AUTH"
account=plain
for file in "$sent"/*; do
  tr -d '\r' <"$file" >"$STATE/lf"
  send 0 $account "$STATE/lf" $ROBERT $SUSAN
  [ $account = plain ] && account=login || account=plain
done
same "$sent" "$MAIL/$ROBERT" --traced
same "$sent" "$MAIL/$SUSAN" --traced

step "refusals"
send 77 wrong "$sent/plain.eml" $ROBERT
expect_text "$STATE/msmtp.err" '535 5\.7\.8'
send 65 stranger "$sent/plain.eml" nobody@website.test
expect_text "$STATE/msmtp.err" '550 5\.1\.1'
send 65 stranger "$sent/plain.eml" other@elsewhere.test
expect_text "$STATE/msmtp.err" '550 5\.7\.1'
stop_server
