import IMAPCodec
import Testing

@Test func limitsAreGenerous() {
  #expect(IMAPLimits().nesting == 100)
}
