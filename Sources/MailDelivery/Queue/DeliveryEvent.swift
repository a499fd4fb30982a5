/// What the queue tells its host. The order matters: what comes behind a ``persist(_:)`` relies on it.
@nonexhaustive
public enum DeliveryEvent: Sendable {
  /// Store this before you ask for the next event; see ``DeliveryRecord``.
  case persist(DeliveryRecord)
  /// The message is safe: answer `250`.
  case accepted(QueueID)
  /// The message could not be stored: answer `451 4.3.0`.
  case refused(QueueID)
  /// Find out where mail for this domain or address literal goes and answer with
  /// ``DeliveryQueue/resolved(_:_:validFor:)``. The name is in lower case.
  case resolve([UInt8])
  /// Open a session and answer with ``DeliveryQueue/sessionReady(_:_:)`` or ``DeliveryQueue/sessionEnded(_:_:at:)``. The
  /// same session comes again, with another host or without TLS, when it did not come about.
  case connect(SessionID, DeliveryConnection)
  /// Send this in the session and answer with ``DeliveryQueue/transactionEnded(_:_:)``.
  case send(SessionID, DeliveryTransaction)
  /// Nothing more to send: close the session.
  case disconnect(SessionID)
  /// Tell the sender; see ``DeliveryReport``.
  case report(DeliveryReport)
}
