# Postfix passes mail on to the server with its pipelining SMTP client.
# needs: postfix
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/postfix.sh"

sent=$STATE/sent
messages "$sent"
serve --wire
start_postfix "$SMTP"
step "content"
deposit "$POSTFIX_SMTP" "$sent" $ROBERT
wait_messages "$(find "$sent" -type f | wc -l)" "$MAIL/$ROBERT"
same "$sent" "$MAIL/$ROBERT" --traced
stop_server
