/// Where the fields of a body part lie in its seventeen entries.
///
/// A part's entries are followed by those of its parameters, of its envelope and of its children, so that the table holds
/// the tree in the order of the text; `header` says where the part's subtree ends, which is where its next sibling begins.
enum BodyNode {
  /// `offset` is the ``Kind``, `length` the index behind the subtree.
  static let header = 0
  static let mediaType = 1
  static let subtype = 2
  /// A run of pairs.
  static let parameters = 3
  static let contentID = 4
  static let description = 5
  static let encoding = 6
  /// A number.
  static let octets = 7
  /// A number, or null.
  static let lines = 8
  static let md5 = 9
  static let disposition = 10
  /// A run of pairs.
  static let dispositionParameters = 11
  /// A run of strings.
  static let languages = 12
  static let location = 13
  /// The text of all that follows the location.
  static let extensions = 14
  /// Of a message: `offset` is the index of its envelope, `length` that of its body, zero for none. Of a multipart: `length`
  /// is how many parts it has; null for none.
  static let message = 15
  /// The text of the whole part.
  static let raw = 16

  static let count = 17

  enum Kind: UInt32 {
    case basic, text, message, multipart, opaque
  }
}
