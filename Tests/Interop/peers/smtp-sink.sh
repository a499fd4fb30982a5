# smtp-sink on loopback, from the package postfix: takes mail, or refuses it as told.

# start_sink [OPTION …]: sets SINK_PORT, SINK (its pid) and SINK_DUMP, the folder where it writes a file per message.
start_sink() {
  SINK_PORT=${SINK_PORT:-$(free_ports 1)} SINK_DUMP=$STATE/dump
  mkdir -p "$SINK_DUMP"
  chown mail:mail "$SINK_DUMP"
  rm -f "$SINK_DUMP"/*
  background smtp-sink smtp-sink -u mail -d "$SINK_DUMP/m." "$@" "127.0.0.1:$SINK_PORT" 10
  SINK=$PID
  wait_port "$SINK_PORT"
}

# sunk FOLDER: moves the received messages there, without the empty line that ends each dump.
sunk() {
  local file
  mkdir -p "$1"
  for file in "$SINK_DUMP"/*; do
    sed '$d' "$file" >"$1/${file##*/}"
    rm "$file"
  done
}
