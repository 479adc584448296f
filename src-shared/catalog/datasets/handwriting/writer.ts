import type { RandomSource } from '@shared/lib/random'
import { Canvas } from './canvas'
import { Deformation } from './deformation'
import { GLYPHS, type Stroke } from './strokes'

export const SIDE = 28
/** Side of the box that an undistorted digit fills, in pixels. */
const BOX = 19
/** Pieces of the curve between two control points. */
const PIECES = 3

export interface Handwriting {
  /** Strength of rotation, shear, scaling, shift and elastic deformation: 1 normal, 0 none. */
  readonly distortion: number
  /** Standard deviation of the pixel noise, as a share of full ink. */
  readonly noise: number
}

/** Writes digits, one image after the other: the same stream writes the same images. */
export class DigitWriter {
  readonly #canvas = new Canvas(SIDE)
  readonly #deformation = new Deformation()
  readonly #curve = new Float64Array(2 * 64)
  readonly #random: RandomSource
  readonly #style: Handwriting

  constructor(random: RandomSource, style: Handwriting) {
    this.#random = random
    this.#style = style
  }

  /** Writes one digit into `out`, SIDE·SIDE bytes: 0 is paper, 255 full ink. */
  write(digit: number, out: Uint8Array): void {
    const random = this.#random
    const glyphs = GLYPHS[digit]
    const glyph = glyphs[random.integer(glyphs.length)]
    this.#deformation.draw(random, this.#style.distortion)
    const width = 1.5 + 1.9 * random.uniform()
    this.#canvas.clear()
    for (const stroke of glyph) this.#draw(stroke, width)
    this.#develop(0.75 + 0.25 * random.uniform(), out)
  }

  /** A stroke gets thicker or thinner along its way, as pen pressure does. */
  #draw(stroke: Stroke, width: number): void {
    const length = this.#trace(stroke)
    const drift = 0.35 * (2 * this.#random.uniform() - 1)
    for (let point = 0; point + 1 < length; point++) {
      const at = 2 * point
      const along = point / Math.max(1, length - 2) - 0.5
      this.#canvas.line(this.#curve[at], this.#curve[at + 1], this.#curve[at + 2], this.#curve[at + 3], width * (1 + drift * 2 * along))
    }
  }

  /** Fills the curve with the stroke's points on the canvas, deformed; returns how many there are. */
  #trace(stroke: Stroke): number {
    const controls = stroke.length / 2
    const jitter = 0.018 * Math.min(1, this.#style.distortion)
    const control = (index: number, axis: number): number => stroke[2 * Math.max(0, Math.min(controls - 1, index)) + axis]
    const curve = this.#curve
    const offset = (SIDE - BOX) / 2
    let length = 0
    for (let index = 0; index + 1 < controls; index++) {
      const pieces = index + 2 === controls ? PIECES + 1 : PIECES
      for (let piece = 0; piece < pieces; piece++) {
        const t = piece / PIECES
        const at = 2 * length++
        for (let axis = 0; axis < 2; axis++) curve[at + axis] = spline(control(index - 1, axis), control(index, axis), control(index + 1, axis), control(index + 2, axis), t)
        if (piece === 0 && jitter > 0) {
          curve[at] += jitter * this.#random.normal()
          curve[at + 1] += jitter * this.#random.normal()
        }
        this.#deformation.apply(curve, at)
        curve[at] = offset + BOX * curve[at]
        curve[at + 1] = offset + BOX * curve[at + 1]
      }
    }
    return length
  }

  /** Ink to bytes, with noise from the sum of two uniform bytes (triangular; one draw serves two pixels). */
  #develop(strength: number, out: Uint8Array): void {
    const ink = this.#canvas.pixels
    // A sum of two uniform bytes has the variance 2·(256² − 1)/12.
    const scale = (255 * this.#style.noise) / Math.sqrt((2 * (256 ** 2 - 1)) / 12)
    for (let at = 0; at < ink.length; at += 2) {
      const bits = scale > 0 ? this.#random.bits() : 0
      out[at] = toByte(255 * strength * ink[at] + scale * ((bits & 255) + ((bits >>> 8) & 255) - 255))
      out[at + 1] = toByte(255 * strength * ink[at + 1] + scale * (((bits >>> 16) & 255) + (bits >>> 24) - 255))
    }
  }
}

/** Catmull–Rom: the curve from p1 to p2, with tangents parallel to their neighbors' chords. */
function spline(p0: number, p1: number, p2: number, p3: number, t: number): number {
  return p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)))
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value)
}
