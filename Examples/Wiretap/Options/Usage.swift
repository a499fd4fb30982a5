extension TapOptions {
  /// What `--help` prints.
  static let usage = """
    usage: wiretap imap|smtp|pop3 --from client|server [--strict] [--chunk N|every-split]
                   [--json] [--stats] [--with FILE] FILE|-

    Reads what one side of a mail connection said, as it was recorded, and prints each unit (a
    command, a reply, a response, a message's text) with its offset, what it is made of, and each
    deviation from the grammar where it happened. FILE - is standard input. Passwords and what SASL
    mechanisms send are never printed; octets that are no printable ASCII are printed as \\xHH, and
    a backslash as two.

    --from     who said it.
    --strict   refuse what the grammar refuses. Otherwise what real software needs is accepted,
               and each such quirk is named.
    --with     what the other side said: each command is shown with the reply to it, and each
               reply with its command, so that nothing has to be guessed (see below).
    --chunk N  feed the input in pieces of N octets.
    --chunk every-split
               feed it in one piece, then again cut in two at every place, and complain if that
               changes anything. Beyond 16 KiB not all places are tried; how many were is said
               on standard error. The whole file is held in memory.
    --json     one object a line for each unit:
                 offset, length  where the unit is, in octets
                 kind            what it is; "incomplete" for a last unit whose end is missing
                 ok              whether it was accepted; always false for an incomplete one
                 quirks          the deviations it was accepted with, by their names
                 error           null, or the code and offset, from the unit's first octet, of what
                                 made it unacceptable
                 canonical       base64 of the octets that the library writes for the parsed value;
                                 null when there is none, and for message texts beyond 64 KiB
                 redacted        true when canonical has <hidden> in the place of a secret, or of a
                                 whole line that may be one; else absent
                 answers, answered
                                 with --with: the kind and offset of the command, or what the reply
                                 to it was
    --stats    at the end: units by kind, octets a second (reading only, without printing), octets
               that are allocated, by the C library's account, and the most memory that was used.
               Behind --json on standard error.

    Without --with, the client's text behind DATA is taken for a message unless its first line is
    a command such as QUIT or MAIL, lines behind AUTH for parts of its exchange until there is a
    command, the lines behind a POP3 server's +OK, up to a lone dot, for its further lines, and an
    IMAP literal that must wait for the server is expected to follow.

    exit status: 0 every unit was accepted, 1 one was refused or the last is incomplete, or a split
                 changed something, 64 bad usage, 66 cannot read a file
    """
}
