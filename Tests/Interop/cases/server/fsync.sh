# The system calls of the server show that a message is on the disk before its 250.
# needs: strace
. "$INTEROP/lib/common.sh"

mkdir "$STATE/sent"
messages "$STATE/all"
cp "$STATE/all/plain.eml" "$STATE/sent"
serve
background strace strace -f -qq -s 200 -o "$STATE/calls" -p "$SERVER" \
  -e trace=write,writev,sendto,sendmsg,fsync,fdatasync,rename,renameat,renameat2,link,linkat
tracer=$PID
for ((i = 0; i < 100; i++)); do
  grep -q '^TracerPid:[[:space:]]*[1-9]' "/proc/$SERVER/status" && break
  sleep 0.05
done
running "$tracer" || fail "strace does not trace: $(cat "$STATE/strace.log")"
deposit "$SMTP" "$STATE/sent" "$SUSAN"
stop "$tracer"

# The calls between the 354 and the next 250, by name.
calls=$(sed -n -e '/"354[ -]/,/"250[ -]/s/^[0-9]* *\([a-z0-9]*\)(.*/\1/p' "$STATE/calls" | tr '\n' ' ')
echo "calls: $calls"
[[ $calls =~ f(data)?sync.*(rename|link).*(write|send) ]] ||
  fail "no fsync and rename between 354 and 250: $calls"
[[ $calls =~ (rename|link).*fsync ]] || fail "no fsync of the folder after the rename: $calls"
stop_server
