/// The tap that the options ask for; `other` is the recording of the other side.
/// `again` opens the recording itself once more.
func makeTap(
  _ options: TapOptions, _ other: (any ByteSource)?, again: () throws(Failure) -> any ByteSource
) throws(Failure) -> any Tap {
  let isStrict = options.isStrict
  switch (options.mailProtocol, options.side) {
  case (.imap, .client):
    guard let other else { return IMAPCommandTap(isStrict: isStrict) }
    return IMAPCommandTap(
      isStrict: isStrict, answers: IMAPAnswers(Counterpart(IMAPResponseTap(isStrict: isStrict), other)))
  case (.imap, .server):
    guard let other else { return IMAPResponseTap(isStrict: isStrict) }
    let answers = IMAPAnswers(Counterpart(IMAPResponseTap(isStrict: isStrict), try again()))
    return AttributedCompletions(
      IMAPResponseTap(isStrict: isStrict), Counterpart(IMAPCommandTap(isStrict: isStrict, answers: answers), other))
  case (.smtp, .client):
    guard let other else { return SMTPCommandTap(isStrict: isStrict) }
    return AnsweredRequests(
      SMTPCommandTap(isStrict: isStrict), Counterpart(SMTPReplyTap(isStrict: isStrict), other))
  case (.smtp, .server):
    guard let other else { return SMTPReplyTap(isStrict: isStrict) }
    return AttributedReplies(
      SMTPReplyTap(isStrict: isStrict), Counterpart(SMTPCommandTap(isStrict: isStrict), other))
  case (.pop3, .client):
    guard let other else { return POP3CommandTap(isStrict: isStrict) }
    return AnsweredRequests(
      POP3CommandTap(isStrict: isStrict), Counterpart(POP3ResponseTap(isStrict: isStrict), other))
  case (.pop3, .server):
    guard let other else { return POP3ResponseTap(isStrict: isStrict) }
    return AttributedReplies(
      POP3ResponseTap(isStrict: isStrict), Counterpart(POP3CommandTap(isStrict: isStrict), other))
  }
}
