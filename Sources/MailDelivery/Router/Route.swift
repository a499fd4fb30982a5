public import SMTPCodec

/// What to do with mail for one recipient.
public enum Route: Hashable, Sendable {
  /// Deliver it on this server.
  case local
  /// Send it to these addresses instead, with the same reverse-path;
  /// [RFC 5321 §3.9.1](https://www.rfc-editor.org/rfc/rfc5321#section-3.9.1).
  case alias([Mailbox])
  /// Hand it to one of these servers, the first first.
  case relay([RelayTarget])
  /// Hand it to a mail exchanger of this host, found in the DNS.
  case exchangers(of: MailHost)
  /// Take it and forget it.
  case discard
  /// Refuse it with this reply.
  case rejected(SMTPReply)
}

/// What to do with mail for a domain.
public enum DomainRoute: Hashable, Sendable {
  /// Deliver it on this server.
  case local
  /// Hand it to one of these servers, the first first: a relay, or a smart host.
  case relay([RelayTarget])
  /// Hand it to the domain's mail exchangers: an exception from a wider entry.
  case exchangers
  /// Take it and forget it.
  case discard
  /// Refuse it with this reply.
  case reject(SMTPReply)
}
