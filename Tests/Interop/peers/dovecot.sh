# Dovecot 2.3 on loopback: POP3, and logins for Postfix. Needs the packages dovecot-core and dovecot-pop3d.

# start_dovecot: sets DOVECOT_POP3 (port), DOVECOT_AUTH (socket for Postfix) and DOVECOT_MAIL, the folder with a
# Maildir per address.
start_dovecot() {
  local home=$STATE/dovecot
  DOVECOT_AUTH=$home/run/auth-postfix DOVECOT_MAIL=$home/mail
  DOVECOT_POP3=$(free_ports 1)
  mkdir -p "$home/run" "$DOVECOT_MAIL"
  chown mail:mail "$DOVECOT_MAIL"
  printf '%s:{PLAIN}%s::::::\n' "$SUSAN" "$PASSWORD" "$ROBERT" "$PASSWORD" >"$home/users"
  cat >"$home/dovecot.conf" <<CONFIGURATION
base_dir = $home/run
state_dir = $home/run
log_path = $STATE/dovecot-messages.log
protocols = pop3
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:$DOVECOT_MAIL/%u
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
first_valid_gid = 1
mail_fsync = never
passdb {
  driver = passwd-file
  args = username_format=%u $home/users
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$home/mail/%u
}
service pop3-login {
  inet_listener pop3 {
    port = $DOVECOT_POP3
  }
  inet_listener pop3s {
    port = 0
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener auth-postfix {
    mode = 0666
  }
}
CONFIGURATION
  background dovecot dovecot -F -c "$home/dovecot.conf"
  wait_port "$DOVECOT_POP3"
}

# fill_dovecot SENT ADDRESS: puts the message files into the address's Maildir.
fill_dovecot() {
  local box=$DOVECOT_MAIL/$2 file
  mkdir -p "$box"/{tmp,new,cur}
  for file in "$1"/*; do cp "$file" "$box/new/1700000000.${file##*/}"; done
  chown -R mail:mail "$box"
}
