/// A line that is not shown, because a secret may stand in the place of a command.
struct Withheld: TapValue {
  var details: [Detail] { [.hidden("line")] }

  var canonical: Canonical { .redacted([UInt8]((Redaction.mark + "\r\n").utf8)) }
}
