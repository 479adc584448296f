import { showBytes } from '@shared/lib/bytes'
import type { RunFacts } from '@shared/protocol/training'
import { issue, type Issue } from '@shared/spec/issue'
import { availableMemory } from './available-memory'
import type { ProcessEnd } from './process'

/** How a process ends that memory failed: killed by the system, or by its own runtime when that cannot allocate. */
const MEMORY_SIGNALS: readonly string[] = ['SIGKILL', 'SIGABRT', 'SIGTRAP', 'SIGILL']

/** Systems refuse another process, or end what takes the last of the memory: said where the run was large enough for that. */
export function endIssues({ signal, error }: ProcessEnd, facts: RunFacts | null): readonly Issue[] {
  if (error !== null) return [issue('run-process', [], { reason: error })]
  const memory = availableMemory()
  const estimate = facts?.memory?.total ?? 0
  if (signal === null || !MEMORY_SIGNALS.includes(signal) || estimate < memory / 2) return []
  return [issue('run-killed', ['training', 'batchSize'], { signal, estimate: showBytes(estimate), memory: showBytes(memory) })]
}
