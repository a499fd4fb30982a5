/// A password or a SASL payload: it can be used, but not printed.
///
/// No description, dump, trace or error shows the content, in any build. Two secrets are compared in a time that depends
/// on their lengths only.
public struct Secret: Sendable, Equatable {
  private let bytes: [UInt8]

  /// A secret from octets.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A secret from text, in UTF-8.
  public init(_ text: String) { bytes = [UInt8](text.utf8) }

  /// The length in octets.
  public var count: Int { bytes.count }

  /// Lends the octets to `body`; they should not leave it.
  public func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(bytes.span)
  }

  /// Equal octets, compared without an early exit.
  public static func == (left: Secret, right: Secret) -> Bool {
    guard left.bytes.count == right.bytes.count else { return false }
    var difference: UInt8 = 0
    for index in left.bytes.indices { difference |= left.bytes[index] ^ right.bytes[index] }
    return difference == 0
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible {
  /// A fixed text.
  public var description: String { "<secret>" }

  /// A fixed text.
  public var debugDescription: String { "<secret>" }
}

#if !hasFeature(Embedded)
  extension Secret: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
  }
#endif
