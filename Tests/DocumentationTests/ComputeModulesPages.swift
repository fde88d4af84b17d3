import Convolution
import Experiments
import Foundation
import MatrixMultiply
import Measuring
import StridedTensor
import TensorFiles
import Testing
import Walkthroughs

/// The code of the pages of the other modules, run.
@Suite struct ComputeModulesPages {
  @Test func landingMatrixMultiply() throws {
    let page = try Article("MatrixMultiply/MatrixMultiply")
    func print(_ items: Any...) { page.print(items) }

    let a = try Tensor<Float>(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6])
    let product = try matrixProduct(a, a.transposed())
    print(product.elements())  // [14.0, 32.0, 32.0, 77.0]

    try page.check()
  }

  @Test func landingTensorFiles() throws {
    let page = try Article("TensorFiles/TensorFiles")
    func print(_ items: Any...) { page.print(items) }
    let path = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString).npy").path
    defer { try? FileManager.default.removeItem(atPath: path) }

    let tensor = try Tensor<Double>(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6]).erased
    try TensorFile.write(npy: tensor, to: path)
    let loaded = try TensorFile.read(path)
    print(loaded.tensor.shape, loaded.tensor.elementType)  // [2, 3] float64

    try page.check()
  }

  @Test func landingExperiments() throws {
    let page = try Article("Experiments/Experiments")
    func print(_ items: Any...) { page.print(items) }

    var words = ExperimentWords()
    try words.set("input", "digit:3")
    try words.set("weight", "digits-cnn:conv1")
    let experiment = try Experiment(words, source: FileSource())
    print(experiment.input.shape, experiment.geometry.outputShape)  // [1, 8, 8, 1] [1, 6, 6, 8]
    print(experiment.words.arguments.joined(separator: " "))  // digit:3 --weight digits-cnn:conv1

    try page.check()
  }

  @Test func landingMeasuring() throws {
    let page = try Article("Measuring/Measuring")
    func print(_ items: Any...) { page.print(items) }

    let statistics = SampleStatistics([0.9, 1.0, 1.1, 1.0, 5.0])
    print(statistics?.median ?? 0, statistics?.minimum ?? 0)  // 1.0 0.9

    let geometry = try ShapeSpecification("10,32,32,8,3,16").geometry
    print(Traffic(of: .im2col, geometry, itemSize: 4).bytes)  // 6092288

    try page.check()
  }

  @Test func landingWalkthroughs() throws {
    let page = try Article("Walkthroughs/Walkthroughs")
    func print(_ items: Any...) { page.print(items) }

    let geometry = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let sliding = SlidingWalkthrough(geometry: geometry)
    let step = sliding.step(at: 5)
    print(sliding.count, step.output.y, step.output.x)  // 16 1 1
    print(step.field.rows, step.field.columns)  // 1..<4 1..<4

    let matrix = PatchMatrix(geometry: geometry)
    print(matrix.copies(of: InputIndex(n: 0, y: 2, x: 2, c: 0)).count)  // 9

    try page.check()
  }

  @Test func errata() throws {
    let page = try Article("Walkthroughs/Errata")
    func print(_ items: Any...) { page.print(items) }

    for erratum in try LectureErrata.all().prefix(1) {
      print(erratum.claim)  // np.array([[1,2,3],[4,5,6]]).strides is (12, 4)
    }

    try page.check()
  }
}
