// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety()
]

/// The library modules: each name is a product, a target and a folder, and depends on the modules listed.
let modules: [(name: String, dependencies: [String])] = [
  ("MailWire", []),
  ("SMTPCodec", ["MailWire"]),
  ("SMTP", ["MailWire", "SMTPCodec"]),
  ("POP3Codec", ["MailWire"]),
  ("POP3", ["MailWire", "POP3Codec"]),
  ("IMAPCodec", ["MailWire"]),
  ("MailMessage", ["MailWire"]),
  ("IMAP", ["MailWire", "IMAPCodec", "MailMessage"]),
  ("MailTransport", ["MailWire"]),
  ("MailDelivery", ["MailWire", "SMTPCodec"])
]

let everyModule = modules.map { Target.Dependency(stringLiteral: $0.name) }

let package = Package(
  name: "swift-mail-protocols",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: modules.map { .library(name: $0.name, targets: [$0.name]) }
    + [
      .executable(name: "postoffice", targets: ["PostOffice"]), .executable(name: "wiretap", targets: ["Wiretap"])
    ],
  targets: modules.map { module in
    .target(
      name: module.name, dependencies: module.dependencies.map { .init(stringLiteral: $0) }, swiftSettings: strict)
  }
    + modules.map { module in
      .testTarget(
        name: module.name + "Tests",
        dependencies: everyModule + ["MailTestKit"] + (module.name == "MailDelivery" ? ["DeliverySimulation"] : []),
        exclude: [], swiftSettings: strict)
    }
    + [
      .target(name: "MailTestKit", dependencies: everyModule, path: "Tests/MailTestKit", swiftSettings: strict),
      // The nested package of the fuzzer has the same files as a target of its own.
      .target(
        name: "FuzzOracles", dependencies: everyModule, path: "Tests/Fuzz/Sources/Oracles", swiftSettings: strict),
      .target(
        name: "DeliverySimulation", dependencies: ["MailWire", "SMTPCodec", "MailDelivery"],
        path: "Tests/Benchmarks/Sources/DeliverySimulation", swiftSettings: strict),
      .testTarget(name: "FuzzTests", dependencies: ["FuzzOracles", "MailTestKit"], swiftSettings: strict),
      .executableTarget(
        name: "PostOffice", dependencies: everyModule, path: "Examples/PostOffice", swiftSettings: strict),
      .testTarget(name: "PostOfficeTests", dependencies: ["PostOffice"] + everyModule, swiftSettings: strict),
      .executableTarget(
        name: "Wiretap", dependencies: ["MailWire", "SMTPCodec", "POP3Codec", "IMAPCodec"], path: "Examples/Wiretap",
        swiftSettings: strict),
      .testTarget(
        name: "WiretapTests",
        dependencies: ["Wiretap", "MailTestKit", "MailWire", "SMTPCodec", "POP3Codec", "IMAPCodec"],
        swiftSettings: strict)
    ]
)
