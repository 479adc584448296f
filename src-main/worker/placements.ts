import type { MemoryNeed } from '@shared/compile'
import { messageOf } from '@shared/lib/message-of'
import type { Placements } from '@shared/protocol/devices'
import type { TrainingJob } from '@shared/protocol/training'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import { explained, prepare } from './run'

/** Where the operators of a job's training step run. Nothing of the job is kept. */
export async function placementsOfJob(job: TrainingJob): Promise<Result<Placements>> {
  let need: MemoryNeed | null = null
  try {
    const prepared = await prepare(job, (found) => (need = found))
    if (!prepared.ok) return prepared
    const { trainer, facts } = prepared.value
    try {
      await trainer.reset()
      return success({ device: facts.device, placements: await trainer.placements() })
    } finally {
      await trainer.dispose()
    }
  } catch (error) {
    const reason = messageOf(error)
    return failure(...(explained(error, need, job.device) ?? [issue('run-crashed', [], { reason })]))
  }
}
