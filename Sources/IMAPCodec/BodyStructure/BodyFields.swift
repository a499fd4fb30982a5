/// What a body part says of itself: everything in a ``BodyStructure`` but its children.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). A server fills one in to make a body structure.
///
///     var fields = BodyFields("text", "plain", octets: 1_152)
///     fields.parameters = [try BodyParameter(name: "charset", value: "utf-8")]
///     let structure = try BodyStructure(fields, lines: 23)
public struct BodyFields: Hashable, Sendable {
  /// The top-level media type; ignored for a multipart.
  public var mediaType: [UInt8]
  /// The media subtype.
  public var subtype: [UInt8]
  /// The parameters of the media type.
  public var parameters: [BodyParameter] = []
  /// The `Content-ID`; no multipart has one.
  public var contentID: [UInt8]?
  /// The `Content-Description`; no multipart has one.
  public var contentDescription: [UInt8]?
  /// The transfer encoding, `7BIT` by default; ignored for a multipart.
  public var encoding: [UInt8] = [UInt8]("7BIT".utf8)
  /// The size in octets, as it is transferred; ignored for a multipart.
  public var octets: UInt64
  /// The `Content-MD5`; no multipart has one.
  public var md5: [UInt8]?
  /// The disposition.
  public var disposition: BodyDisposition?
  /// The languages.
  public var languages: [[UInt8]] = []
  /// The `Content-Location`.
  public var location: [UInt8]?

  /// Fields of this type and size; the rest is absent.
  public init(_ mediaType: [UInt8], _ subtype: [UInt8], octets: UInt64 = 0) {
    self.mediaType = mediaType
    self.subtype = subtype
    self.octets = octets
  }

  /// Fields of this type and size; the rest is absent.
  public init(_ mediaType: String, _ subtype: String, octets: UInt64 = 0) {
    self.init([UInt8](mediaType.utf8), [UInt8](subtype.utf8), octets: octets)
  }
}
