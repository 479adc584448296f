import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession } from 'onnxruntime-node'
import { z } from 'zod'
import type { Placement } from '@shared/protocol/devices'
import { sessionOptions, type RuntimeOptions } from './runtime'

/** The first compiles kernels; the last counts. */
const RUNS = 3

/** What of the profiler's events is needed: kernels as the runtime called them, and (`Api`, `Kernel`) as the device ran them. */
const eventSchema = z.object({
  cat: z.string(),
  name: z.string(),
  /** Microseconds. */
  dur: z.number(),
  args: z.object({ op_name: z.string().optional(), provider: z.string().optional() }),
})
type Event = z.output<typeof eventSchema>

/** Operators that stand for others, which the profile has too. */
const CONTAINERS: ReadonlySet<string> = new Set(['Loop', 'If', 'Scan'])
const KERNEL_TIME = '_kernel_time'
const CPU = 'CPUExecutionProvider'

export interface Profiled {
  readonly model: Uint8Array
  readonly runtime: RuntimeOptions
  readonly location?: 'gpu-buffer'
  /** One step; called several times. */
  readonly run: (session: InferenceSession) => Promise<void>
}

/** Runs a model of one step under the runtime's profiler, and tells where each operator ran. */
export async function profilePlacements({ model, runtime, location, run }: Profiled): Promise<readonly Placement[]> {
  const directory = mkdtempSync(join(tmpdir(), 'descent-profile-'))
  try {
    const options = { ...sessionOptions(runtime), enableProfiling: true, profileFilePrefix: join(directory, 'step') }
    const session = await InferenceSession.create(model, location === undefined ? options : { ...options, preferredOutputLocation: location })
    for (let count = 0; count < RUNS; count++) await run(session)
    session.endProfiling()
    await session.release()
    const [file] = readdirSync(directory)
    return placementsOf(z.array(eventSchema).parse(JSON.parse(readFileSync(join(directory, file), 'utf8'))), runtime.provider)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

interface Node {
  readonly operator: string
  readonly scope: string
  readonly place: Placement['place']
  readonly milliseconds: number
}

/** Exported for tests. */
function placementsOf(events: readonly Event[], provider: string): readonly Placement[] {
  const onDevice = durations(events.filter(({ cat }) => cat === 'Api' || cat === 'Kernel'), ({ name }) => name.split('&')[0])
  const kernels = events.filter(({ cat, name, args }) => cat === 'Node' && name.endsWith(KERNEL_TIME) && args.op_name !== undefined && !CONTAINERS.has(args.op_name))
  const called = durations(kernels, nodeName)
  const nodes = [...new Map(kernels.map((event) => [nodeName(event), event]))].map(([name, { args }]): Node => {
    const place = args.provider === CPU && provider !== 'cpu' ? 'cpu' : 'device'
    return { operator: args.op_name ?? '?', scope: name.replace(/_\d+$/, ''), place, milliseconds: onDevice.get(name) ?? called.get(name) ?? 0 }
  })
  return grouped(nodes)
}

function nodeName({ name }: Event): string {
  return name.slice(0, -KERNEL_TIME.length)
}

/** Milliseconds of the last run, by node: each has as many events in every run. */
function durations(events: readonly Event[], key: (event: Event) => string): ReadonlyMap<string, number> {
  const all = new Map<string, number[]>()
  for (const event of events) all.set(key(event), [...(all.get(key(event)) ?? []), event.dur / 1000])
  return new Map([...all].map(([name, times]) => [name, times.slice(-Math.max(1, Math.floor(times.length / RUNS))).reduce((sum, time) => sum + time)]))
}

/** One line for each operator and place, slowest first. */
function grouped(nodes: readonly Node[]): readonly Placement[] {
  const groups = new Map<string, Node[]>()
  for (const node of nodes) {
    const key = `${node.place} ${node.operator}`
    groups.set(key, [...(groups.get(key) ?? []), node])
  }
  return [...groups.values()]
    .map((group): Placement => ({
      operator: group[0].operator,
      place: group[0].place,
      count: group.length,
      milliseconds: group.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
      scopes: [...new Set(group.map(({ scope }) => scope))],
    }))
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
}
