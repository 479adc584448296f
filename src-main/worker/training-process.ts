import { join } from 'node:path'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { Fault, FileFacts, GivenModel, ProbeResult, ThreadData, TrainingCommand, TrainingEvent, TrainingJob, TrainingMessage, WorkerMessage, WrittenText } from '@shared/protocol/training'
import type { TextRequest } from '@shared/data/text'
import { isAccelerator, type Placements } from '@shared/protocol/devices'
import { failure, issue, type Result } from '@shared/spec/issue'
import { listDevices } from '@main/engines'

// Entry of the training process: native code runs here and in its threads only, so that a crash takes down neither the
// core nor the history. One worker thread for each run.

/** Both are entries of the main build and lie side by side. */
const WORKER = join(import.meta.dirname, 'worker.js')

const workers = new Map<string, Worker>()
/** Threads that only look at a job. */
let looks = 0

function send(message: TrainingMessage): void {
  process.send?.(message)
}

function start(job: TrainingJob): void {
  const worker = new Worker(WORKER, { workerData: { run: job } satisfies ThreadData })
  let ended = false
  workers.set(job.runId, worker)
  worker.on('message', (event: TrainingEvent) => {
    if (event.type === 'finished' || event.type === 'failed' || event.type === 'crashed') ended = true
    send(event)
  })
  worker.on('error', (error: Error) => {
    ended = true
    send({ type: 'crashed', runId: job.runId, message: error.message, stack: error.stack ?? '' })
  })
  worker.on('exit', (code) => {
    workers.delete(job.runId)
    if (!ended) send({ type: 'crashed', runId: job.runId, message: `the worker thread ended with code ${code}`, stack: '' })
  })
}

/** In a thread of its own, as a run: two sessions of some providers in one thread take each other down. */
async function look<T>(workerData: ThreadData, failed: (reason: string) => T): Promise<T> {
  return await new Promise((resolve) => {
    const worker = new Worker(WORKER, { workerData })
    looks += 1
    worker.on('message', (result: T) => resolve(result))
    worker.on('error', (error: Error) => resolve(failed(error.message)))
    worker.on('exit', (code) => {
      looks -= 1
      resolve(failed(`the thread ended with code ${code}`))
    })
  })
}

async function measured(workerData: ThreadData): Promise<ProbeResult> {
  return await look<ProbeResult>(workerData, (reason) => failure(issue('engine-failed', [], { reason })))
}

async function placements(job: TrainingJob): Promise<Result<Placements>> {
  return await look<Result<Placements>>({ placements: job }, (reason) => failure(issue('run-crashed', [], { reason })))
}

/** The model of a run as it is; null where its thread has ended, or ends before it could answer. */
async function modelOf(runId: string): Promise<GivenModel | null> {
  const worker = workers.get(runId)
  if (worker === undefined) return null
  const { port1, port2 } = new MessageChannel()
  return await new Promise((resolve) => {
    const settle = (model: GivenModel | null): void => {
      worker.off('exit', ended)
      port1.close()
      resolve(model)
    }
    const ended = (): void => settle(null)
    port1.on('message', settle)
    worker.on('exit', ended)
    worker.postMessage({ type: 'model', port: port2 } satisfies WorkerMessage<MessagePort>, [port2])
  })
}

/** In a thread of its own: the run trains on meanwhile. */
async function write(job: TrainingJob, text: TextRequest): Promise<Result<WrittenText>> {
  const given = await modelOf(job.runId)
  return await look<Result<WrittenText>>({ write: { job, text, given } }, (reason) => failure(issue('run-crashed', [], { reason })))
}

async function judged(job: TrainingJob): Promise<Result<FileFacts>> {
  return await look<Result<FileFacts>>({ judged: job }, (reason) => failure(issue('run-crashed', [], { reason })))
}

function strike(runId: string, fault: Fault): void {
  switch (fault) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL')
      return
    case 'abort':
      process.kill(process.pid, 'SIGABRT')
      return
    case 'segfault':
      process.kill(process.pid, 'SIGSEGV')
      return
    case 'throw':
      workers.get(runId)?.postMessage({ type: 'throw' } satisfies WorkerMessage<MessagePort>)
      return
    case 'terminate':
      void workers.get(runId)?.terminate()
  }
}

async function handle(command: TrainingCommand): Promise<void> {
  switch (command.type) {
    case 'start':
      return start(command.job)
    case 'control':
      workers.get(command.runId)?.postMessage(command.control satisfies WorkerMessage<MessagePort>)
      return
    case 'probe':
      return send({ type: 'probed', requestId: command.requestId, result: await measured({ probe: command.job }) })
    case 'speed':
      return send({ type: 'probed', requestId: command.requestId, result: await measured({ speed: command.job }) })
    case 'judge':
      return send({ type: 'judged', requestId: command.requestId, result: await judged(command.job) })
    case 'placements':
      return send({ type: 'placed', requestId: command.requestId, result: await placements(command.job) })
    case 'write':
      return send({ type: 'written', requestId: command.requestId, result: await write(command.job, command.text) })
    case 'fault':
      return strike(command.runId, command.fault)
    case 'devices':
      return send({ type: 'devices', requestId: command.requestId, devices: await listDevices((id) => isAccelerator(id) === (command.of === 'accelerators')) })
    case 'memory':
      return send({ type: 'memory', requestId: command.requestId, bytes: process.memoryUsage.rss() })
  }
}

process.on('message', (command: TrainingCommand) => void handle(command))
// Ctrl-C in a terminal reaches every process of its group: the core decides what becomes of the runs.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
// The core is gone: nothing that is still computed could be recorded. Leaving in order would end threads inside ONNX
// Runtime, which aborts the process with an error of its own.
process.on('disconnect', () => {
  if (workers.size + looks > 0) process.kill(process.pid, 'SIGKILL')
  process.exit(0)
})
send({ type: 'ready' })
