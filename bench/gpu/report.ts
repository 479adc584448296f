import { cpus } from 'node:os'
import type { DeviceReport, Placements } from '@shared/protocol/devices'
import { formatIssue } from '@shared/locales/issues'
import type { Result } from '@shared/spec/issue'
import { ratios, short, spread, summarize } from '../throughput/report'
import type { ReferenceModel } from '../throughput/models'
import type { Results } from '../throughput/rounds'
import { OP_TOLERANCE, type OpError } from './ops'

/** Operators of a model that are named: the slowest. */
const SHOWN = 4

export interface DeviceFindings {
  readonly report: DeviceReport
  readonly ops: readonly OpError[]
  /** How the process ended that looked at the ops, where it did not come to their end. */
  readonly opsEnded: string | null
  /** By model. */
  readonly steps: ReadonlyMap<string, Result<Placements>>
}

export interface Conditions {
  readonly peer: string | null
  readonly rounds: number
  readonly seconds: number
  readonly threads: number
}

/** A part for docs/performance.md. */
export function markdown(findings: readonly DeviceFindings[], models: readonly ReferenceModel[], results: Results, { peer, rounds, seconds, threads }: Conditions): string {
  const names = [...findings.map(({ report }) => report.id), 'onnx-cpu', ...(peer === null ? [] : [peer])]
  const rows = models.map(({ name: model }) => [model, ...names.map((name) => rateOf(results, name, model)), ...findings.map(({ report }) => ratioOf(results, report.id, peer ?? 'onnx-cpu', model))])
  return [
    '## Graphics processors',
    '',
    `${cpus()[0].model.trim()}; ${findings.map(({ report }) => `${report.id} ${report.version}`).join(', ')}${peer === null ? '' : `; ${peer}`}. Samples per second, medians of ${rounds} interleaved rounds of ${seconds} s (CPU: ${threads} threads), and ratios with their range.`,
    '',
    ...table(['model', ...names, ...findings.map(({ report }) => `${report.id} ÷ ${peer ?? 'onnx-cpu'}`)], rows),
    ...findings.flatMap(deviceLines),
  ].join('\n')
}

function deviceLines({ report, ops, opsEnded, steps }: DeviceFindings): string[] {
  const wrong = ops.filter(({ error }) => !(error < OP_TOLERANCE))
  const worst = ops.toSorted((a, b) => b.error - a.error).at(0)
  return [
    '',
    `### ${report.id}`,
    '',
    `Ops: ${ops.length - wrong.length} of ${ops.length} within ${OP_TOLERANCE} of float64 and onnx-cpu${worst === undefined ? '' : ` (farthest: ${worst.op}, ${worst.error.toExponential(1)})`}.`,
    ...wrong.map(({ op, error }) => `- **${op} is wrong: ${error.toExponential(1)}**`),
    ...(opsEnded === null ? [] : [`- **The process ended with ${opsEnded}**`]),
    '',
    ...table(['model', 'ms in operators', 'nodes on the CPU', 'slowest operators'], [...steps].map(([model, step]) => stepRow(model, step))),
  ]
}

function stepRow(model: string, step: Result<Placements>): string[] {
  if (!step.ok) return [model, '–', '–', step.issues.map((each) => formatIssue(each, 'en')).join(' ')]
  const { placements } = step.value
  const total = placements.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const nodes = placements.reduce((sum, { count }) => sum + count, 0)
  const away = placements.filter(({ place }) => place === 'cpu')
  const share = ({ operator, milliseconds }: Placements['placements'][number]): string => `${operator} ${Math.round((100 * milliseconds) / total)}%`
  return [model, total.toFixed(2), `${away.reduce((sum, { count }) => sum + count, 0)} of ${nodes}`, placements.slice(0, SHOWN).map(share).join(', ')]
}

function rateOf(results: Results, name: string, model: string): string {
  const rate = summarize((results.get(`${name}/${model}`) ?? []).filter((value) => value !== null))
  return rate === null ? '–' : short(rate.median)
}

function ratioOf(results: Results, name: string, other: string, model: string): string {
  const ratio = summarize(ratios(results.get(`${name}/${model}`) ?? [], results.get(`${other}/${model}`) ?? []))
  return ratio === null ? '–' : spread(ratio)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)]
}
