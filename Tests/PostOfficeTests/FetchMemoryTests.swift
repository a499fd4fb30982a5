import Testing

@testable import PostOffice

@Test func uniqueIDsAreRememberedByAccount() throws {
  let folder = try TemporaryFolder()
  do {
    var memory = try FetchMemory(directory: folder.path, account: "a b\n@h:1")
    for uniqueID in ["1", "2", "2", "3"] { try memory.add(uniqueID) }
  }
  do {
    var other = try FetchMemory(directory: folder.path, account: "other")
    #expect(other.uniqueIDs.isEmpty)
    try other.add("9")
    try other.keepOnly(["9", "10"])
  }
  do {
    var memory = try FetchMemory(directory: folder.path, account: "a b\n@h:1")
    #expect(memory.uniqueIDs == ["1", "2", "3"])
    try memory.keepOnly(["2", "4"])
  }
  do {
    let memory = try FetchMemory(directory: folder.path, account: "a b\n@h:1")
    #expect(memory.uniqueIDs == ["2"])
  }
  let other = try FetchMemory(directory: folder.path, account: "other")
  #expect(other.uniqueIDs == ["9"])
}
