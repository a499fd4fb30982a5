import MailWire

/// What stands in the place of a secret.
enum Redaction {
  static let mark = "<hidden>"

  static var secret: Secret { Secret(mark) }
}
