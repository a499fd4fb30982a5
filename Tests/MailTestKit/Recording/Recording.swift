/// A recorded connection between two programs: the octets of each side and how they alternated.
///
/// `Tests/Corpora/ORIGIN/NAME.client`, `NAME.server` and `NAME.order`; a line of the last is `C n` or `S n` (the next n
/// octets of that side) or `T` (TLS began; what follows was decrypted).
public struct Recording: Sendable {
  /// What happened next.
  public enum Step: Sendable {
    /// One side spoke.
    case block(Transcript.Side, [UInt8])
    /// TLS began.
    case tls
  }

  /// The path below `Tests/Corpora`, without an extension.
  public let name: String
  /// What happened, in order.
  public let steps: [Step]

  /// All that `side` said.
  public func bytes(of side: Transcript.Side) -> [UInt8] {
    var bytes: [UInt8] = []
    for case .block(side, let block) in steps { bytes += block }
    return bytes
  }

  /// The recording as a transcript with one block a step: the same runners take it.
  public var transcript: Transcript {
    var transcript = Transcript()
    for step in steps {
      switch step {
      case .block(let side, let bytes): transcript.append(side, bytes)
      case .tls: transcript.append(.tls)
      }
    }
    return transcript
  }

  /// Reads the recording `name`, a path below `Tests/Corpora` without an extension.
  public init(_ name: String) throws {
    self.name = name
    let client = try Corpus.bytes(name + ".client")
    let server = try Corpus.bytes(name + ".server")
    var offsets = (client: 0, server: 0)
    var steps: [Step] = []
    for line in String(decoding: try Corpus.bytes(name + ".order"), as: UTF8.self).split(separator: "\n") {
      let count = Int(line.dropFirst(2)) ?? 0
      switch line.first {
      case "C":
        let end = min(client.count, offsets.client + count)
        steps.append(.block(.client, Array(client[offsets.client..<end])))
        offsets.client = end
      case "S":
        let end = min(server.count, offsets.server + count)
        steps.append(.block(.server, Array(server[offsets.server..<end])))
        offsets.server = end
      case "T":
        steps.append(.tls)
      default:
        throw Transcript.Mistake(description: "\(name).order: \(line)")
      }
    }
    self.steps = steps
  }

  /// The recordings in a folder of `Tests/Corpora`, by name; none when the folder does not exist.
  public static func all(in folder: String) throws -> [Recording] {
    var recordings: [Recording] = []
    for file in Corpus.files(in: folder) where file.hasSuffix(".order") {
      recordings.append(try Recording(folder + "/" + file.dropLast(6)))
    }
    return recordings
  }
}
