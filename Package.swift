// swift-tools-version: 6.0
import PackageDescription

/// The compute modules are products, so that others can build on them; the showing ones are not.
let computeModules = [
  "StridedTensor", "MatrixMultiply", "Convolution", "TensorFiles", "Experiments", "Measuring", "Walkthroughs",
]

let package = Package(
  name: "convscope",
  platforms: [.macOS(.v15)],
  products: computeModules.map { .library(name: $0, targets: [$0]) } + [
    .executable(name: "convscope", targets: ["convscope"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // Computing
    .target(name: "CMicrokernels"),
    .target(name: "StridedTensor", dependencies: ["CMicrokernels"]),
    .target(name: "MatrixMultiply", dependencies: ["StridedTensor", "CMicrokernels"]),
    .target(name: "Convolution", dependencies: ["MatrixMultiply", "CMicrokernels", "StridedTensor"]),
    // Well-kept C libraries behind a shim; README's start command names their Debian packages.
    .target(
      name: "CPictures",
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("exif")]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .target(name: "TensorFiles", dependencies: ["CPictures", "CZip", "StridedTensor"]),
    .target(
      name: "Experiments", dependencies: ["Convolution", "TensorFiles", "StridedTensor"],
      exclude: ["Digits/README.md"], resources: [.embedInCode("Digits/digits-cnn.npz")]),
    .target(
      name: "Measuring",
      dependencies: ["Experiments", "Convolution", "MatrixMultiply", "CMicrokernels", "TensorFiles", "StridedTensor"]),
    .target(name: "Walkthroughs", dependencies: ["Experiments", "Convolution", "StridedTensor"]),
    .target(name: "Exercises", dependencies: ["Walkthroughs", "Experiments", "Convolution", "StridedTensor"]),

    // Showing
    .target(name: "Screens"),
    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "NcursesTerminal", dependencies: ["CNcurses", "Screens"]),
    .target(
      name: "Explorer",
      dependencies: [
        "Exercises", "Walkthroughs", "Measuring", "Experiments", "Convolution", "StridedTensor", "Screens",
      ]),
    .target(name: "BenchOutput", dependencies: ["Measuring", "Screens"]),
    // The built-in lessons are part of the program: no bundle has to lie beside it.
    .target(
      name: "Lessons",
      dependencies: ["Explorer", "Exercises", "Experiments", "Screens", .product(name: "Yams", package: "Yams")],
      resources: [.embedInCode("BuiltIn")]),
    .executableTarget(
      name: "convscope",
      dependencies: [
        "Lessons", "Explorer", "BenchOutput", "Exercises", "NcursesTerminal", "Walkthroughs", "Measuring",
        "Experiments", "Convolution", "MatrixMultiply", "TensorFiles", "StridedTensor", "Screens",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // A demo of the library by itself: a trained network reads digits
    .executableTarget(
      name: "DigitsDemo", dependencies: ["Convolution", "MatrixMultiply", "TensorFiles", "StridedTensor"],
      path: "Demos/Digits"),

    // Tests: public interfaces only, so that they run in release too
    .target(
      name: "TestSupport", dependencies: ["TensorFiles", "Convolution", "StridedTensor"], path: "Tests/TestSupport"),
    .testTarget(name: "StridedTensorTests", dependencies: ["StridedTensor", "TestSupport"]),
    .testTarget(name: "MatrixMultiplyTests", dependencies: ["MatrixMultiply", "StridedTensor", "TestSupport"]),
    .testTarget(name: "ConvolutionTests", dependencies: ["Convolution", "TensorFiles", "TestSupport"]),
    .testTarget(name: "TensorFilesTests", dependencies: ["TensorFiles", "StridedTensor", "TestSupport"]),
    .testTarget(name: "ExperimentsTests", dependencies: ["Experiments", "TestSupport"]),
    .testTarget(name: "MeasuringTests", dependencies: ["Measuring", "TestSupport"]),
    .testTarget(name: "WalkthroughsTests", dependencies: ["Walkthroughs", "TensorFiles", "TestSupport"]),
    .testTarget(name: "ExercisesTests", dependencies: ["Exercises", "Convolution", "TestSupport"]),
    .testTarget(name: "ScreensTests", dependencies: ["Screens"]),
    .testTarget(name: "ExplorerTests", dependencies: ["Explorer", "TestSupport"]),
    .testTarget(name: "BenchOutputTests", dependencies: ["BenchOutput", "Measuring", "Convolution"]),
    .testTarget(name: "LessonsTests", dependencies: ["Lessons", "Explorer", "Exercises", "Experiments", "Screens"]),
    // The code of the documentation's pages
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "Walkthroughs", "Measuring", "Experiments", "TensorFiles", "Convolution", "MatrixMultiply", "StridedTensor",
      ]),
    // Programs on a pseudo-terminal, and an emulator that tells what is on its screen
    .systemLibrary(
      name: "CVterm", path: "Tests/CVterm", pkgConfig: "vterm", providers: [.apt(["libvterm-dev"])]),
    .target(name: "TerminalHarness", dependencies: ["CVterm", "Screens"], path: "Tests/TerminalHarness"),
    .executableTarget(
      name: "TerminalDemo", dependencies: ["NcursesTerminal", "TerminalHarness", "Screens"], path: "Tests/TerminalDemo"),
    .testTarget(
      name: "NcursesTerminalTests",
      dependencies: ["NcursesTerminal", "CNcurses", "TerminalHarness", "Screens", "TerminalDemo"]),
    .testTarget(
      name: "ConvscopeTests",
      dependencies: [
        "TerminalHarness", "Explorer", "Experiments", "TensorFiles", "TestSupport", "DigitsDemo", "convscope",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
