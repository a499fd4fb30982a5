# fetchmail downloads: first keeping the messages, by UIDL, then deleting them.
# needs: fetchmail
. "$INTEROP/lib/common.sh"

sent=$STATE/sent
messages "$sent"
serve --wire
deposit "$SMTP" "$sent" $ROBERT
export FETCHMAILHOME=$STATE/home FETCHMAILUSER=robert
mkdir -p "$FETCHMAILHOME" "$STATE"/{kept,taken}
printf '#!/bin/sh\nexec cat >"$(mktemp "$1/XXXXXX")"\n' >"$STATE/mda"
chmod 755 "$STATE/mda"

# fetch STATUS FOLDER PASSWORD OPTIONS
fetch() {
  cat >"$STATE/fetchmailrc" <<CONFIGURATION
set no syslog
poll 127.0.0.1 protocol pop3 port $POP3 timeout 10 uidl
  user "$ROBERT" password "$3" no sslcertck sslproto "" no rewrite no mimedecode pass8bits $4
  mda "$STATE/mda $2"
CONFIGURATION
  chmod 600 "$STATE/fetchmailrc"
  expect "$1" fetchmail -v --nodetach --invisible -f "$STATE/fetchmailrc"
}

step "wrong password"
fetch 3 "$STATE/kept" wrong keep
step "keep"
fetch 0 "$STATE/kept" $PASSWORD keep
same "$sent" "$STATE/kept" --traced
step "keep again: nothing is new"
fetch 1 "$STATE/kept" $PASSWORD keep
same "$sent" "$STATE/kept" --traced
step "delete"
fetch 0 "$STATE/taken" $PASSWORD "fetchall no keep"
same "$sent" "$STATE/taken" --traced
empty $ROBERT
stop_server
