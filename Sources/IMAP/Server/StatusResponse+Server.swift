public import IMAPCodec

extension StatusResponse {
  /// The command was carried out.
  ///
  ///     S: A3 OK Done
  public static let done = StatusResponse(.ok, nil, "Done")

  /// The credentials are wrong; whether there is such a user is not for strangers to know.
  ///
  ///     S: A1 NO [AUTHENTICATIONFAILED] Wrong name or password
  public static let authenticationFailed = StatusResponse(
    .no, .keyword(.authenticationFailed), "Wrong name or password")

  /// There is no such mailbox.
  ///
  ///     S: A3 NO [NONEXISTENT] No such mailbox
  public static let noSuchMailbox = StatusResponse(.no, .keyword(.nonexistent), "No such mailbox")

  /// There is no such mailbox, but the client may create it: for `APPEND`, `COPY` and `MOVE`.
  ///
  ///     S: A3 NO [TRYCREATE] No such mailbox
  public static let tryCreate = StatusResponse(.no, .keyword(.tryCreate), "No such mailbox")

  /// The host does not have this command.
  ///
  ///     S: A3 BAD Not implemented
  public static let notImplemented = StatusResponse(.bad, nil, "Not implemented")

  /// It cannot be done now; the client may try later.
  ///
  ///     S: A3 NO [UNAVAILABLE] Try again later
  public static let temporaryFailure = StatusResponse(.no, .keyword(.unavailable), "Try again later")
}
