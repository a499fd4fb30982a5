/// The octets that rows are measured on.
enum CorpusKind: String, CaseIterable {
  /// Command lines of SMTP.
  case smtpRequests = "smtp-requests"
  /// Replies of SMTP.
  case smtpResponses = "smtp-responses"
  /// One large message as `DATA` carries it.
  case smtpData = "smtp-data"
  /// Command lines of POP3.
  case pop3Requests = "pop3-requests"
  /// The lines of a POP3 server, but for messages.
  case pop3Responses = "pop3-responses"
  /// `FETCH` responses with envelope and body structure.
  case imapFetch = "imap-fetch-synth"
  /// `FETCH` responses with flags.
  case imapFlags = "imap-flags"
  /// `FETCH` responses with messages.
  case imapBodies = "imap-bodies"
  /// Commands of IMAP.
  case imapCommands = "imap-commands"
  /// Commands of IMAP with literals that wait for nothing.
  case imapCommandsNonSynchronising = "imap-commands-litplus"
  /// What Dovecot says of 20,000 messages; where it is not given, as `imapFetch`.
  case dovecotFetch = "dovecot-fetch-20k"
}

/// All corpora: read from a folder where it has them (`smtp-requests.txt` and so on), otherwise generated.
struct Corpora {
  private let folder: String?
  private let size: Int
  private var loaded: [CorpusKind: [UInt8]] = [:]

  init(folder: String?, size: Int) {
    self.folder = folder
    self.size = size
  }

  mutating func bytes(_ kind: CorpusKind) -> [UInt8] {
    if let bytes = loaded[kind] { return bytes }
    let file = folder.flatMap { contents(of: $0 + "/" + kind.rawValue + ".txt") }
    let bytes = file ?? Generator.bytes(kind, size: size)
    loaded[kind] = bytes
    return bytes
  }
}
