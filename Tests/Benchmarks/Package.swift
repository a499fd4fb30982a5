// swift-tools-version: 6.2
import PackageDescription

let modules = ["MailWire", "SMTPCodec", "SMTP", "POP3Codec", "POP3", "IMAPCodec"]
let delivery = ["MailWire", "SMTPCodec", "MailDelivery"]

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "swift-mail-protocols", path: "../..")],
  targets: [
    .target(name: "CAllocations"),
    .executableTarget(
      name: "bench",
      dependencies: ["CAllocations"] + modules.map { .product(name: $0, package: "swift-mail-protocols") },
      swiftSettings: [.swiftLanguageMode(.v6), .enableExperimentalFeature("Lifetimes")]),
    // The root package has the same files as a target of its own, for the tests.
    .target(
      name: "DeliverySimulation", dependencies: delivery.map { .product(name: $0, package: "swift-mail-protocols") },
      swiftSettings: [
        .swiftLanguageMode(.v6), .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility")
      ]),
    .executableTarget(
      name: "simulate",
      dependencies: ["DeliverySimulation", .product(name: "MailDelivery", package: "swift-mail-protocols")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
