/// An element type that `.npy` files store, by the names of NumPy's array protocol (`f4`, `u1`, …).
enum NPYElementType: String, CaseIterable {
  case f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1

  /// Bytes of one element in the file.
  var itemSize: Int {
    switch self {
    case .i1, .u1, .b1: 1
    case .f2, .i2, .u2: 2
    case .f4, .i4, .u4: 4
    case .f8, .i8, .u8: 8
    }
  }

  /// Bytes of one element in the tensor that holds it.
  var decodedItemSize: Int {
    switch self {
    case .u1, .b1: 1
    case .f2, .f4, .i1, .i2, .i4, .u2: 4
    case .f8, .i8, .u4, .u8: 8
    }
  }

  /// What NumPy calls the type.
  var name: String {
    switch self {
    case .f2: "float16"
    case .f4: "float32"
    case .f8: "float64"
    case .i1: "int8"
    case .i2: "int16"
    case .i4: "int32"
    case .i8: "int64"
    case .u1: "uint8"
    case .u2: "uint16"
    case .u4: "uint32"
    case .u8: "uint64"
    case .b1: "bool"
    }
  }
}
