import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { encodePNGToStream, make, registerFont } from 'pureimage'
import { axisTicks, channels, contourLevels, endOf, groundColor, headOf, heightMap, LIGHT_SURFACE, MARGIN, PICTURE, plotSize, racerColor, toPixels, type Frame, type Race } from '@shared/surfaces'

type Picture = ReturnType<typeof make>
type Context = ReturnType<Picture['getContext']>

const FONT = 'Descent Sans'
const THEME = LIGHT_SURFACE

/** The race as a PNG file: what `raceSvg` draws, in pixels. */
export async function racePng(race: Race, title: string, resources: string): Promise<Uint8Array> {
  registerFont(join(resources, 'fonts', 'KaTeX_SansSerif-Regular.ttf'), FONT, 400, 'normal', '').loadSync()
  const frame: Frame = { width: PICTURE.width, height: PICTURE.height, view: race.landscape.view }
  const height = frame.height + PICTURE.legendRow * (race.entrants.length + 2)
  const picture = make(frame.width, height)
  const context = picture.getContext('2d')
  drawGround(picture, race, frame)
  for (const { at } of race.landscape.minima) drawCross(context, toPixels(frame, at))
  race.entrants.forEach((_, index) => drawWay(context, race, frame, index))
  drawSurroundings(context, frame, height)
  drawAxes(context, frame)
  drawLegend(context, race, frame, title)
  const stream = new PassThrough()
  const [content] = await Promise.all([buffer(stream), encodePNGToStream(picture, stream)])
  return content
}

/** Every pixel in the color of the levels that it lies between; darker where the next one lies between others. */
function drawGround(picture: Picture, { landscape }: Race, frame: Frame): void {
  const { width, height } = plotSize(frame)
  const map = heightMap(landscape, width, height)
  const levels = contourLevels(map)
  const colors = levels.map((_, index) => channels(groundColor(THEME, (index + 1) / levels.length)))
  const line = channels(THEME.line)
  const bandOf = (column: number, row: number): number => {
    const value = map.values[row * width + column]
    return Number.isFinite(value) ? Math.max(0, levels.findLastIndex((level) => value >= level)) : -1
  }
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const band = bandOf(column, row)
      const edge = bandOf(Math.min(column + 1, width - 1), row) !== band || bandOf(column, Math.min(row + 1, height - 1)) !== band
      const color = band < 0 ? channels(THEME.background) : edge ? colors[band].map((value, index) => (value + line[index]) / 2) : colors[band]
      const pixel = 4 * ((MARGIN.top + height - 1 - row) * picture.width + MARGIN.left + column)
      picture.data.set([...color, 255], pixel)
    }
  }
}

function drawWay(context: Context, { entrants, steps }: Race, frame: Frame, index: number): void {
  const trajectory = entrants[index].racer.runTo(steps)
  const head = headOf(trajectory, steps)
  if (head === null) return
  const color = racerColor(index)
  context.lineWidth = 2
  context.strokeStyle = color
  context.beginPath()
  trajectory.x.forEach((x, step) => {
    const [left, top] = toPixels(frame, [x, trajectory.y[step]]).map(near)
    if (step === 0) context.moveTo(left, top)
    else context.lineTo(left, top)
  })
  if (trajectory.x.length > 1) context.stroke()
  const [left, top] = toPixels(frame, head.at)
  if (near(left) === left && near(top) === top) disc(context, left, top, color)
}

function disc(context: Context, left: number, top: number, color: string): void {
  for (const [size, fill] of [[6, THEME.background], [5, color]] as const) {
    context.fillStyle = fill
    context.beginPath()
    context.arc(left, top, size, 0, 2 * Math.PI)
    context.fill()
  }
}

/** Ways leave the plot: what lies around it is painted over them. */
function drawSurroundings(context: Context, frame: Frame, height: number): void {
  const plot = plotSize(frame)
  const [right, bottom] = [MARGIN.left + plot.width, MARGIN.top + plot.height]
  context.fillStyle = THEME.background
  context.fillRect(0, 0, frame.width, MARGIN.top)
  context.fillRect(0, bottom, frame.width, height - bottom)
  context.fillRect(0, 0, MARGIN.left, height)
  context.fillRect(right, 0, frame.width - right, height)
}

function drawAxes(context: Context, frame: Frame): void {
  const { x, y } = axisTicks(frame)
  const bottom = MARGIN.top + plotSize(frame).height
  context.fillStyle = THEME.soft
  context.font = `11pt ${FONT}`
  for (const { at, value } of x) context.fillText(String(value), at - halfWidth(context, String(value)), bottom + 16)
  for (const { at, value } of y) context.fillText(String(value), MARGIN.left - 6 - 2 * halfWidth(context, String(value)), at + 4)
}

function drawLegend(context: Context, race: Race, frame: Frame, title: string): void {
  context.font = `13pt ${FONT}`
  context.fillStyle = THEME.text
  context.fillText(title, MARGIN.left, frame.height + 16)
  race.entrants.forEach((_, index) => {
    const top = frame.height + PICTURE.legendRow * (index + 2)
    context.fillStyle = racerColor(index)
    context.fillRect(MARGIN.left, top - 3, 18, 4)
    context.fillStyle = THEME.text
    context.fillText(endOf(race, index), MARGIN.left + 26, top + 4)
  })
}

function drawCross(context: Context, [left, top]: readonly [number, number]): void {
  context.fillStyle = THEME.text
  context.fillRect(Math.round(left) - 5, Math.round(top) - 1, 11, 2)
  context.fillRect(Math.round(left) - 1, Math.round(top) - 5, 2, 11)
}

function halfWidth(context: Context, text: string): number {
  return context.measureText(text).width / 2
}

/** Beyond the picture a line's direction is all that matters, and its length costs time. */
function near(pixels: number): number {
  return Math.max(-5000, Math.min(5000, pixels))
}
