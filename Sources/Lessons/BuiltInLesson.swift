import Explorer

/// The lessons that are part of the program, in a helpful order: the tour, the lecture, then what learners trip over.
public enum BuiltInLesson: String, Sendable, CaseIterable {
  case tour
  case orders, reference, naive, products, strides, tiling, im2col, duplicates, performance, errata, digits
  case bytesOrElements = "bytes-or-elements"
  case stridesOrStride = "strides-or-stride"
  case correlation
  case channelsLast = "channels-last"
  case reshapeCopies = "reshape-copies"
  case outOfBounds = "out-of-bounds"
  case nbytes
  case sharedWrites = "shared-writes"
  case dilation, floor, orientation

  /// What kind of lesson it is.
  public enum Part: String, Sendable, CaseIterable {
    case start = "To begin with"
    case lecture = "The lecture"
    case pitfalls = "What people trip over"

    /// Its lessons, in order.
    public var lessons: [BuiltInLesson] { BuiltInLesson.allCases.filter { $0.part == self } }
  }

  public var part: Part {
    switch self {
    case .tour: .start
    case .orders, .reference, .naive, .products, .strides, .tiling, .im2col, .duplicates, .performance, .errata,
      .digits:
      .lecture
    case .bytesOrElements, .stridesOrStride, .correlation, .channelsLast, .reshapeCopies, .outOfBounds, .nbytes,
      .sharedWrites, .dilation, .floor, .orientation:
      .pitfalls
    }
  }

  /// The lesson's file.
  public var yaml: String {
    let bytes =
      switch self {
      case .tour: PackageResources.tour_yaml
      case .orders: PackageResources.orders_yaml
      case .reference: PackageResources.reference_yaml
      case .naive: PackageResources.naive_yaml
      case .products: PackageResources.products_yaml
      case .strides: PackageResources.strides_yaml
      case .tiling: PackageResources.tiling_yaml
      case .im2col: PackageResources.im2col_yaml
      case .duplicates: PackageResources.duplicates_yaml
      case .performance: PackageResources.performance_yaml
      case .errata: PackageResources.errata_yaml
      case .digits: PackageResources.digits_yaml
      case .bytesOrElements: PackageResources.bytes_or_elements_yaml
      case .stridesOrStride: PackageResources.strides_or_stride_yaml
      case .correlation: PackageResources.correlation_yaml
      case .channelsLast: PackageResources.channels_last_yaml
      case .reshapeCopies: PackageResources.reshape_copies_yaml
      case .outOfBounds: PackageResources.out_of_bounds_yaml
      case .nbytes: PackageResources.nbytes_yaml
      case .sharedWrites: PackageResources.shared_writes_yaml
      case .dilation: PackageResources.dilation_yaml
      case .floor: PackageResources.floor_yaml
      case .orientation: PackageResources.orientation_yaml
      }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Throws: `LessonError` if the file is not a lesson, which the tests rule out.
  public func lesson() throws(LessonError) -> Lesson { try Lesson(yaml: yaml, name: rawValue) }
}
