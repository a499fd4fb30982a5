# mpop downloads with pipelined commands: first keeping the messages, then deleting them.
# needs: mpop
. "$INTEROP/lib/common.sh"

sent=$STATE/sent
messages "$sent"
serve --wire
deposit "$SMTP" "$sent" $ROBERT

# fetch STATUS FOLDER PASSWORD PIPELINING [OPTION …]
fetch() {
  mkdir -p "$2"/{tmp,new,cur}
  cat >"$STATE/mpoprc" <<CONFIGURATION
defaults
timeout 10
tls off
auth user
received_header off
account robert
host 127.0.0.1
port $POP3
user $ROBERT
password $3
pipelining $4
uidls_file $STATE/uidls-$4
delivery maildir $2
CONFIGURATION
  chmod 600 "$STATE/mpoprc"
  expect "$1" mpop -C "$STATE/mpoprc" "${@:5}" robert
}

step "wrong password"
fetch 77 "$STATE/wrong" wrong off
step "keep, without pipelining"
fetch 0 "$STATE/kept" $PASSWORD off -k
same "$sent" "$STATE/kept" --traced
step "keep again: nothing is new"
fetch 0 "$STATE/kept" $PASSWORD off -k
same "$sent" "$STATE/kept" --traced
step "delete, with pipelining"
fetch 0 "$STATE/taken" $PASSWORD on
same "$sent" "$STATE/taken" --traced
empty $ROBERT
stop_server
