# smtp-source sends in ten sessions at once; every message arrives once and whole.
# needs: postfix
. "$INTEROP/lib/common.sh"

serve

# load COUNT LENGTH [OPTION …], to susan
load() {
  step "$1 messages of $2 bytes ${*:3}"
  rm -f "$MAIL/$SUSAN"/{new,cur}/*
  expect 0 smtp-source -s 10 -m "$1" -l "$2" -M client.test -f stranger@elsewhere.test -t $SUSAN "${@:3}" \
    "inet:127.0.0.1:$SMTP"
  [ "$(count $SUSAN)" = "$1" ] || fail "$step: $(count $SUSAN) arrived"
  python3 "$TOOLS/check_source.py" "$2" "$MAIL/$SUSAN"/{new,cur}/* 2>"$STATE/check.err" ||
    fail "$step: $(tail -n 1 "$STATE/check.err")"
}

load 500 4000
load 300 1000 -d
load 20 500000
left=$(find "$MAIL/$SUSAN/tmp" -type f | wc -l)
[ "$left" = 0 ] || fail "$left files are left in tmp"
stop_server
