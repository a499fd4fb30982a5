# Postfix on loopback, delivering to Maildirs. Needs the package postfix. It has AUTH if Dovecot was started before.

# start_postfix: sets POSTFIX_SMTP and POSTFIX_SUBMISSION (ports) and POSTFIX_MAIL, the folder with a Maildir per
# address.
# start_postfix PORT: it passes all mail on to that port of 127.0.0.1 instead.
start_postfix() {
  local home=$STATE/postfix transport=virtual:
  [ $# = 0 ] || transport="smtp:[127.0.0.1]:$1"
  POSTFIX_HOME=$home/etc POSTFIX_MAIL=$home/mail
  read -r POSTFIX_SMTP POSTFIX_SUBMISSION < <(free_ports 2)
  mkdir -p "$home"/{etc,spool,lib,mail}
  chown postfix "$home/lib"
  chown mail:mail "$home/mail"
  cat >"$home/etc/main.cf" <<CONFIGURATION
compatibility_level = 3.6
queue_directory = $home/spool
data_directory = $home/lib
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = $STATE/postfix-messages.log
maillog_file_prefixes = $STATE
myhostname = mail.website.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
default_transport = error:5.1.2 no route outside this machine
virtual_mailbox_domains = website.test, domain.test
virtual_mailbox_base = $home/mail
virtual_mailbox_maps = inline:{ $SUSAN=$SUSAN/, $ROBERT=$ROBERT/ }
virtual_uid_maps = static:8
virtual_gid_maps = static:8
virtual_minimum_uid = 1
virtual_transport = $transport
smtpd_forbid_bare_newline = yes
smtpd_tls_security_level = none
smtp_tls_security_level = none
CONFIGURATION
  [ -z "${DOVECOT_AUTH:-}" ] || cat >>"$home/etc/main.cf" <<CONFIGURATION
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $DOVECOT_AUTH
CONFIGURATION
  cat >"$home/etc/master.cf" <<SERVICES
127.0.0.1:$POSTFIX_SMTP inet n - n - - smtpd
127.0.0.1:$POSTFIX_SUBMISSION inet n - n - - smtpd
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
SERVICES
  at_exit+=(stop_postfix)
  limit 20 postfix -c "$POSTFIX_HOME" start >"$STATE/postfix.log" 2>&1 </dev/null || fail "Postfix does not start"
  wait_port "$POSTFIX_SMTP"
}

stop_postfix() { limit 20 postfix -c "$POSTFIX_HOME" stop >>"$STATE/postfix.log" 2>&1; }
