import type { SplitOptions } from '@shared/catalog/datasets/split-options'
import { permutation, type RandomSource } from '@shared/lib/random'
import { refuse } from '@shared/spec/issue'

export interface RowsToSplit {
  /** Rows of the source that may be used, ascending. */
  readonly rows: Int32Array
  /** Rows from here on are the fixed test part. */
  readonly testFrom?: number
  /** Class of every row of the source; null where it has none, or one at each of many positions. */
  readonly labels: Int32Array | null
  readonly classNames: readonly string[]
}

/** Rows of the source in each part. Disjoint; empty where the part was not asked for. */
export interface SplitRows {
  readonly train: Int32Array
  readonly validation: Int32Array
  readonly test: Int32Array
}

const PATH = ['dataset', 'split']

/**
 * Divides rows by ratio. Sizes are rounded to the nearest row; training gets what is left unless `train` says less.
 * Stratified parts hold each class in proportion (largest remainder) and leave at least one row of every class to
 * training. Refuses ratios above 1 in total, a part that would be empty, and training rows without one of the classes.
 */
export function splitRows(source: RowsToSplit, options: SplitOptions, random: RandomSource): SplitRows {
  const testFrom = source.testFrom ?? Infinity
  const free = source.rows.filter((row) => row < testFrom)
  const fixedTest = source.rows.filter((row) => row >= testFrom)
  checkRatios(options, source.testFrom !== undefined)
  if (options.stratified === true && source.labels === null) refuse('data-split-stratified-values', [...PATH, 'stratified'])

  const stratified = source.labels !== null && (options.stratified ?? true)
  const order = options.shuffle ? permutation(free.length, random) : Int32Array.from(free.keys())
  const strata = stratified && source.labels !== null ? strataOf(free, source.labels) : { of: new Int32Array(free.length), sizes: [free.length] }
  const parts = dealRows(free, order, strata, options)

  const test = source.testFrom === undefined ? parts.test : fixedTest
  const classes = stratified ? strata.sizes.length : 0
  requireRows('train', parts.train, options.train ?? 1 - options.validation - options.test, free.length, classes)
  requireRows('validation', parts.validation, options.validation, free.length, classes)
  requireRows('test', test, source.testFrom === undefined ? options.test : 1, source.rows.length, classes)
  if (source.labels !== null) requireClasses(source, source.labels, parts.train)
  return { train: parts.train, validation: parts.validation, test }
}

function checkRatios(options: SplitOptions, hasFixedTest: boolean): void {
  if (hasFixedTest && options.test > 0) refuse('data-split-fixed-test', [...PATH, 'test'])
  const total = (options.train ?? 0) + options.validation + options.test
  if (total > 1 + 1e-9) refuse('data-split-ratios', PATH, { total: Number(total.toFixed(6)) })
}

interface Strata {
  /** Stratum of each free row. */
  readonly of: Int32Array
  readonly sizes: readonly number[]
}

/** One stratum per class that occurs. */
function strataOf(rows: Int32Array, labels: Int32Array): Strata {
  const numbers = new Map<number, number>()
  const sizes: number[] = []
  const of = rows.map((row) => {
    const label = labels[row]
    const known = numbers.get(label)
    const stratum = known ?? numbers.size
    if (known === undefined) numbers.set(label, stratum)
    sizes[stratum] = (sizes[stratum] ?? 0) + 1
    return stratum
  })
  return { of, sizes }
}

function dealRows(free: Int32Array, order: Int32Array, strata: Strata, options: SplitOptions): SplitRows {
  const total = free.length
  const spare = (taken: readonly (readonly number[])[]): number[] =>
    strata.sizes.map((size, stratum) => size - 1 - taken.reduce((sum, each) => sum + each[stratum], 0))
  const validation = allocate(Math.round(total * options.validation), strata.sizes, spare([]))
  const test = allocate(Math.round(total * options.test), strata.sizes, spare([validation]))
  const rest = strata.sizes.map((size, stratum) => size - validation[stratum] - test[stratum])
  const train = options.train === undefined ? rest : allocateTraining(Math.round(total * options.train), strata.sizes, rest)

  const parts = { train: new Int32Array(sum(train)), validation: new Int32Array(sum(validation)), test: new Int32Array(sum(test)) }
  const filled = { train: 0, validation: 0, test: 0 }
  const left = { train: [...train], validation: [...validation], test: [...test] }
  for (const at of order) {
    const stratum = strata.of[at]
    for (const part of ['train', 'validation', 'test'] as const) {
      if (left[part][stratum] === 0) continue
      left[part][stratum]--
      parts[part][filled[part]++] = free[at]
      break
    }
  }
  return parts
}

/** Training rows per stratum: at least one of each, otherwise in proportion. */
function allocateTraining(wanted: number, sizes: readonly number[], limits: readonly number[]): number[] {
  const ones = limits.map((limit) => Math.min(1, limit))
  const more = allocate(Math.max(0, wanted - sum(ones)), sizes, limits.map((limit, stratum) => limit - ones[stratum]))
  return ones.map((one, stratum) => one + more[stratum])
}

/**
 * Divides `wanted` rows among strata in proportion to their sizes, at most `limits` of each: the floor of every quota,
 * then one more to the largest remainders, then whatever limits cut off to any stratum with room.
 */
function allocate(wanted: number, sizes: readonly number[], limits: readonly number[]): number[] {
  const total = Math.max(1, sum(sizes))
  const quotas = sizes.map((size) => (wanted * size) / total)
  const counts = quotas.map((quota, stratum) => Math.max(0, Math.min(Math.floor(quota), limits[stratum])))
  const byRemainder = quotas.map((quota, stratum) => ({ stratum, remainder: quota - Math.floor(quota) })).sort((a, b) => b.remainder - a.remainder || a.stratum - b.stratum)
  let open = wanted - sum(counts)
  for (let moved = true; open > 0 && moved; ) {
    moved = false
    for (const { stratum } of byRemainder) {
      if (open === 0) break
      if (counts[stratum] >= limits[stratum]) continue
      counts[stratum]++
      open--
      moved = true
    }
  }
  return counts
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** `classes` that each keep a row for training; 0 where the split does not look at them. */
function requireRows(part: keyof SplitRows, rows: Int32Array, ratio: number, total: number, classes: number): void {
  if (rows.length > 0 || (ratio <= 0 && part !== 'train')) return
  if (Math.round(total * ratio) > 0 && classes > 0) refuse('data-split-classes', [...PATH, part], { part, rows: total, classes })
  refuse('data-split-empty', part === 'train' ? PATH : [...PATH, part], { part, ratio: Number(ratio.toFixed(6)), rows: total })
}

function requireClasses(source: RowsToSplit, labels: Int32Array, train: Int32Array): void {
  const trained = new Set<number>()
  for (const row of train) trained.add(labels[row])
  const used = new Set<number>()
  for (const row of source.rows) used.add(labels[row])
  for (const label of used) {
    if (!trained.has(label)) refuse('data-class-not-in-training', PATH, { class: source.classNames[label] ?? label })
  }
}
