@_spi(MailCodec) import MailWire

/// What a mailbox offers for annotations of its messages: the `ANNOTATIONS` response code.
///
/// [RFC 5257 §4.1](https://www.rfc-editor.org/rfc/rfc5257#section-4.1).
///
///     S: * OK [ANNOTATIONS 20480 NOPRIVATE]
@frozen
public enum AnnotationSupport: Hashable, Sendable {
  /// `NONE`: nothing.
  case none
  /// `READ-ONLY`: annotations can be read; private ones too, unless there is `NOPRIVATE`.
  case readOnly(allowsPrivate: Bool)
  /// Annotations of up to so many octets; zero is written as one.
  case upTo(UInt32, allowsPrivate: Bool)
}

extension AnnotationSupport {
  func write(to writer: inout IMAPWriter) {
    let allowsPrivate: Bool
    switch self {
    case .none: return writer.append("ANNOTATIONS NONE")
    case .readOnly(let isAllowed):
      writer.append("ANNOTATIONS READ-ONLY")
      allowsPrivate = isAllowed
    case .upTo(let size, let isAllowed):
      writer.append("ANNOTATIONS ")
      writer.append(decimal: UInt64(max(size, 1)))
      allowsPrivate = isAllowed
    }
    if !allowsPrivate { writer.append(" NOPRIVATE") }
  }
}
