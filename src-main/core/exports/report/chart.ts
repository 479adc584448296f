import { html, Html } from './html'
import { shown } from './numbers'

export interface Curve {
  readonly name: string
  readonly steps: Float64Array
  readonly values: Float64Array
  /** Validation and test are dashed. */
  readonly dashed: boolean
  /** Single updates: they stay behind what is drawn over them. */
  readonly faint: boolean
}

const WIDTH = 640
const HEIGHT = 260
const LEFT = 64
const RIGHT = 12
const TOP = 10
const BOTTOM = 34
/** Okabe–Ito, as in the workbench. */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7']
/** From this ratio on, positive values are drawn on a logarithmic axis. */
const WIDE = 100

/** A line chart as SVG; null where there is no finite value. */
export function lineChart(title: string, curves: readonly Curve[], words: { readonly step: string; readonly logarithmic: string }): Html | null {
  const values = curves.flatMap((curve) => [...curve.values].filter(Number.isFinite))
  const steps = curves.flatMap((curve) => [curve.steps[0], curve.steps[curve.steps.length - 1]])
  if (values.length === 0) return null
  const [least, most] = extent(values)
  const logarithmic = least > 0 && most / least >= WIDE
  const y = scaleOf(logarithmic ? Math.log10(least) : least, logarithmic ? Math.log10(most) : most, HEIGHT - BOTTOM, TOP)
  const x = scaleOf(...extent(steps), LEFT, WIDTH - RIGHT)
  const heightOf = (value: number): number => y.place(logarithmic ? Math.log10(value) : value)
  const lines = curves.map((curve, at) => pathOf(curve, at, { x: x.place, y: heightOf, among: curves.length }))
  const rows = y.ticks.map((tick) => html`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y.place(tick))}" y2="${fixed(y.place(tick))}" class="grid"/><text x="${LEFT - 6}" y="${fixed(y.place(tick) + 4)}" class="end">${shown(logarithmic ? 10 ** tick : tick)}</text>`)
  const columns = x.ticks.map((tick) => html`<text x="${fixed(x.place(tick))}" y="${HEIGHT - 16}" class="middle">${shown(tick)}</text>`)
  const legend = curves.map((curve, at) => html`<span><svg width="22" height="8" aria-hidden="true"><line x1="0" x2="22" y1="4" y2="4" stroke="${color(at)}" stroke-width="2" ${dash(curve)}/></svg> ${curve.name}</span>`)
  return html`<figure><figcaption>${title}${logarithmic ? ` (${words.logarithmic})` : ''}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${rows}${columns}<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 2}" class="middle">${words.step}</text>${lines}</svg><p class="legend">${legend}</p></figure>`
}

function pathOf(curve: Curve, at: number, { x, y, among }: { readonly x: (step: number) => number; readonly y: (value: number) => number; readonly among: number }): Html {
  let path = ''
  let pen = false
  curve.values.forEach((value, index) => {
    const drawn = Number.isFinite(value)
    if (drawn) path += `${pen ? 'L' : 'M'}${fixed(x(curve.steps[index]))} ${fixed(y(value))}`
    pen = drawn
  })
  const single = curve.values.length === 1 && path !== '' ? html`<circle cx="${fixed(x(curve.steps[0]))}" cy="${fixed(y(curve.values[0]))}" r="3" fill="${color(at)}"/>` : ''
  return html`<path d="${path}" fill="none" stroke="${color(at)}" stroke-width="1.5" ${dash(curve)} ${faintness(curve, among)}/>${single}`
}

function dash({ dashed }: Curve): Html {
  return new Html(dashed ? 'stroke-dasharray="5 3"' : '')
}

function faintness({ faint }: Curve, among: number): Html {
  return new Html(faint && among > 1 ? 'stroke-opacity="0.4"' : '')
}

function color(at: number): string {
  return COLORS[at % COLORS.length]
}

/** A linear axis with round ticks. */
function scaleOf(from: number, to: number, start: number, end: number): { readonly place: (value: number) => number; readonly ticks: readonly number[] } {
  const [low, high] = from === to ? [from - Math.max(Math.abs(from) * 0.1, 1e-9), to + Math.max(Math.abs(to) * 0.1, 1e-9)] : [from, to]
  const rough = (high - low) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const size = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough
  const first = Math.ceil(low / size)
  const ticks = Array.from({ length: Math.max(0, Math.floor(high / size) - first + 1) }, (_, at) => (first + at) * size)
  return { place: (value) => start + ((value - low) / (high - low)) * (end - start), ticks }
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity])
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10)
}
