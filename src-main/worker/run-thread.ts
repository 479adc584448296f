import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import type { ThreadData, WorkerMessage } from '@shared/protocol/training'
import { ControlQueue } from './control'
import { judgeTeacher } from './judge'
import { placementsOfJob } from './placements'
import { probeJob } from './probe'
import { runJob } from './run'
import { measureSpeed } from './speed'
import { writeText } from './write'

/** Entry of a worker thread: one run (or one look at a job), then the thread ends by itself. It is never terminated from outside, because
 *  ending a thread inside ONNX Runtime aborts the whole process. */
const port = parentPort
if (port === null) throw new Error('this file is the entry of a worker thread')
const control = new ControlQueue()
port.on('message', (message: WorkerMessage<MessagePort>) => {
  if (message.type === 'throw') throw new Error('a fault made on purpose')
  control.push(message.type === 'model' ? { type: 'model', give: (model) => message.port.postMessage(model) } : message)
})
const data = workerData as ThreadData
if ('run' in data) await runJob(data.run, control, (event) => port.postMessage(event))
else if ('probe' in data) port.postMessage(await probeJob(data.probe))
else if ('speed' in data) port.postMessage(await measureSpeed(data.speed))
else if ('write' in data) port.postMessage(await writeText(data.write.job, data.write.text, data.write.given))
else if ('judged' in data) port.postMessage(await judgeTeacher(data.judged))
else port.postMessage(await placementsOfJob(data.placements))
port.close()
