# aiosmtpd, which has no PIPELINING, receives what `postoffice send` sends.
# needs: python3-aiosmtpd
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/aiosmtpd.sh"

sent=$STATE/sent
messages "$sent"
start_aiosmtpd
send() {
  "$@" "$POSTOFFICE" send --server "127.0.0.1:$AIOSMTPD" --from $SUSAN --to "$recipient" --user "$login" "$file"
}

step "every message, with AUTH"
recipient=$ROBERT login=$SUSAN:$PASSWORD
for file in "$sent"/*; do send expect 0; done
same "$sent" "$AIOSMTPD_DUMP"

step "wrong password"
login=$SUSAN:wrong
send refused 535
step "refused recipient"
login=$SUSAN:$PASSWORD recipient=busy@website.test
send refused '450.*4\.2\.1'
