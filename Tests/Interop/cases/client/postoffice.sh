# `postoffice send` and `postoffice fetch` against `postoffice serve`.
. "$INTEROP/lib/common.sh"

sent=$STATE/sent
messages "$sent"
serve --wire

step "send"
for file in "$sent"/*; do
  expect 0 "$POSTOFFICE" send --server "127.0.0.1:$SUBMISSION" --from $SUSAN --to $ROBERT --user "$SUSAN:$PASSWORD" \
    "$file"
done
same "$sent" "$MAIL/$ROBERT" --traced
step "fetch"
for folder in kept taken; do
  keep=()
  [ $folder = taken ] || keep=(--keep)
  expect 0 "$POSTOFFICE" fetch --server "127.0.0.1:$POP3" --pop3 --user "$ROBERT:$PASSWORD" \
    --directory "$STATE/$folder" "${keep[@]}"
  same "$sent" "$STATE/$folder" --traced
done
empty $ROBERT
step "wrong passwords"
refused 535 "$POSTOFFICE" send --server "127.0.0.1:$SUBMISSION" --from $SUSAN --to $ROBERT --user "$SUSAN:wrong" \
  "$sent/plain.eml"
refused . "$POSTOFFICE" fetch --server "127.0.0.1:$POP3" --pop3 --user "$ROBERT:wrong" --directory "$STATE/none"
step "bad usage, no file, no server"
expect 64 "$POSTOFFICE" send --nonesuch
expect 66 "$POSTOFFICE" send --server "127.0.0.1:$SMTP" --from $SUSAN --to $ROBERT "$STATE/nonesuch"
stop_server
expect 69 "$POSTOFFICE" send --server "127.0.0.1:$SMTP" --from $SUSAN --to $ROBERT "$sent/plain.eml"
