# Sourced by every case. A case runs in its own bash, with its own folder $STATE, and fails by `fail` or by any
# command that fails. Whatever it starts is stopped when it ends.
set -Eeuo pipefail
shopt -s nullglob

: "${INTEROP:?}" "${STATE:?}" "${POSTOFFICE:?}"
TOOLS=$INTEROP/tools
SUSAN=susan@website.test ROBERT=robert@domain.test PASSWORD=secret
export PYTHONDONTWRITEBYTECODE=1

fail() {
  echo "$*" >"$STATE/why"
  echo "FAILED: $*"
  exit 1
}

step() { echo "- $*"; step=$*; }
step=start
at_exit=()

finish() {
  local status=$? i
  trap '' TERM INT
  set +e
  for ((i = ${#at_exit[@]} - 1; i >= 0; i--)); do ${at_exit[i]}; done
  exit $status
}
trap finish EXIT
trap 'exit 143' TERM INT
trap '[ -s "$STATE/why" ] || echo "${step:+$step: }status $? from: $BASH_COMMAND" >"$STATE/why"' ERR

# limit SECONDS COMMAND …
limit() { timeout -k 2 "$@"; }

# expect STATUS COMMAND …: the command, in at most 20 seconds, ends with that status.
expect() {
  local wanted=$1 status=0
  shift
  timeout -k 2 20 "$@" || status=$?
  [ $status -eq "$wanted" ] || fail "$step: status $status instead of $wanted from: ${*:1:6}"
}

# refused PATTERN COMMAND …: the command ends with a failure of its own and one line on standard error; that, or a line
# on standard output about a recipient, has the pattern.
refused() {
  local pattern=$1 status=0 lines
  shift
  timeout -k 2 20 "$@" >"$STATE/refused.out" 2>"$STATE/refused.err" || status=$?
  ((status > 0 && status < 124)) || fail "$step: status $status instead of a failure"
  lines=$(grep -c . "$STATE/refused.err") || true
  [ "$lines" = 1 ] || fail "$step: $lines lines on standard error instead of one"
  cat "$STATE/refused.out" >>"$STATE/refused.err"
  expect_text "$STATE/refused.err" "$pattern"
}

# expect_text FILE PATTERN: the output in FILE has a line with the pattern.
expect_text() {
  grep -q -e "$2" "$1" || { cat "$1"; fail "$step: no $2 in the output"; }
}

# Starts a daemon with its output in $STATE/NAME.log, and sets PID.
background() {
  local name=$1
  shift
  "$@" >"$STATE/$name.log" 2>&1 </dev/null &
  PID=$!
  at_exit+=("stop $PID")
}

# running PID: it is a child of this shell and has not ended.
running() { [[ " $(jobs -pr | tr '\n' ' ')" == *" $1 "* ]]; }

# ended PID: it ends in at most 10 seconds.
ended() {
  local i
  for ((i = 0; i < 200; i++)); do
    running "$1" || return 0
    sleep 0.05
  done
  return 1
}

# stop PID: TERM, then KILL after 10 seconds.
stop() {
  running "$1" || return 0
  kill -TERM "$1"
  ended "$1" && return
  echo "process $1 did not stop in 10 seconds"
  kill -KILL "$1"
}

# free_ports COUNT: that many port numbers, all different, that nothing listens on now.
free_ports() {
  python3 -c 'import socket, sys
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(s.getsockname()[1] for s in held))' "$1"
}

wait_port() {
  local i
  for ((i = 0; i < 200; i++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.05
  done
  fail "nothing listens on port $1 after 10 seconds"
}

# serve [OPTION …]: starts postoffice; sets SERVER (its pid), SMTP, SUBMISSION and POP3 (ports) and MAIL (its folder).
# Its domains and users are those in the arrays `domains` and `users`.
MAIL=$STATE/mail
serves=0
domains=(website.test domain.test)
users=("$SUSAN" "$ROBERT")
serve() {
  local i ready accounts=("${users[@]/%/:$PASSWORD}")
  serves=$((serves + 1))
  "$POSTOFFICE" serve --directory "$MAIL" "${domains[@]/#/--domain=}" \
    "${accounts[@]/#/--account=}" \
    --smtp 127.0.0.1:0 --submission 127.0.0.1:0 --pop3 127.0.0.1:0 "$@" \
    >"$STATE/serve-$serves.out" 2>"$STATE/serve-$serves.err" </dev/null &
  SERVER=$!
  at_exit+=("stop $SERVER")
  for ((i = 0; i < 200; i++)); do
    ready=$(grep -m 1 '^ready ' "$STATE/serve-$serves.out") && break
    running $SERVER || fail "postoffice serve ended before it was ready"
    sleep 0.05
  done
  [ -n "$ready" ] || fail "postoffice serve did not print its ready line in 10 seconds"
  SMTP=$(port_of smtp) SUBMISSION=$(port_of submission) POP3=$(port_of pop3)
}

port_of() { sed -n "s/^ready .*\\b$1=[^ ]*:\\([0-9]*\\).*/\\1/p" "$STATE/serve-$serves.out"; }

# server_ended: the server ends by itself, with status 0.
server_ended() {
  local status=0
  ended "$SERVER" || fail "postoffice serve still runs 10 seconds after SIGTERM"
  wait "$SERVER" || status=$?
  [ $status -eq 0 ] || fail "postoffice serve ended with status $status after SIGTERM"
}

# stop_server: the server, told to stop, ends, and has shown no password, not even in base64.
stop_server() {
  kill -TERM "$SERVER"
  server_ended
  ! grep -q -e "$PASSWORD" -e "$(printf %s "$PASSWORD" | base64)" -e "$(printf '\0%s' $SUSAN | base64 | head -c 20)" \
    "$STATE"/serve-*.{out,err} || fail "postoffice serve has shown a password"
}

# messages FOLDER: writes the test messages there, one file each, with CRLF.
messages() { python3 "$TOOLS/messages.py" make "$1"; }

# same SENT RECEIVED [OPTION …]: every message of SENT is in RECEIVED, once and unchanged, and nothing else is.
same() {
  python3 "$TOOLS/messages.py" compare "$@" >"$STATE/compare.log" 2>&1 ||
    fail "$step: $(head -n 1 "$STATE/compare.log")"
}

# count ADDRESS: how many messages are in the account's Maildir.
count() { find "$MAIL/$1/new" "$MAIL/$1/cur" -type f | wc -l; }
empty() { [ "$(count "$1")" = 0 ] || fail "$step: $(count "$1") messages are left on the server"; }

# deposit PORT SENT ADDRESS: gives the messages to the SMTP server on that port, for that address.
deposit() {
  limit 20 python3 "$TOOLS/deposit.py" "$1" "$3" "$2" 2>"$STATE/deposit.err" ||
    fail "$step: $(tail -n 1 "$STATE/deposit.err")"
}

# queue ORDER …: the queue command on the server's folder.
queue() { limit 10 "$POSTOFFICE" queue --directory "$MAIL" "$@"; }

# wait_queue PATTERN: until a line of the queue has the pattern, at most 15 seconds.
wait_queue() {
  local i
  for ((i = 0; i < 300; i++)); do
    queue list >"$STATE/queue.out" && grep -q -e "$1" "$STATE/queue.out" && return
    sleep 0.05
  done
  cat "$STATE/queue.out"
  fail "$step: no $1 in the queue after 15 seconds"
}

# wait_mail ADDRESS COUNT: until the account has so many messages, at most 15 seconds.
wait_mail() {
  local i
  for ((i = 0; i < 300; i++)); do
    [ "$(count "$1")" -ge "$2" ] && return
    sleep 0.05
  done
  fail "$step: $(count "$1") messages instead of $2 for $1 after 15 seconds"
}

# wait_messages COUNT FOLDER: until the Maildir has that many messages, at most 10 seconds.
wait_messages() {
  local i found=0
  for ((i = 0; i < 200; i++)); do
    found=$(find "$2/new" -type f 2>/dev/null | wc -l)
    [ "$found" -ge "$1" ] && return
    sleep 0.05
  done
  fail "$step: $found messages instead of $1 in $2 after 10 seconds"
}
