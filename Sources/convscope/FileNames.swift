import Foundation

/// The files whose paths begin with a text, in the order of their names, directories with a slash at their end.
///
/// Hidden ones only where the text names the dot; a directory that cannot be read has none.
func fileNames(beginning: String) -> [String] {
  let slash = beginning.lastIndex(of: "/")
  let directory = slash.map { String(beginning[...$0]) } ?? ""
  let start = beginning.dropFirst(directory.count)
  let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.isEmpty ? "." : directory)) ?? []
  return
    names
    .filter { $0.hasPrefix(start) && ($0.hasPrefix(".") == start.hasPrefix(".")) }
    .sorted()
    .map { name in
      var isDirectory: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: directory + name, isDirectory: &isDirectory)
      return directory + name + (isThere && isDirectory.boolValue ? "/" : "")
    }
}
