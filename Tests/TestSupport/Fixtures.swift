import Foundation

/// Where the committed fixtures lie.
public enum Fixtures {
  /// `Tests/Fixtures`, found from this file's own place.
  public static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")
}
