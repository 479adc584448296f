/** A square image that lines of ink are drawn on; darkness 0…1 per pixel, the darkest line wins. */
export class Canvas {
  readonly pixels: Float32Array

  constructor(readonly side: number) {
    this.pixels = new Float32Array(side * side)
  }

  clear(): void {
    this.pixels.fill(0)
  }

  /** A line with round ends, `width` pixels wide, its edge fading over one pixel. Coordinates in pixels from the corner. */
  line(x0: number, y0: number, x1: number, y1: number, width: number): void {
    const { side, pixels } = this
    const reach = width / 2 + 0.5
    const dx = x1 - x0
    const dy = y1 - y0
    const inverse = 1 / (dx * dx + dy * dy + 1e-12)
    const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach))
    const right = Math.min(side - 1, Math.ceil(Math.max(x0, x1) + reach))
    const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach))
    const bottom = Math.min(side - 1, Math.ceil(Math.max(y0, y1) + reach))
    const limit = reach * reach
    for (let row = top; row <= bottom; row++) {
      const py = row + 0.5 - y0
      for (let column = left; column <= right; column++) {
        const px = column + 0.5 - x0
        let t = (px * dx + py * dy) * inverse
        t = t < 0 ? 0 : t > 1 ? 1 : t
        const ex = px - t * dx
        const ey = py - t * dy
        const squared = ex * ex + ey * ey
        if (squared >= limit) continue
        const ink = reach - Math.sqrt(squared)
        const at = row * side + column
        if (ink > pixels[at]) pixels[at] = ink > 1 ? 1 : ink
      }
    }
  }
}
