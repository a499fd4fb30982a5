# Exim on loopback, delivering to Maildirs. Its package and Postfix's exclude each other: it is unpacked, not installed, and
# needs the libraries that the case names. Needs root, as it does itself.

# start_exim: sets EXIM_SMTP (a port), EXIM_MAIL, the folder with a Maildir per address, and EXIM_BUSY: while a file of that
# name exists, it answers every recipient with 451.
start_exim() {
  local home=$STATE/exim
  EXIM_MAIL=$home/mail EXIM_BUSY=$home/busy EXIM_HOME=$home
  [ -n "${EXIM_SMTP:-}" ] || EXIM_SMTP=$(free_ports 1)
  [ -d "$home" ] || unpack_exim "$home"
  "$home/root/usr/sbin/exim4" -C "$home/exim.conf" -bd -q1m -oP "$home/exim.pid" >"$STATE/exim.log" 2>&1 </dev/null ||
    fail "Exim does not start"
  at_exit+=(stop_exim)
  wait_port "$EXIM_SMTP"
}

stop_exim() {
  local pid
  pid=$(cat "$EXIM_HOME/exim.pid" 2>/dev/null) || return 0
  kill -TERM "$pid" 2>/dev/null
  rm -f "$EXIM_HOME/exim.pid"
}

unpack_exim() {
  local home=$1 file
  mkdir -p "$home"/{packages,mail,spool,log}
  # The name is compiled in.
  getent passwd Debian-exim >/dev/null ||
    adduser --quiet --allow-bad-names --system --group --no-create-home --home /var/spool/exim4 Debian-exim
  (cd "$home/packages" && limit 60 apt-get -q download exim4-base exim4-daemon-light) >"$STATE/exim-apt.log" 2>&1 ||
    fail "Exim cannot be downloaded"
  for file in "$home"/packages/*.deb; do dpkg -x "$file" "$home/root"; done
  chown -R Debian-exim:Debian-exim "$home"/{mail,spool,log}
  cat >"$home/exim.conf" <<CONFIGURATION
exim_user = Debian-exim
exim_group = Debian-exim
exim_path = $home/root/usr/sbin/exim4
primary_hostname = mail.domain.test
keep_environment =
spool_directory = $home/spool
log_file_path = $home/log/%slog
pid_file_path = $home/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = $EXIM_SMTP
tls_advertise_hosts =
chunking_advertise_hosts = *
domainlist local_domains = domain.test
acl_smtp_rcpt = recipient
acl_smtp_data = message
host_lookup =
rfc1413_query_timeout = 0s
never_users =
deliver_drop_privilege = true
smtp_accept_queue_per_connection = 0
begin acl
recipient:
  defer message = 4.3.2 busy\\nin two lines
        condition = \${if exists{$EXIM_BUSY}}
  deny  message = 5.7.1 not wanted here\\nin two lines
        local_parts = blocked
  accept domains = +local_domains
         verify = recipient
  deny  message = 5.7.1 relay not permitted
message:
  deny condition = \${if match{\$message_body}{reject-me}}
       message = 5.7.1 content rejected
  accept
begin routers
mailbox:
  driver = accept
  domains = +local_domains
  local_parts = robert
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = $home/mail/\$local_part_data@domain.test
  maildir_format
  create_directory
  return_path_add
CONFIGURATION
}
