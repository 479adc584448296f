import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { formatIssue } from '@shared/locales/issues'
import { surfaceRegistry } from '@shared/catalog/surfaces'
import { need } from '@shared/spec'
import { expressionLandscape, heightMap, openRace, type Landscape } from '@shared/surfaces'

const view = { x: [-2, 2], y: [-1, 3] } as const

async function landscape(expression: string): Promise<Landscape> {
  return need(await expressionLandscape({ expression, ...view }))
}

/** Height at the center of a view of no size to speak of. */
function heightAt({ lower }: Landscape, x: number, y: number): number {
  return heightMap({ lower, view: { x: [x, x], y: [y, y] } }, 1, 1).values[0]
}

describe('an expression', () => {
  it.each([
    ['rosenbrock', '(1-x)^2 + 100(y-x^2)^2'],
    ['himmelblau', '(x^2+y-11)^2 + (x+y^2-7)^2'],
    ['rastrigin', '20 + x^2 - 10cos(2 pi x) + y^2 - 10 cos(tau*y)'],
    ['beale', '(1.5-x+x y)^2 + (2.25-x+x y^2)^2 + (2.625-x+x y^3)^2'],
  ])('is the surface %s that it describes', async (type, expression) => {
    const known = surfaceRegistry.get(type)
    if (known === undefined) throw new Error(type)
    const { values } = heightMap(await landscape(expression), 24, 18)
    heightMap({ lower: known.lower, view }, 24, 18).values.forEach((expected, cell) => {
      expect(Math.abs(values[cell] - expected)).toBeLessThanOrEqual(1e-12 * Math.max(100, Math.abs(expected)))
    })
  })

  it('means what JavaScript means by it', async () => {
    const functions = ['abs', 'cos', 'cosh', 'exp', 'sin', 'sinh', 'tanh', 'sqrt', 'log', 'sign', 'tan', 'log2', 'log10'] as const
    const scope = { ln: Math.log, pi: Math.PI, e: Math.E }
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('x', 'y', 'pi', 'e', '2', '0.5', '3'),
        fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree')).map(([a, op, b]) => `(${a} ${op} ${b})`),
        fc.tuple(fc.constantFrom(...functions), tie('tree')).map(([name, a]) => `${name}(${a})`),
        fc.tuple(fc.constantFrom('max', 'min'), tie('tree'), tie('tree')).map(([name, a, b]) => `${name}(${a}, ${b})`),
        tie('tree').map((a) => `(-${a})`),
        tie('tree').map((a) => `((${a})^2)`),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(tree, fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), async (expression, x, y) => {
        const script = expression.replaceAll('^', '**').replace(/[a-z]+\d*/g, (name) => (name === 'x' || name === 'y' ? name : name in scope ? `scope.${name}` : `Math.${name}`))
        const expected = (new Function('x', 'y', 'scope', `return ${script}`) as (x: number, y: number, scope: object) => number)(x, y, scope)
        fc.pre(Number.isFinite(expected) && Math.abs(expected) < 1e12)
        const found = heightAt(await landscape(expression), x, y)
        // exp(x) ± exp(−x) and log(x)/log(2) round otherwise than the library's own.
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)))
      }),
      { numRuns: 60 },
    )
  })

  it('binds as mathematics does', async () => {
    expect(heightAt(await landscape('-x^2'), 3, 0)).toBe(-9)
    expect(heightAt(await landscape('2^x^2'), 3, 0)).toBe(512)
    expect(heightAt(await landscape('1/2x'), 3, 0)).toBe(1.5)
    expect(heightAt(await landscape('7'), 3, 0)).toBe(7)
    expect((await landscape('x^2/20')).formula).toContain('\\frac')
  })

  it.each([
    ['x +', 'surface-expression-unreadable'],
    ['', 'document-too-short'],
    ['z + 1', 'surface-expression-name'],
    ['toString', 'surface-expression-name'],
    ['constructor(x)', 'surface-expression-function'],
    ['import("x")', 'surface-expression-function'],
    ['sin(x, y)', 'surface-expression-operands'],
    ['x % 2', 'surface-expression-operator'],
    ['x > 0', 'surface-expression-operator'],
    ['[x, y]', 'surface-expression-form'],
    ['f(x) = x', 'surface-expression-form'],
    ['"x"', 'surface-expression-form'],
    ['x.y', 'surface-expression-form'],
    ['x ? 1 : 2', 'surface-expression-form'],
    ['x'.repeat(501), 'document-too-long'],
  ])('refuses %s', async (expression, code) => {
    const result = await openRace({ surface: { expression }, racers: [{ optimizer: 'sgd' }] })
    expect(result.ok ? [] : result.issues.map((each) => each.code)).toEqual([code])
    if (!result.ok) for (const language of ['en', 'zh-CN'] as const) expect(formatIssue(result.issues[0], language)).not.toContain('{')
  })
})

describe('a race document', () => {
  it('takes the surface’s own start, and names every problem at its place', async () => {
    const race = await openRace({ surface: 'beale', racers: [{ optimizer: 'adam' }, { optimizer: { type: 'sgd', dialect: 'textbook' }, schedule: 'cosine' }] })
    expect(race.ok && [race.value.start, race.value.steps, race.value.entrants.length]).toEqual([[1, 1.5], 200, 2])
    const wrong = await openRace({ surface: 'bowl', racers: [{ optimizer: { type: 'lion', dialect: 'pytorch' } }, { optimizer: 'adam', schedule: { type: 'linear', warmup: { steps: 500 } } }] })
    expect(wrong.ok ? [] : wrong.issues.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['optimizer-dialect-unavailable', 'racers.0.optimizer.dialect'],
      ['schedule-warmup-too-long', 'racers.1.schedule.warmup'],
    ])
    expect((await openRace({ surface: 'nowhere', racers: [] })).ok).toBe(false)
    expect((await openRace(null)).ok).toBe(false)
  })
})
