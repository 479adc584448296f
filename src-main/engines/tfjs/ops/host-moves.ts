import { sizeOf } from '@shared/graph'
import { upload } from '../backend'
import { offsetsOf } from './windows'
import type { WindowMoves } from './windows'

/**
 * In plain loops, for the backend `cpu`, whose tensors live on the host and whose slices and pads find every element by
 * index arithmetic of their own.
 */
export const hostMoves: WindowMoves = {
  elementAt(x, [top, left], { strides: [down, right] }, [rows, columns]) {
    const [batch, channels, height, width]: readonly number[] = x.shape
    const source = x.dataSync()
    const result = new Float32Array(batch * channels * rows * columns)
    let to = 0
    for (let image = 0; image < batch * channels; image++) {
      for (let row = 0; row < rows; row++) {
        const from = (image * height + top + row * down) * width + left
        for (let column = 0; column < columns; column++) result[to++] = source[from + column * right]
      }
    }
    return upload(result, [batch, channels, rows, columns], 'float32')
  },

  scatterElements(elements, windows, shape) {
    const { strides: [down, right], pads } = windows
    const [batch, channels, height, width] = shape
    const result = new Float32Array(sizeOf(shape))
    offsetsOf(windows).forEach(([top, left], index) => {
      const [, , rows, columns]: readonly number[] = elements[index].shape
      const source = elements[index].dataSync()
      for (let line = 0; line < batch * channels * rows; line++) {
        const y = (line % rows) * down + top - pads[0]
        if (y < 0 || y >= height) continue
        const to = (Math.floor(line / rows) * height + y) * width
        for (let column = 0; column < columns; column++) {
          const x = column * right + left - pads[1]
          if (x >= 0 && x < width) result[to + x] += source[line * columns + column]
        }
      }
    })
    return upload(result, shape, 'float32')
  },
}
