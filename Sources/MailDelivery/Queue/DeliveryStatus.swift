public import SMTPCodec

/// What was last heard of a recipient.
public struct DeliveryStatus: Hashable, Sendable {
  /// The status for a report.
  public var code: EnhancedStatusCode
  /// How far the attempt had come.
  public var stage: DeliveryStage
  /// The reply, if there was one.
  public var reply: SMTPReply?
  /// The host's name; empty when no host was asked.
  public var host: [UInt8]
}
