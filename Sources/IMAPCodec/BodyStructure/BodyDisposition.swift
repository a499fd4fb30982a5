/// How a part is to be shown, and under which name: `("attachment" ("filename" "report.pdf"))`.
///
/// [RFC 2183](https://www.rfc-editor.org/rfc/rfc2183)
public struct BodyDisposition: Hashable, Sendable {
  /// `inline`, `attachment` or another; case does not count.
  public let type: [UInt8]
  /// The parameters, in order.
  public let parameters: [BodyParameter]

  /// A disposition.
  public init(_ type: [UInt8], parameters: [BodyParameter] = []) {
    self.type = type
    self.parameters = parameters
  }
}
