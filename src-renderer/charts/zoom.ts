import { position, valueAt, type Scale } from './scale'

export type Range = readonly [number, number]

/** The value under a place of the plot, `share` of its width from the left. */
export function valueAtShare(range: Range, scale: Scale, share: number): number {
  const [from, to] = [position(scale, range[0]), position(scale, range[1])]
  return valueAt(scale, from + share * (to - from))
}

export function shareOf(range: Range, scale: Scale, value: number): number {
  const [from, to] = [position(scale, range[0]), position(scale, range[1])]
  return (position(scale, value) - from) / (to - from)
}

/** Narrower by `factor` (wider above 1) around the value at `share`, within `whole`; null when it is the whole. */
export function zoomed(range: Range, whole: Range, scale: Scale, factor: number, share: number): Range | null {
  const center = position(scale, valueAtShare(range, scale, share))
  const width = (position(scale, range[1]) - position(scale, range[0])) * factor
  const from = valueAt(scale, center - share * width)
  const to = valueAt(scale, center + (1 - share) * width)
  return within([from, to], whole)
}

/** Moved by `share` of its width, as far as `whole` reaches. */
export function panned(range: Range, whole: Range, scale: Scale, share: number): Range {
  const places = [...range, ...whole].map((value) => position(scale, value))
  const wished = share * (places[1] - places[0])
  const shift = Math.max(places[2] - places[0], Math.min(places[3] - places[1], wished))
  return [valueAt(scale, places[0] + shift), valueAt(scale, places[1] + shift)]
}

/** Cut to `whole`; null when nothing is left out, or nothing is left. */
export function within([from, to]: Range, whole: Range): Range | null {
  const cut: Range = [Math.max(from, whole[0]), Math.min(to, whole[1])]
  if (!(cut[1] > cut[0])) return null
  return cut[0] <= whole[0] && cut[1] >= whole[1] ? null : cut
}
