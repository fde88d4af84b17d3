import Convolution
import Measuring
import Testing

@Suite struct ShapeSpecificationTests {
  @Test func readsAllItsParts() throws {
    let geometry = try ShapeSpecification("2,20,30,4,3,8,s2,p1,d2,g4").geometry
    #expect(geometry.inputShape == [2, 20, 30, 4])
    #expect(geometry.weightShape == [3, 3, 1, 8])
    #expect(geometry.stride == AxisPair(2) && geometry.dilation == AxisPair(2))
    #expect(geometry.padding == Padding(1) && geometry.groups == 4)
    #expect(try ShapeSpecification("1,8,8,1,3,1,p0").description == "1,8,8,1,3,1,p0")
  }

  @Test(arguments: [
    "1,224,224,3,7,64,s2,p3", "2,20,30,4,3,8,s2,p1,d2,g4", "1,9,8,2,3x5,4,s2x1,p1x0x2x2,d1x2", "1,8,8,1,1,1",
  ])
  func geometriesAreWrittenAsTheyAreRead(text: String) throws {
    #expect(try ShapeSpecification(ShapeSpecification(text).geometry).description == text)
  }

  @Test(arguments: [
    "", "1,2,3", "1,8,8,1,3,0", "1,8,8,1,3,1,", "1,8,8,1,3,1,s0", "1,8,8,1,3,1,x2", "1,8,8,1,3,1,s2,s2", "a,8,8,1,3,1",
    "1,8,8,1,3,1,p-1", "1,8,8,1,3,99999999999999999999",
    "1,8x8,8,1,3,1", "1,8,8,1,3x3x3,1", "1,8,8,1,3,1,p1x1", "1,8,8,1,3,1,s2x", "1,8,8,1,3,1,g2x1",
  ])
  func refusesWhatIsMalformed(text: String) {
    #expect(throws: MeasuringError.self) { try ShapeSpecification(text) }
  }

  @Test(arguments: ["1,2,2,1,3,1", "1,8,8,3,3,4,g2", "1,9000000000000,9000000000000,9,1,9"])
  func refusesWhatDoesNotFit(text: String) {
    #expect(throws: ConvolutionError.self) { try ShapeSpecification(text) }
  }
}
