import Testing

/// Everything that starts programs runs one after the other.
@Suite(.serialized) struct TerminalTests {}
