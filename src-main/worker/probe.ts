import { messageOf } from '@shared/lib/message-of'
import type { ProbeResult, TrainingJob } from '@shared/protocol/training'
import { failure, issue, success } from '@shared/spec/issue'
import { Pace } from './pace'
import { prepare } from './run'

/** Until kernels are compiled, memory is allocated and the processor is at its pace. */
const WARM_UP_SECONDS = 0.3
const MEASURED_SECONDS = 0.7

/** How fast a job's device makes steps of its very program. Nothing of it is kept. */
export async function probeJob(job: TrainingJob): Promise<ProbeResult> {
  try {
    const prepared = await prepare(job, () => undefined)
    if (!prepared.ok) return prepared
    const { trainer } = prepared.value
    try {
      await trainer.reset()
      const pace = new Pace(null)
      const run = async (seconds: number): Promise<{ readonly samples: number; readonly seconds: number }> => {
        const [began, before] = [performance.now(), trainer.samples]
        for (;;) {
          const from = performance.now()
          const { count } = await trainer.advance(pace.steps)
          pace.measured(count, (performance.now() - from) / 1000)
          const passed = (performance.now() - began) / 1000
          if (passed >= seconds || trainer.step >= trainer.totalSteps) return { samples: trainer.samples - before, seconds: passed }
        }
      }
      const warm = await run(WARM_UP_SECONDS)
      const measured = trainer.step < trainer.totalSteps ? await run(MEASURED_SECONDS) : warm
      return success({ samplesPerSecond: measured.samples / measured.seconds })
    } finally {
      await trainer.dispose()
    }
  } catch (error) {
    return failure(issue('engine-failed', [], { reason: messageOf(error) }))
  }
}
