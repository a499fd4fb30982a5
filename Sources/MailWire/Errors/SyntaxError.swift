/// Why bytes do not match the grammar, and where.
///
/// It holds no peer's bytes, so it can be logged.
@frozen
public struct SyntaxError: Error, Hashable, Sendable {
  /// What was wrong.
  @nonexhaustive
  public enum Code: UInt8, Sendable {
    /// Nothing stood where something must.
    case empty
    /// An octet that this place does not allow.
    case unexpectedByte
    /// The text ended too early.
    case unexpectedEnd
    /// Something stood behind the end of the construct.
    case trailingBytes
    /// Longer than its limit.
    case tooLong
    /// More elements than the limit allows.
    case tooMany
    /// A number that is missing, malformed or out of range.
    case badNumber
    /// A keyword with a malformed or forbidden character.
    case badToken
    /// A malformed local part.
    case badLocalPart
    /// A malformed domain or address literal.
    case badDomain
    /// A malformed path: the angle brackets and what they hold.
    case badPath
    /// A malformed parameter.
    case badParameter
    /// A keyword that occurs twice.
    case duplicate
    /// Malformed base64.
    case badBase64
    /// A malformed reply or response line.
    case badReply
    /// Lines of one reply with different codes.
    case codesDiffer
    /// Malformed credentials.
    case badCredentials
  }

  /// What was wrong.
  public let code: Code
  /// The offset in octets from the start of the parsed unit.
  public let offset: Int

  /// An error of this code at this offset.
  @inlinable
  public init(_ code: Code, at offset: Int) {
    self.code = code
    self.offset = offset
  }
}
