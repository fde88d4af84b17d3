import ArgumentParser
import Convolution
import Experiments
import StridedTensor

/// `convscope im2col INPUT --kernel-size K -o OUT.npy`: the patch matrix, to a file.
struct Im2colCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "im2col", abstract: "Write the patch matrix: one receptive field a row.",
    discussion: """
      The matrix is (N·Ho·Wo) × (Kh·Kw·Cin), its columns in (i, j, c) order whatever the layout of the input; the \
      element type is kept. Its product with the weight as a (Kh·Kw·Cin) × Cout matrix is the convolution.

      Examples:
        convscope im2col arange:6x6 --kernel-size 3 -o patches.npy
        convscope im2col photo.png --kernel-size 3,5 --stride 2 --padding 1 -o patches.npy
      """)

  @Argument(help: ArgumentHelp("where the patches come from", valueName: "INPUT"), completion: .file()) var input:
    String
  @OptionGroup var output: OutputOption
  @OptionGroup(title: "Geometry") var geometry: GeometryOptions
  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func run() throws {
    Interruption.endsTheProgram()
    var words = ExperimentWords()
    try words.set("input", input)
    try geometry.apply(to: &words)
    try reading.apply(to: &words)
    guard let kernel = words.kernelSize else {
      throw CommandFailure.usage("--kernel-size: expected K or Kh,Kw, got nothing")
    }
    let (images, notes) = try words.input.loadImages(order: words.order, source: reading.source())
    Messages.notes(notes)
    let groups = words.groups ?? 1
    let geometry = try ConvolutionGeometry(
      input: images.shape, weight: [kernel.vertical, kernel.horizontal, max(images.shape[3] / groups, 1), groups],
      parameters: ConvolutionParameters(
        stride: words.stride, padding: words.padding, dilation: words.dilation, groups: groups))
    try output.write(images.visit(PatchMatrixVisitor(geometry: geometry)))
  }
}

private struct PatchMatrixVisitor: TensorVisitor {
  let geometry: ConvolutionGeometry

  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(ConvolutionError) -> AnyTensor {
    try patchMatrix(tensor, geometry: geometry).erased
  }
}
