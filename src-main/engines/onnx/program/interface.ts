import type { Program, StateEntry } from '@shared/compile/program'
import type { Tensor } from '@shared/graph'

/** Names of the compiled model's inputs and outputs. */
export const ROWS = 'rows'
export const COUNT = 'count'
export const stateName = (entry: string): string => `state/${entry}`
export const nextStateName = (entry: string): string => `next/${entry}`
export const tableName = (table: string): string => `table/${table}`
export const stepName = (input: string): string => `step/${input}`
export const outputName = (output: string): string => `output/${output}`

/** How a step's rows reach it. */
export type RowAccess =
  /** Gathered from the tables by row numbers. */
  | 'gather'
  /** The batch is the whole table in its own order: taken as it is. */
  | 'table'

export type ChangedEntry = StateEntry & { readonly next: Tensor }

/** Entries that the step changes: they go around the loop. The others stay outside it. */
export function changedEntries(program: Program): ChangedEntry[] {
  return program.state.filter((entry): entry is ChangedEntry => entry.next !== null)
}

/** The tensors that the step has to compute. */
export function resultsOf(program: Program): Tensor[] {
  return [...changedEntries(program).map((entry) => entry.next), ...program.outputs.map((output) => output.tensor)]
}
