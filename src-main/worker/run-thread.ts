import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadData, WorkerMessage } from '@shared/protocol/training'
import { ControlQueue } from './control'
import { probeJob } from './probe'
import { runJob } from './run'
import { measureSpeed } from './speed'

/** Entry of a worker thread: one run, then the thread ends by itself. It is never terminated from outside, because
 *  ending a thread inside ONNX Runtime aborts the whole process. */
const port = parentPort
if (port === null) throw new Error('this file is the entry of a worker thread')
const control = new ControlQueue()
port.on('message', (message: WorkerMessage) => {
  if (message.type === 'throw') throw new Error('a fault made on purpose')
  control.push(message)
})
const data = workerData as ThreadData
if ('run' in data) await runJob(data.run, control, (event) => port.postMessage(event))
else port.postMessage('probe' in data ? await probeJob(data.probe) : await measureSpeed(data.speed))
port.close()
