import { encode } from 'fast-png'
import { planAugmentation, previewAugmentation } from '@shared/compile'
import type { PreparedData } from '@shared/data/types'
import { sizeOf } from '@shared/graph'
import { failure, issue, success, type ExperimentDocument, type Result } from '@shared/spec'

const SAMPLES = 10
/** Draws beside each sample itself. */
const DRAWS = 9
const GAP = 1
/** A small picture's pixels are enlarged to about this many. */
const SIDE = 48

/** Training samples, one a row: as they are, then as so many steps would see them. A PNG file. */
export function augmentedPicture(document: ExperimentDocument, { train, sampleShape }: PreparedData): Result<Uint8Array> {
  const plan = planAugmentation(document, sampleShape)
  const { picture } = plan
  if (picture === null || (picture[0] !== 1 && picture[0] !== 3)) return failure(issue('augmentation-no-picture', ['dataset'], { shape: `[${sampleShape.join(', ')}]` }))
  const size = sizeOf(sampleShape)
  const count = Math.min(SAMPLES, train.rows)
  const features = train.features.slice(0, count * size)
  const columns = [features, ...Array.from({ length: plan.chosen.length === 0 ? 0 : DRAWS }, (_, step) => previewAugmentation(plan, sampleShape, features, { seed: document.seed, step }))]
  return success(sheet(columns, count, picture))
}

function sheet(columns: readonly Float32Array[], count: number, [channels, height, width]: readonly [number, number, number]): Uint8Array {
  const [low, high] = extent(columns[0])
  const factor = high > low ? 255 / (high - low) : 0
  const scale = Math.max(1, Math.floor(SIDE / Math.max(height, width)))
  const cell = { width: width * scale + GAP, height: height * scale + GAP }
  const size = { width: columns.length * cell.width - GAP, height: count * cell.height - GAP }
  const data = new Uint8Array(size.width * size.height * 3).fill(128)
  columns.forEach((samples, column) => {
    for (let row = 0; row < count; row++) {
      for (let y = 0; y < height * scale; y++) {
        for (let x = 0; x < width * scale; x++) {
          const at = 3 * ((row * cell.height + y) * size.width + column * cell.width + x)
          for (let color = 0; color < 3; color++) {
            const channel = channels === 3 ? color : 0
            const value = samples[((row * channels + channel) * height + Math.floor(y / scale)) * width + Math.floor(x / scale)]
            data[at + color] = Math.min(255, Math.max(0, Math.round((value - low) * factor)))
          }
        }
      }
    }
  })
  return encode({ ...size, data, channels: 3, depth: 8 })
}

function extent(values: Float32Array): readonly [number, number] {
  return values.reduce<readonly [number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity])
}
