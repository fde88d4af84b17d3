/// A word as a shell reads it back.
func shellQuoted(_ word: String) -> String {
  let plain = word.unicodeScalars.allSatisfy { scalar in
    scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "-_./:,=+@%".unicodeScalars.contains(scalar))
  }
  guard !word.isEmpty, plain else {
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
  return word
}

/// The words of a command as a shell splits them: spaces part them, single quotes and backslashes hold them together.
public func shellWords(_ command: String) -> [String] {
  var words: [String] = []
  var word = ""
  var isQuoted = false
  var isOpen = false
  var characters = Array(command)[...]
  while let character = characters.popFirst() {
    switch character {
    case "'":
      isQuoted.toggle()
      isOpen = true
    case "\\" where !isQuoted:
      if let next = characters.popFirst() { word.append(next) }
      isOpen = true
    case " " where !isQuoted, "\n" where !isQuoted:
      if isOpen { words.append(word) }
      (word, isOpen) = ("", false)
    default:
      word.append(character)
      isOpen = true
    }
  }
  if isOpen { words.append(word) }
  return words
}
