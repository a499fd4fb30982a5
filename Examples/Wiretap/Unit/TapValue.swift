/// What a unit was understood as.
protocol TapValue: Sendable {
  /// Its parts, secrets hidden.
  var details: [Detail] { get }
  /// What the library writes for it.
  var canonical: Canonical { get }
}

/// The octets that the library writes for a value.
enum Canonical: Equatable, Sendable {
  case octets([UInt8])
  /// With ``Redaction/mark`` in the place of each secret.
  case redacted([UInt8])
  /// There are none, or there are too many.
  case none
}
