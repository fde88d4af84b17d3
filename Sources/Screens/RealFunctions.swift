#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few real functions that colours and number layout need, so that nothing here imports Foundation.
public enum RealFunctions {
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
  static func cubeRoot(_ x: Double) -> Double { cbrt(x) }
  static func cosine(_ x: Double) -> Double { cos(x) }
  public static func naturalLogarithm(_ x: Double) -> Double { log(x) }
  public static func exponential(_ x: Double) -> Double { exp(x) }
  static func sine(_ x: Double) -> Double { sin(x) }
}
