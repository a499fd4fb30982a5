import MailWire
import SMTP
import SMTPCodec

/// `postoffice demo`: a message's whole way on this machine, over real sockets, server and clients in one event loop.
enum Demo {
  static func run() throws(Failure) {
    let folder = try Failure.explaining(.cannotCreate, "cannot make a folder") { () throws(SystemError) in
      try Files.makeTemporaryFolder()
    }
    defer { try? Files.removeTree(folder) }
    let isShown = try Failure.explaining(.unavailable, "cannot talk to myself") { () throws(SystemError) in
      var story = try DemoStory(folder: folder)
      try story.tell()
      return story.report.conclude()
    }
    if !isShown { throw Failure(.failure, "the demonstration failed") }
  }
}
