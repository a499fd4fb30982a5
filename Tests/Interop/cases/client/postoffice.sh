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
stop_server
