// swift-tools-version: 6.2
import PackageDescription

// The fuzzer: one executable for all targets, the target named in the environment. `run` builds and runs it; the root
// package compiles the oracles once more, for the test that replays seeds and earlier findings.
let modules = ["MailWire", "SMTPCodec", "SMTP", "POP3Codec", "POP3", "IMAPCodec", "MailDelivery"]

let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "swift-mail-protocols", path: "../..")],
  targets: [
    .target(
      name: "Oracles", dependencies: modules.map { .product(name: $0, package: "swift-mail-protocols") },
      swiftSettings: [.swiftLanguageMode(.v6), .enableExperimentalFeature("Lifetimes")]),
    .executableTarget(name: "Fuzz", dependencies: ["Oracles"], swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
