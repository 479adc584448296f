import type { Fusion } from '../lowering'

/** In order of preference. */
export const FUSIONS: readonly Fusion[] = []
