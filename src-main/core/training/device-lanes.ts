import type { Text } from '@shared/catalog/definition'
import type { TextRequest } from '@shared/data/text'
import type { DeviceReport, Placements } from '@shared/protocol/devices'
import { isAccelerator } from '@shared/protocol/devices'
import type { FileFacts, ProbeResult, TrainingCommand, TrainingEvent, TrainingJob, TrainingMessage, WrittenText } from '@shared/protocol/training'
import { failure, issue, type Issue, type Result } from '@shared/spec/issue'
import { describeEnd, TrainingProcess, type ProcessEnd } from './process'

/** Runs on the CPU share one process, those on accelerators have another: drivers crash more often than processors. */
export type Lane = 'cpu' | 'accelerators'

const LANES: readonly Lane[] = ['cpu', 'accelerators']

export function laneOf(device: string): Lane {
  return isAccelerator(device) ? 'accelerators' : 'cpu'
}

export interface LanesOptions {
  /** Built entry, `out/main/training.js`. */
  readonly entry: string
  readonly onEvent: (event: TrainingEvent) => void
  /** The process of a lane died, with all that was in it. */
  readonly onEnd: (lane: Lane, end: ProcessEnd) => void
}

/** The training processes, and what is asked of them. */
export class DeviceLanes {
  readonly #processes: Readonly<Record<Lane, TrainingProcess>>
  readonly #pending = new Map<number, { readonly lane: Lane; readonly answer: (message: Answer | ProcessEnd) => void }>()
  #requests = 0
  #closed = false

  constructor(private readonly options: LanesOptions) {
    const open = (lane: Lane): TrainingProcess =>
      new TrainingProcess({ entry: options.entry, onMessage: (message) => this.#receive(message), onEnd: (end) => this.#ended(lane, end) })
    this.#processes = { cpu: open('cpu'), accelerators: open('accelerators') }
  }

  /** Processes that are there. */
  get pids(): readonly number[] {
    return LANES.flatMap((lane) => this.#processes[lane].pid ?? [])
  }

  /** After `close` nothing is sent: it would start a process that nobody ends. */
  send(lane: Lane, command: TrainingCommand): void {
    if (!this.#closed) this.#processes[lane].send(command)
  }

  /** A process that dies of it answers by that. */
  async devices(lane: Lane): Promise<readonly DeviceReport[]> {
    const answer = await this.#ask(lane, 'devices', (requestId) => ({ type: 'devices', requestId, of: lane }))
    return 'type' in answer ? answer.devices : [diedReport(lane, answer)]
  }

  /** How fast the job would train on its device. */
  async probe(job: TrainingJob): Promise<ProbeResult> {
    return resultOf(await this.#ask(laneOf(job.device), 'probed', (requestId) => ({ type: 'probe', requestId, job })))
  }

  /** How fast the model of the job's checkpoint answers on its device. */
  async speed(job: TrainingJob): Promise<ProbeResult> {
    return resultOf(await this.#ask(laneOf(job.device), 'probed', (requestId) => ({ type: 'speed', requestId, job })))
  }

  async placements(job: TrainingJob): Promise<Result<Placements>> {
    return resultOf(await this.#ask(laneOf(job.device), 'placed', (requestId) => ({ type: 'placements', requestId, job })))
  }

  /** `lane`: where the job's run trains, if it does. */
  async write(lane: Lane, job: TrainingJob, text: TextRequest): Promise<Result<WrittenText>> {
    return resultOf(await this.#ask(lane, 'written', (requestId) => ({ type: 'write', requestId, job, text })))
  }

  /** What the ONNX file is worth that teaches the job's run. */
  async judge(job: TrainingJob): Promise<Result<FileFacts>> {
    return resultOf(await this.#ask('cpu', 'judged', (requestId) => ({ type: 'judge', requestId, job })))
  }

  /** Resident bytes of all training processes. */
  async memory(): Promise<number> {
    const sizes = await Promise.all(
      LANES.map(async (lane) => {
        if (this.#processes[lane].pid === null) return 0
        const answer = await this.#ask(lane, 'memory', (requestId) => ({ type: 'memory', requestId }))
        return 'type' in answer ? answer.bytes : 0
      }),
    )
    return sizes.reduce((sum, size) => sum + size)
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(LANES.map(async (lane) => await this.#processes[lane].close()))
    for (const lane of LANES) this.#answerAll(lane, CLOSED)
  }

  async #ask<T extends Answer['type']>(lane: Lane, type: T, command: (requestId: number) => TrainingCommand): Promise<AnswerOf<T> | ProcessEnd> {
    if (this.#closed) return CLOSED
    const requestId = ++this.#requests
    const answer = await new Promise<Answer | ProcessEnd>((resolve) => {
      this.#pending.set(requestId, { lane, answer: resolve })
      this.send(lane, command(requestId))
    })
    if (!('type' in answer) || isAnswer(answer, type)) return answer
    throw new Error(`the training process answered by ${answer.type} where ${type} was asked for`)
  }

  #receive(message: TrainingMessage): void {
    switch (message.type) {
      case 'ready':
        return
      case 'devices':
      case 'memory':
      case 'probed':
      case 'placed':
      case 'written':
      case 'judged':
        this.#pending.get(message.requestId)?.answer(message)
        this.#pending.delete(message.requestId)
        return
      default:
        return this.options.onEvent(message)
    }
  }

  /** Nothing is asked again: if a self-test killed the process, it would kill the next one too. */
  #ended(lane: Lane, end: ProcessEnd): void {
    this.#answerAll(lane, end)
    this.options.onEnd(lane, end)
  }

  #answerAll(lane: Lane, end: ProcessEnd): void {
    for (const [requestId, { lane: asked, answer }] of [...this.#pending]) {
      if (asked !== lane) continue
      this.#pending.delete(requestId)
      answer(end)
    }
  }
}

/** What those hear who wait while the lanes are closed. */
const CLOSED: ProcessEnd = { code: 0, signal: null, error: null }

type Answer = Extract<TrainingMessage, { readonly type: 'devices' | 'memory' | 'probed' | 'placed' | 'written' | 'judged' }>
type AnswerOf<T extends Answer['type']> = Extract<Answer, { readonly type: T }>

function isAnswer<T extends Answer['type']>(answer: Answer, type: T): answer is AnswerOf<T> {
  return answer.type === type
}

/** What a process answered; a process that died of the question answers by that. */
function resultOf<T>(answer: { readonly result: Result<T> } | ProcessEnd): Result<T> {
  return 'result' in answer ? answer.result : failure(endIssue(answer))
}

const PROCESS_TITLES: Readonly<Record<Lane, Text>> = {
  cpu: { en: 'Training process', 'zh-CN': '训练进程' },
  accelerators: { en: 'Training process of accelerators', 'zh-CN': '加速器的训练进程' },
}

/** In place of the devices of a process that did not survive their self-tests. */
function diedReport(lane: Lane, end: ProcessEnd): DeviceReport {
  return { id: `training-process-${lane}`, title: PROCESS_TITLES[lane], available: false, version: '', reasons: [endIssue(end)], enable: null, unverified: false }
}

function endIssue(end: ProcessEnd): Issue {
  return issue('engine-process-ended', [], { end: describeEnd(end) })
}
