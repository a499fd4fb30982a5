# smtp-sink takes what `postoffice send` sends, then fails in every way that it knows.
# needs: postfix
. "$INTEROP/lib/common.sh"
. "$INTEROP/peers/smtp-sink.sh"

sent=$STATE/sent
messages "$sent"
mkdir "$STATE/one"
cp "$sent/dots.eml" "$STATE/one"
added=(--top X-Client-Addr X-Client-Proto X-Helo-Args X-Mail-Args X-Rcpt-Args)
send() { "$@" "$POSTOFFICE" send --server "127.0.0.1:$SINK_PORT" --from $SUSAN --to $ROBERT "$file"; }

step "every message"
start_sink
for file in "$sent"/*; do send expect 0; done
sunk "$STATE/all"
same "$sent" "$STATE/all" "${added[@]}"
stop "$SINK"

# accepted NAME [OPTION …]: with that sink the message arrives.
file=$sent/dots.eml
accepted() {
  step "smtp-sink ${*:2}"
  start_sink "${@:2}"
  send expect 0
  sunk "$STATE/$1"
  same "$STATE/one" "$STATE/$1" "${added[@]}"
  stop "$SINK"
}
accepted no-pipelining -p
accepted no-esmtp -e
accepted no-8bitmime -8
accepted slow-data -W data:1
accepted quit-lost -q quit
accepted quit-refused -f quit

# fails PATTERN OPTION …: with that sink, send fails with one line that has the pattern, and nothing arrives.
fails() {
  step "smtp-sink ${*:2}"
  start_sink "${@:2}"
  send refused "$1"
  stop "$SINK"
}
for command in mail rcpt data .; do
  fails 450 -r $command
  fails 500 -f $command
  fails 421 -Q $command
  fails . -q $command
done
fails . -q connect
fails . -q ehlo,helo
fails . -Q ehlo,helo
fails 450 -r connect
fails 500 -f ehlo,helo
fails 550 -A 1

step "no server"
stop "$SINK"
send refused .
