import MailWire
import POP3Codec

/// One account's mail: a folder with a file for each message, which is safe without locks.
///
/// A message is written in `tmp` and moved to `new` when it is whole and on the disk; mail programs move it on to `cur`.
struct Maildir {
  /// A message as it lay in the folder when it was listed.
  struct Message {
    let name: MaildirName
    /// `new` or `cur`.
    let folder: String
    /// The size with CRLF line ends.
    let octets: UInt64
    let uniqueID: UniqueID
  }

  let path: String

  /// Makes the folders where they are missing.
  func create() throws(SystemError) {
    for folder in ["tmp", "new", "cur"] { try Files.makeFolder(path + "/" + folder) }
  }

  /// Removes what a killed server left half written, and what anybody left there for 36 hours, as is the custom.
  func removeLeftovers(of names: UniqueNames, before secondsSince1970: Int64) throws(SystemError) {
    for file in try Files.names(in: path + "/tmp") {
      let leftover = path + "/tmp/" + file
      let isStale = (Files.changeTime(of: leftover) ?? .max) < secondsSince1970 - 36 * 3600
      if names.isLeftover(file) || isStale { try? Files.remove(leftover) }
    }
  }

  /// All messages in the order of their arrival.
  func messages() throws(SystemError) -> [Message] {
    var messages: [Message] = []
    var known: Set<String> = []
    // A mail program that was killed while it moved a file may have left it in both.
    for folder in ["cur", "new"] {
      for file in try Files.names(in: path + "/" + folder) {
        let name = MaildirName(file: file)
        guard known.insert(name.unique).inserted else { continue }
        guard
          let octets = name.canonicalSize ?? (try? CanonicalSize.ofFile(path + "/" + folder + "/" + file)),
          let uniqueID = try? UniqueID(name.uniqueID)
        else { continue }
        messages.append(Message(name: name, folder: folder, octets: octets, uniqueID: uniqueID))
      }
    }
    return messages.sorted { $0.name.unique.utf8.lexicographicallyPrecedes($1.name.unique.utf8) }
  }

  /// Opens a message, wherever it has been moved since it was listed.
  func open(_ message: Message) throws(SystemError) -> Descriptor {
    do { return try Files.openToRead(path + "/" + message.folder + "/" + message.name.file) } catch {
      guard let moved = try find(message) else { throw error }
      return try Files.openToRead(moved)
    }
  }

  /// Removes a message, wherever it has been moved since it was listed. One that is gone already is no error.
  func remove(_ message: Message) throws(SystemError) {
    do { try Files.remove(path + "/" + message.folder + "/" + message.name.file) } catch {
      if let moved = try find(message) { try Files.remove(moved) }
    }
  }

  private func find(_ message: Message) throws(SystemError) -> String? {
    for folder in ["cur", "new"] {
      for file in try Files.names(in: path + "/" + folder) where MaildirName(file: file).unique == message.name.unique {
        return path + "/" + folder + "/" + file
      }
    }
    return nil
  }
}
