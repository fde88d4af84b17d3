import StridedTensor

/// Seven loops, in the order of the lecture: every output channel sweeps the picture once for each input channel.
///
/// The oracle: all other algorithms are held against it. Sums are accumulated in the element type, over (c, i, j).
@_specialize(where E == Float)
@_specialize(where E == Double)
func convolveNaively<E: ConvolutionElement>(
  _ input: Tensor<E>, _ weight: Tensor<E>, geometry: ConvolutionGeometry, into output: UnsafeMutableBufferPointer<E>
) throws(ConvolutionError) {
  let padded = try paddedInput(input, geometry: geometry)
  let (zn, zy, zx, zc) = fourStrides(padded.layout)
  let (wi, wj, wc, wo) = fourStrides(weight.layout)
  let (stride, dilation) = (geometry.stride, geometry.dilation)
  let (groupIn, groupOut) = (geometry.groupInputChannels, geometry.groupOutputChannels)
  let (height, width, channels) = (geometry.outputHeight, geometry.outputWidth, geometry.outputChannels)
  padded.withUnsafeBuffer { z in
    weight.withUnsafeBuffer { w in
      for n in 0..<geometry.batch {
        for c in 0..<groupIn {
          for o in 0..<channels {
            let zChannel = padded.layout.offset + n * zn + (o / groupOut * groupIn + c) * zc
            let wChannel = weight.layout.offset + c * wc + o * wo
            for y in 0..<height {
              for x in 0..<width {
                let field = zChannel + y * stride.vertical * zy + x * stride.horizontal * zx
                let target = ((n * height + y) * width + x) * channels + o
                var sum = output[target]
                for i in 0..<geometry.kernelHeight {
                  for j in 0..<geometry.kernelWidth {
                    sum +=
                      z[field + i * dilation.vertical * zy + j * dilation.horizontal * zx]
                      * w[wChannel + i * wi + j * wj]
                  }
                }
                output[target] = sum
              }
            }
          }
        }
      }
    }
  }
}

/// The strides of the four axes of a checked tensor.
func fourStrides(_ layout: Layout) -> (Int, Int, Int, Int) {
  (layout.strides[0], layout.strides[1], layout.strides[2], layout.strides[3])
}
