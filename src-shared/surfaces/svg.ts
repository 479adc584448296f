import type { Race } from './race'
import { contoursOf } from './contours'
import { endOf } from './describe'
import { heightMap } from './landscape'
import { groundColor, LIGHT_SURFACE, racerColor } from './palette'
import { axisTicks, cellsToPixels, headOf, MARGIN, plotSize, toPixels, trajectoryPath, type Frame } from './scene'

export const PICTURE = { width: 900, height: 640, legendRow: 20 } as const

const CELL_PIXELS = 4

/** The whole race as one SVG file: ground, ways, minima, and a legend that says where each ended. */
export function raceSvg(race: Race, title: string): string {
  const theme = LIGHT_SURFACE
  const frame: Frame = { width: PICTURE.width, height: PICTURE.height, view: race.landscape.view }
  const { width, height } = plotSize(frame)
  const [columns, rows] = [Math.round(width / CELL_PIXELS), Math.round(height / CELL_PIXELS)]
  const ground = contoursOf(heightMap(race.landscape, columns, rows))
  const total = frame.height + PICTURE.legendRow * (race.entrants.length + 2)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${total}" viewBox="0 0 ${frame.width} ${total}" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${frame.width}" height="${total}" fill="${theme.background}"/>`,
    `<clipPath id="plot"><rect x="${MARGIN.left}" y="${MARGIN.top}" width="${width}" height="${height}"/></clipPath>`,
    '<g clip-path="url(#plot)">',
    `<g transform="${cellsToPixels(frame, columns, rows)}" fill-rule="evenodd">`,
    ...ground.map(({ path }, index) => `<path d="${path}" fill="${groundColor(theme, (index + 1) / ground.length)}" stroke="${theme.line}" stroke-width="0.12"/>`),
    '</g>',
    ...race.landscape.minima.map(({ at }) => cross(toPixels(frame, at), theme.text)),
    ...race.entrants.map((_, index) => way(race, frame, index, theme.background)),
    '</g>',
    ...axes(frame, theme.soft, theme.line),
    `<text x="${MARGIN.left}" y="${frame.height + 16}" fill="${theme.text}" font-weight="600">${escaped(title)}</text>`,
    ...race.entrants.map((_, index) => legend(race, index, frame.height + PICTURE.legendRow * (index + 2), theme.text)),
    '</svg>',
  ].join('\n')
}

function way({ entrants, steps }: Race, frame: Frame, index: number, halo: string): string {
  const trajectory = entrants[index].racer.runTo(steps)
  const path = trajectoryPath(frame, trajectory, steps)
  const head = headOf(trajectory, steps)
  if (head === null) return ''
  const [left, top] = toPixels(frame, head.at)
  const line = (color: string, size: number): string => `<path d="${path}" fill="none" stroke="${color}" stroke-width="${size}" stroke-linejoin="round" stroke-linecap="round"/>`
  const end = [left, top].every((each) => Math.abs(each) < 1e4) ? `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="5" fill="${racerColor(index)}" stroke="${halo}" stroke-width="1.5"/>` : ''
  return `${line(halo, 4)}${line(racerColor(index), 2)}${end}`
}

function legend(race: Race, index: number, top: number, color: string): string {
  return `<rect x="${MARGIN.left}" y="${top - 2}" width="18" height="4" fill="${racerColor(index)}"/><text x="${MARGIN.left + 26}" y="${top + 4}" fill="${color}">${escaped(endOf(race, index))}</text>`
}

function axes(frame: Frame, soft: string, line: string): readonly string[] {
  const { x, y } = axisTicks(frame)
  const { width, height } = plotSize(frame)
  const [bottom, left] = [MARGIN.top + height, MARGIN.left]
  return [
    `<rect x="${left}" y="${MARGIN.top}" width="${width}" height="${height}" fill="none" stroke="${line}"/>`,
    ...x.map(({ at, value }) => `<text x="${at.toFixed(1)}" y="${bottom + 16}" fill="${soft}" font-size="11" text-anchor="middle">${String(value)}</text>`),
    ...y.map(({ at, value }) => `<text x="${left - 6}" y="${(at + 4).toFixed(1)}" fill="${soft}" font-size="11" text-anchor="end">${String(value)}</text>`),
  ]
}

function cross([left, top]: readonly [number, number], color: string): string {
  return `<path d="M${(left - 5).toFixed(1)},${top.toFixed(1)}h10M${left.toFixed(1)},${(top - 5).toFixed(1)}v10" stroke="${color}" stroke-width="1.5"/>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
