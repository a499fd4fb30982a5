/// What the program is asked to do.
enum Command {
  case help
  case demo
  case serve(ServeOptions)
  case send(SendOptions)
  case fetch(FetchOptions)
  case queue(QueueOptions)

  /// Reads the arguments, the program's name not among them.
  init(parsing arguments: [String]) throws(Failure) {
    let options = arguments.dropFirst()
    if arguments.isEmpty { throw Failure(.usage, "say what to do: demo, serve, send, fetch or queue; --help explains") }
    let isHelpWanted = options.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    switch arguments[0] {
    case "--help", "-h", "help": self = .help
    case _ where isHelpWanted: self = .help
    case "demo":
      if let surplus = options.first { throw Failure(.usage, "demo takes no arguments such as \(surplus)") }
      self = .demo
    case "serve": self = .serve(try ServeOptions(parsing: options))
    case "send": self = .send(try SendOptions(parsing: options))
    case "fetch": self = .fetch(try FetchOptions(parsing: options))
    case "queue": self = .queue(try QueueOptions(parsing: options))
    case let name: throw Failure(.usage, "there is no command \(name); --help lists them")
    }
  }

  /// What `--help` prints.
  static let usage = """
    usage: postoffice demo
           postoffice serve --directory DIR --domain NAME … --account ADDRESS:PASSWORD …
                            [--smtp HOST:PORT] [--submission HOST:PORT] [--pop3 HOST:PORT]
                            [--imap HOST:PORT]
                            [--size OCTETS] [--wire]
                            [--route DOMAIN=HOST:PORT[,HOST:PORT…]] … [--smart-host HOST:PORT]
                            [--resolver HOST:PORT] [--relay-from NETWORK] …
                            [--retry INTERVALS] [--expire TIME] [--delay-notice TIME]
           postoffice send  --server HOST:PORT --from ADDRESS --to ADDRESS …
                            [--user USER:PASSWORD] FILE
           postoffice fetch --server HOST:PORT --pop3 --user USER:PASSWORD --directory DIR [--keep]
           postoffice queue --directory DIR list | show ID | hold ID | release ID | cancel ID
                                            | flush [DOMAIN]

    demo   shows on this machine alone how a message is submitted, delivered and fetched, and how
           mail for other hosts waits, finds a backup, and comes back.

    serve  is a mail host. It receives mail for its accounts (--smtp, default 127.0.0.1:2525),
           takes mail from them (--submission, 127.0.0.1:2587) and lets them fetch it (--pop3,
           127.0.0.1:2110) or, with --imap HOST:PORT, read it where it lies. Port 0 stands for any
           free one. When it listens, it prints a line
           that begins with "ready". Each account's mail is the Maildir DIR/ADDRESS. A message
           that was answered with 250 is on the disk.
           --size  the largest message, default 26214400 octets
           --wire  print every conversation, without passwords and message texts
           SIGTERM ends it: what is being transferred is finished, nothing new begins.

           Mail of its users for other domains waits in DIR/queue until the next host has it or it
           goes back to the sender:
           --route         the servers of a domain, the best first
           --smart-host    the server for all other domains
           --resolver      the name server to ask about all other domains
           --relay-from    who may send to other domains without a login, such as 192.0.2.0/24
           --retry         when to try again: 5m,10m,30m,1h (the last one repeats), rfc, postfix
                           or exim; default rfc
           --expire        when to give up, default 5d
           --delay-notice  when to tell the sender that a message is late: default 4h, or none

           This host has no TLS. It therefore takes passwords only on addresses that are not
           reachable from elsewhere, such as 127.0.0.1; listening anywhere else, it neither
           offers nor accepts a login.

    send   hands the message in FILE (- is standard input) to a server and prints what became
           of each recipient. Quote a null sender: --from '<>'.

    fetch  downloads all messages into the Maildir DIR and deletes them from the server.
           --keep  leave them there; what is fetched once is not fetched again

    queue  looks after the mail that waits in DIR/queue, whether serve runs or not: shows it, keeps
           messages back, releases or drops them, or tries those for a domain, or all, now.

    exit status: 0 done, 1 not (wholly) done, 64 bad usage, 66 cannot read FILE,
                 69 cannot connect or listen, 73 cannot write DIR
    """
}
