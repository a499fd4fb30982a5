# getmail6 downloads: first keeping the messages, by UIDL, then deleting them.
# needs: getmail6
. "$INTEROP/lib/common.sh"

sent=$STATE/sent
messages "$sent"
serve --wire
deposit "$SMTP" "$sent" $ROBERT
mkdir -p "$STATE"/{home,kept,taken}
printf '#!/bin/sh\nexec cat >"$(mktemp "$1/XXXXXX")"\n' >"$STATE/mda"
chmod 755 "$STATE/mda"

# fetch STATUS FOLDER PASSWORD DELETE. As root, getmail delivers to programs only.
fetch() {
  cat >"$STATE/getmailrc" <<CONFIGURATION
[retriever]
type = SimplePOP3Retriever
server = 127.0.0.1
port = $POP3
username = $ROBERT
password = $3
timeout = 10
[destination]
type = MDA_external
path = $STATE/mda
arguments = ("$2",)
allow_root_commands = true
[options]
read_all = $4
delete = $4
delivered_to = false
received = false
CONFIGURATION
  expect "$1" getmail --getmaildir "$STATE/home" --rcfile "$STATE/getmailrc"
}

step "keep"
fetch 0 "$STATE/kept" $PASSWORD false
same "$sent" "$STATE/kept" --traced
step "keep again: nothing is new"
fetch 0 "$STATE/kept" $PASSWORD false
same "$sent" "$STATE/kept" --traced
step "delete"
fetch 0 "$STATE/taken" $PASSWORD true
same "$sent" "$STATE/taken" --traced
empty $ROBERT
step "wrong password"
fetch 127 "$STATE/kept" wrong false
stop_server
