/** Value of the recorder's point number `point`. */
export function valueOf(point: number): number {
  return Math.sin(point) / 3
}
