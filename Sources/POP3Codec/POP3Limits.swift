/// Lengths that the standards fix.
public enum POP3Limits {
  /// The longest command line that every server must take, in octets with its CRLF: 255.
  ///
  /// [RFC 2449 §4](https://www.rfc-editor.org/rfc/rfc2449#section-4). `AUTH` with its initial response must fit as well
  /// ([RFC 5034 §4](https://www.rfc-editor.org/rfc/rfc5034#section-4)).
  public static let commandLine = 255
  /// The longest first line of a response, in octets with its CRLF: 512.
  ///
  /// [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3).
  public static let responseLine = 512
}
