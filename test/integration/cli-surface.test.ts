import { readFileSync, writeFileSync } from 'node:fs'
import { decode } from 'fast-png'
import { afterAll, describe, expect, it } from 'vitest'
import { Folder, run } from './cli-harness'

describe('descent surface', () => {
  const folder = new Folder()
  afterAll(() => folder.remove())
  const racers = ['--optimizer', 'adam,learningRate=0.05', '--optimizer', 'sgd,dialect=pytorch,learningRate=0.0005,schedule=cosine']

  it('lists where each ended', async () => {
    const { code, output } = await run(['surface', '--function', 'rosenbrock', '--steps', '50', ...racers])
    expect(code).toBe(0)
    expect(output).toMatch(/adam keras 0\.05 +[\d.]+/)
    expect(output).toMatch(/sgd pytorch 0\.0005 cosine +[\d.]+/)
  })

  it('draws the same race as SVG and as PNG', async () => {
    const [svg, png] = [folder.at('race.svg'), folder.at('race.png')]
    expect((await run(['surface', '--function', 'rosenbrock', ...racers, '--out', svg])).code).toBe(0)
    expect((await run(['surface', '--function', 'rosenbrock', ...racers, '--out', png])).code).toBe(0)
    const text = readFileSync(svg, 'utf8')
    const { width, height, data, channels } = decode(readFileSync(png))
    expect(text).toContain(`width="${width}" height="${height}"`)
    // The ends of both ways are in the racers' colors, #0072B2 and #D55E00, where the SVG has its circles.
    const circles = [...text.matchAll(/cx="([\d.]+)" cy="([\d.]+)" r="5" fill="#(\w{6})"/g)]
    expect(circles).toHaveLength(2)
    for (const [, left, top, color] of circles) {
      const pixel = channels * (Math.round(Number(top)) * width + Math.round(Number(left)))
      expect([...data.slice(pixel, pixel + 3)].map((value) => value.toString(16).padStart(2, '0')).join('')).toBe(color.toLowerCase())
    }
  })

  it('reads a race as the Lab copies it, and tells programs every point', async () => {
    const path = folder.at('race.json')
    writeFileSync(path, JSON.stringify({ surface: { expression: 'x^2 + y^2' }, start: [1, 1], steps: 3, racers: [{ optimizer: { type: 'sgd', learningRate: 0.25 } }] }))
    const { code, output } = await run(['surface', path, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ event: 'race', steps: 3, racers: [{ optimizer: 'sgd', x: [1, 0.5, 0.25, 0.125], divergedAt: null }] })
    expect(JSON.parse((await run(['surface', path, '--json', '--steps', '1', '--start', '2,0'])).output)).toMatchObject({ racers: [{ x: [2, 1], y: [0, 0] }] })
  })

  it.each([
    [['--function', 'nowhere'], /surface/],
    [['--expression', 'x +'], /character 4/],
    [['--optimizer', 'nobody'], /racers\[0\]\.optimizer/],
    [['--optimizer', 'adam,oops'], /names no optimizer/],
    [['--start', '1'], /--start takes 2 numbers/],
    [['--out', 'race.gif'], /\.svg or \.png/],
  ])('refuses %s', async (args, message) => {
    const { code, errors } = await run(['surface', ...args])
    expect(code).toBe(2)
    expect(errors).toMatch(message)
  })
})
