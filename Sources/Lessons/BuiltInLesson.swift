import Explorer

/// The lessons that are part of the program, in the lecture's order.
public enum BuiltInLesson: String, Sendable, CaseIterable {
  case tour, orders, naive, products, strides, tiling, im2col, duplicates, errata, digits

  /// The lesson's file.
  public var yaml: String {
    let bytes =
      switch self {
      case .tour: PackageResources.tour_yaml
      case .orders: PackageResources.orders_yaml
      case .naive: PackageResources.naive_yaml
      case .products: PackageResources.products_yaml
      case .strides: PackageResources.strides_yaml
      case .tiling: PackageResources.tiling_yaml
      case .im2col: PackageResources.im2col_yaml
      case .duplicates: PackageResources.duplicates_yaml
      case .errata: PackageResources.errata_yaml
      case .digits: PackageResources.digits_yaml
      }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Throws: `LessonError` if the file is not a lesson, which the tests rule out.
  public func lesson() throws(LessonError) -> Lesson { try Lesson(yaml: yaml, name: rawValue) }
}
