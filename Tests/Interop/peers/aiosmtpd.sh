# aiosmtpd on loopback: an SMTP server without PIPELINING. Needs the package python3-aiosmtpd.

# start_aiosmtpd: sets AIOSMTPD (port) and AIOSMTPD_DUMP, the folder where it writes a file per message.
start_aiosmtpd() {
  AIOSMTPD=$(free_ports 1) AIOSMTPD_DUMP=$STATE/aiosmtpd
  mkdir -p "$AIOSMTPD_DUMP"
  background aiosmtpd-server /usr/bin/python3 "$TOOLS/aiosmtpd_server.py" "$AIOSMTPD" "$AIOSMTPD_DUMP"
  wait_port "$AIOSMTPD"
}
