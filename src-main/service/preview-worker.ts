import { parentPort } from 'node:worker_threads'
import type { DatasetPreview } from '@shared/protocol/contract'
import type { PreviewAnswer, PreviewJob } from './preview-thread'
import { previewOf } from './preview'

/** Entry of the thread that reads data sets for previews: parsing a large file must not hold up the host. */
const port = parentPort
if (port === null) throw new Error('this file is the entry of a worker thread')

port.on('message', (job: PreviewJob) => void answer(job))

async function answer({ id, dataset, ...context }: PreviewJob): Promise<void> {
  const message = await previewOf(dataset, context).then(
    (result): PreviewAnswer => ({ id, result }),
    (error: unknown): PreviewAnswer => ({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
  port?.postMessage(message, buffersOf(message))
}

function buffersOf(message: PreviewAnswer): ArrayBuffer[] {
  if ('error' in message || !message.result.ok) return []
  const { samples, points }: DatasetPreview = message.result.value
  return [samples.data, ...(points === null ? [] : [points.data, points.values])].map(({ buffer }) => buffer as ArrayBuffer)
}
