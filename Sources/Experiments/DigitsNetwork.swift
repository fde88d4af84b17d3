/// Trained data of a small network that reads handwritten digits: ten of its test pictures and its first layer.
///
/// The pictures are from the "Optical recognition of handwritten digits" set (E. Alpaydin and C. Kaynak, UCI Machine Learning
/// Repository, 1998, CC BY 4.0): 8×8 cells, each 0 to 16. The network was trained on 1,400 of the 1,797 pictures of its test part and
/// reads 97 % of the other 397.
enum DigitsNetwork {
  static let digitShape = [8, 8, 1]
  static let conv1Shape = [3, 3, 1, 8]

  /// The picture of a digit as 64 numbers in 0…1.
  static func picture(of digit: Int) -> [Float]? {
    guard pictures.indices.contains(digit) else { return nil }
    return pictures[digit].utf8.compactMap { code in
      switch code {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): Float(code - UInt8(ascii: "0")) / 16
      case UInt8(ascii: "a")...UInt8(ascii: "g"): Float(code - UInt8(ascii: "a") + 10) / 16
      default: nil
      }
    }
  }

  /// One digit each, a cell a character (a is 10, g is 16), a row a line.
  private static let pictures = [
    """
    00aeb300
    04gd6e10
    04g20b70
    08g00a50
    08g00e40
    08g01g10
    04g1bf00
    00bgc300
    """,
    """
    0000c500
    0002gc00
    001cgb00
    02cgga00
    06b5f600
    0001g900
    0002gb00
    0003g800
    """,
    """
    0005ec20
    007f8e40
    00623d10
    0001d400
    001b9000
    08gd0000
    05egb200
    0006cd30
    """,
    """
    009gd600
    0065gg00
    0008f500
    0005e300
    00009f20
    00000bc0
    0048bfc0
    00bec800
    """,
    """
    0009f100
    004gc000
    00fe2b30
    04g94ga0
    09gbdg20
    009gge00
    0008g600
    0009g200
    """,
    """
    02dgggb0
    05ga5410
    06g73000
    09ggg600
    0384bf00
    0001cf00
    004dg600
    02gf8000
    """,
    """
    0005e200
    001db000
    005g2000
    006f5000
    01fgfb10
    02de1c90
    004g7d90
    0005gf30
    """,
    """
    0009fc00
    00477e00
    00000d30
    0498ad10
    04gfgg60
    0000e300
    0009c000
    000b7000
    """,
    """
    0077dg40
    00dd6c70
    00a4ab10
    008ga000
    03eg0000
    088b5000
    04a98000
    01bg6000
    """,
    """
    002d8000
    006gg600
    005fdb00
    0007gf00
    00000e30
    000007b0
    000344g2
    002fded2
    """,
  ]

  /// The weight of the first layer, Kh×Kw×Cin×Cout, a line for each kernel cell (i, j).
  static let conv1Weight: [Float] = [
    0.06457934, 0.2861164, 0.5797066, 0.48797336, 0.3341829, -0.2141436, 0.60403204, 0.08482402,
    0.23592629, 0.15670341, -0.09988929, 0.29031953, 0.79592943, 0.011411781, -0.31857297, -0.12628254,
    0.53324765, 0.4778424, -0.07260214, 0.32441956, -0.07912981, -0.71253407, 0.23429833, 0.30724823,
    -0.13386697, 0.17241372, 0.49916133, -0.29785705, 0.26371104, 0.17513801, 0.41149336, -0.75199413,
    0.55183995, 0.47214347, 0.6968646, 0.5841718, 0.60270137, 0.47617668, -0.52760124, -0.50008774,
    0.40412566, 0.06012683, 0.29049763, 0.7383319, 0.4795802, -0.20408985, 0.5055594, 0.3067418,
    -0.22347271, 0.49310535, -0.09923858, -0.42864832, -0.35305515, -0.17716458, 0.26806518, 0.18118738,
    0.51860255, 0.41505235, 0.3189676, 0.4227337, -0.18788947, 0.11010125, 0.38438016, 0.42701206,
    -0.25729564, -0.64903945, -0.053601474, 0.046375517, 0.49316755, 0.81654954, 0.8768892, -0.074381664,
  ]

  /// The bias of the first layer, one number for each output channel.
  static let conv1Bias: [Float] = [
    0.33197737, 0.035263572, -0.006421665, -0.12102641, -0.26973572, 0.41730803, -0.09366543, 0.41088322,
  ]
}
