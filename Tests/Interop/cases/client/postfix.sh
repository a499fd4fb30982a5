# Postfix receives what `postoffice send` sends, with and without AUTH, and delivers it to a Maildir.
# needs: postfix dovecot-core dovecot-pop3d
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/dovecot.sh"
. "$INTEROP/peers/postfix.sh"

sent=$STATE/sent
messages "$sent"
start_dovecot
start_postfix
added=(--top Delivered-To X-Original-To)

step "delivery to a local user, without AUTH"
for file in "$sent"/*; do
  expect 0 "$POSTOFFICE" send --server "127.0.0.1:$POSTFIX_SMTP" --from stranger@elsewhere.test --to $SUSAN "$file"
done
step "submission to two users, with AUTH"
for file in "$sent"/*; do
  expect 0 "$POSTOFFICE" send --server "127.0.0.1:$POSTFIX_SUBMISSION" --from $SUSAN --to $ROBERT --to $SUSAN \
    --user "$SUSAN:$PASSWORD" "$file"
done
wait_messages "$(find "$sent" -type f | wc -l)" "$POSTFIX_MAIL/$ROBERT"
wait_messages $((2 * $(find "$sent" -type f | wc -l))) "$POSTFIX_MAIL/$SUSAN"
same "$sent" "$POSTFIX_MAIL/$ROBERT" "${added[@]}"

step "a file with LF line ends"
mkdir "$STATE/lf" "$STATE/lf-sent"
tr -d '\r' <"$sent/dots.eml" >"$STATE/lf-sent/dots.eml"
rm -f "$POSTFIX_MAIL/$ROBERT/new"/*
expect 0 "$POSTOFFICE" send --server "127.0.0.1:$POSTFIX_SMTP" --from $SUSAN --to $ROBERT "$STATE/lf-sent/dots.eml"
wait_messages 1 "$POSTFIX_MAIL/$ROBERT"
same "$STATE/lf-sent" "$POSTFIX_MAIL/$ROBERT" "${added[@]}"

step "wrong password"
refused '535' "$POSTOFFICE" send --server "127.0.0.1:$POSTFIX_SUBMISSION" --from $SUSAN --to $ROBERT \
  --user "$SUSAN:wrong" "$sent/plain.eml"
step "unknown user"
refused '550.*5\.1\.1' "$POSTOFFICE" send --server "127.0.0.1:$POSTFIX_SMTP" --from $SUSAN --to nobody@website.test \
  "$sent/plain.eml"
step "relaying refused"
refused '5[0-9][0-9].*5\.7\.1' "$POSTOFFICE" send --server "127.0.0.1:$POSTFIX_SMTP" --from $SUSAN \
  --to other@elsewhere.test "$sent/plain.eml"
