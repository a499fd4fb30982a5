/// What the program is asked to do.
enum Command {
  case help
  case demo
  case serve(ServeOptions)
  case send(SendOptions)
  case fetch(FetchOptions)

  /// Reads the arguments, the program's name not among them.
  init(parsing arguments: [String]) throws(Failure) {
    let options = arguments.dropFirst()
    if arguments.isEmpty { throw Failure(.usage, "say what to do: demo, serve, send or fetch; --help explains") }
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
    case let name: throw Failure(.usage, "there is no command \(name); --help lists them")
    }
  }

  /// What `--help` prints.
  static let usage = """
    usage: postoffice demo
           postoffice serve --directory DIR --domain NAME … --account ADDRESS:PASSWORD …
                            [--smtp HOST:PORT] [--submission HOST:PORT] [--pop3 HOST:PORT]
                            [--size OCTETS] [--wire]
           postoffice send  --server HOST:PORT --from ADDRESS --to ADDRESS …
                            [--user USER:PASSWORD] FILE
           postoffice fetch --server HOST:PORT --pop3 --user USER:PASSWORD --directory DIR [--keep]

    demo   shows on this machine alone how a message is submitted, delivered and fetched.

    serve  is a mail host. It receives mail for its accounts (--smtp, default 127.0.0.1:2525),
           takes mail from them (--submission, 127.0.0.1:2587) and lets them fetch it (--pop3,
           127.0.0.1:2110). Port 0 stands for any free one. When it listens, it prints a line
           that begins with "ready". Each account's mail is the Maildir DIR/ADDRESS. A message
           that was answered with 250 is on the disk.
           --size  the largest message, default 26214400 octets
           --wire  print every conversation, without passwords and message texts
           SIGTERM ends it: what is being transferred is finished, nothing new begins.

           This host has no TLS. It therefore takes passwords only on addresses that are not
           reachable from elsewhere, such as 127.0.0.1; listening anywhere else, it neither
           offers nor accepts a login.

    send   hands the message in FILE (- is standard input) to a server and prints what became
           of each recipient. Quote a null sender: --from '<>'.

    fetch  downloads all messages into the Maildir DIR and deletes them from the server.
           --keep  leave them there; what is fetched once is not fetched again

    exit status: 0 done, 1 not (wholly) done, 64 bad usage, 66 cannot read FILE,
                 69 cannot connect or listen, 73 cannot write DIR
    """
}
