# SIGTERM: a message on its way is finished and answered, other sessions get 421, and the status is 0.
. "$INTEROP/lib/common.sh"

sent=$STATE/sent
messages "$sent"
serve --wire
deposit "$SMTP" "$sent" $ROBERT
limit 40 python3 "$TOOLS/shutdown.py" "$SERVER" "$SMTP" "$POP3" "$sent/big.eml" 2>"$STATE/probe.err" ||
  fail "$(tail -n 1 "$STATE/probe.err")"
server_ended

step "the message that was on its way"
mkdir "$STATE/one"
cp "$sent/big.eml" "$STATE/one"
same "$STATE/one" "$MAIL/$SUSAN" --traced
step "a POP3 session without QUIT deletes nothing"
same "$sent" "$MAIL/$ROBERT" --traced
