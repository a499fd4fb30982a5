# Dovecot's POP3 server: `postoffice fetch` downloads, keeping the messages and then not.
# needs: dovecot-core dovecot-pop3d
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/dovecot.sh"

sent=$STATE/sent
messages "$sent"
start_dovecot
fill_dovecot "$sent" $ROBERT

# fetch FOLDER [OPTION …]
fetch() {
  expect 0 "$POSTOFFICE" fetch --server "127.0.0.1:$DOVECOT_POP3" --pop3 --user "$ROBERT:$PASSWORD" \
    --directory "$STATE/$1" "${@:2}"
}

step "wrong password"
refused 'AUTH\|[Aa]uthentication' "$POSTOFFICE" fetch --server "127.0.0.1:$DOVECOT_POP3" --pop3 --user "$ROBERT:wrong" \
  --directory "$STATE/none"
step "fetch --keep, twice"
fetch kept --keep
same "$sent" "$STATE/kept"
fetch kept-again --keep
same "$sent" "$STATE/kept-again"
step "fetch --keep into the same folder: nothing twice"
fetch kept --keep
same "$sent" "$STATE/kept"
step "fetch without --keep"
fetch taken
same "$sent" "$STATE/taken"
step "fetch from the mailbox, empty now"
fetch empty
[ -z "$(find "$STATE/empty" -type f -not -name '.*' 2>/dev/null)" ] || fail "$step: something was fetched"
step "no server"
refused . "$POSTOFFICE" fetch --server "127.0.0.1:$(free_ports 1)" --pop3 --user "$ROBERT:$PASSWORD" \
  --directory "$STATE/none"
