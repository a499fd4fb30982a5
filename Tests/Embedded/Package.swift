// swift-tools-version: 6.2
import PackageDescription

// The self-test that is linked as a wasm module without an operating system. `run` builds it as Embedded Swift.
let package = Package(
  name: "embedded-selftest",
  dependencies: [.package(name: "swift-mail-protocols", path: "../..")],
  targets: [
    .target(
      name: "Selftest",
      dependencies: [
        .product(name: "IMAPCodec", package: "swift-mail-protocols"),
        .product(name: "MailWire", package: "swift-mail-protocols"),
        .product(name: "POP3", package: "swift-mail-protocols"),
        .product(name: "POP3Codec", package: "swift-mail-protocols"),
        .product(name: "SMTP", package: "swift-mail-protocols"),
        .product(name: "SMTPCodec", package: "swift-mail-protocols")
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .enableExperimentalFeature("Lifetimes")])
  ]
)
