extension IMAPLimits {
  /// For text that the library itself wrote from values.
  static let unlimited = IMAPLimits(
    line: .max, literal: .max, streamedLiteral: .max, total: .max, nesting: .max, elements: .max)
}
