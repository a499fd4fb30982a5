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
