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
  python3 - "$2" "$MAIL/$SUSAN"/{new,cur}/* 2>"$STATE/check.err" <<'PYTHON' || fail "$step: $(tail -n 1 "$STATE/check.err")"
import re, sys
names = set()
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        head, _, body = re.sub(rb"\r?\n", b"\r\n", file.read()).partition(b"\r\n\r\n")
    name = re.search(rb"(?m)^Message-Id: (\S+)", head)[1].decode()
    if name in names:
        sys.exit(f"{name} arrived twice")
    names.add(name)
    if len(body) - int(sys.argv[1]) not in (0, 2) or body.strip(b"0123456789X\r\n"):
        sys.exit(f"{name} is damaged: {len(body)} bytes of body")
PYTHON
}

load 500 4000
load 500 4000 -d
load 500 100 -d
load 50 500000
left=$(find "$MAIL/$SUSAN/tmp" -type f | wc -l)
[ "$left" = 0 ] || fail "$left files are left in tmp"
stop_server
