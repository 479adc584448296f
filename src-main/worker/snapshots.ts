import type { TrainingPlan } from '@shared/compile'
import { pictureShape, type PictureShape } from '@shared/data/picture-shape'
import type { PreparedData } from '@shared/data/types'
import type { Pictures, Snapshot } from '@shared/protocol/snapshot'
import type { TrainingEvent } from '@shared/protocol/training'
import type { ExperimentDocument } from '@shared/spec'
import type { ResidentTable } from '@main/engines/engine'
import { answerOf, errorOf, readAnswers, truthOf, type Answers } from './snapshots-answers'
import { encodePictures } from './snapshots-pictures'
import { shownPart, type ShownPart } from './snapshots-part'
import { GRID, planeGrid, planeSnapshot, type PlaneGrid } from './snapshots-plane'
import { planText, textSnapshot, type TextPlan } from './snapshots-text'
import type { Trainer } from './trainer'

/** Images whose answers are followed. */
const SAMPLES = 64
/** Worst errors shown at the end, and rows that are searched for them. */
const WORST = 24
const SEARCHED = 10_000
const BATCH = 64
/** Of the grid: its rows are two numbers each, and every dispatch costs. */
const PLANE_BATCH = (GRID * GRID) / 4
/** Names of the tables of the grid, and of windows of text. */
const PLANE = 'plane'
const TEXT = 'text'

/** Training seconds between two snapshots at least; more in long runs, so that the history grows with the logarithm of time. */
const LEAST_SECONDS = 0.5
const SHARE_OF_RUN = 0.01
/** A replay shall be a film however short the run was: so many snapshots come closer together if they must. */
const FRAMES = 24
/** Share of the time that snapshots may take, and the seconds that they may take of any run. */
const MOST_COST = 0.05
const ALLOWANCE_SECONDS = 0.2

/** How far a run is: seconds of training, updates of how many; seconds of its last snapshot and of all. */
interface Progress {
  readonly seconds: number
  readonly step: number
  readonly totalSteps: number
  readonly cost: number
  readonly spent: number
}

/** Seconds of training between two snapshots. */
export function pauseOf({ seconds, step, totalSteps, cost, spent }: Progress): number {
  const expected = (seconds * totalSteps) / Math.max(1, step)
  return Math.max(Math.min(LEAST_SECONDS, expected / FRAMES), SHARE_OF_RUN * seconds, spent < ALLOWANCE_SECONDS ? 0 : cost / MOST_COST)
}

/** What is worth showing of a run: a grid for two features, answers for images, probabilities for text, nothing for the rest. */
export type SnapshotPlan =
  | { readonly kind: 'plane'; readonly grid: PlaneGrid }
  | ({ readonly kind: 'pictures'; readonly shape: PictureShape } & ShownPart)
  | { readonly kind: 'text'; readonly text: TextPlan }

export function planSnapshots(document: ExperimentDocument, data: PreparedData): SnapshotPlan | null {
  const shown = shownPart(data)
  const text = planText(document, data, shown)
  if (text !== null) return { kind: 'text', text }
  const grid = planeGrid(data)
  if (grid !== null) return { kind: 'plane', grid }
  const shape = pictureShape(data.sampleShape, document.dataset)
  return shape === null ? null : { kind: 'pictures', shape, ...shown }
}

/** Tables that the engine must hold beside the data. */
export function snapshotTables(plan: SnapshotPlan | null): [string, ResidentTable][] {
  switch (plan?.kind) {
    case 'plane':
      return [[`${PLANE}.features`, { rows: GRID * GRID, rowShape: [2], data: plan.grid.features }]]
    case 'text':
      return [[`${TEXT}.features`, { rows: plan.text.rows, rowShape: [plan.text.codec.length], data: plan.text.windows }]]
    case 'pictures':
    case undefined:
      return []
  }
}

type Emit = (event: TrainingEvent) => void

/** Reports a run's answers now and then. Reads the model's state and changes nothing. */
export class Snapshots {
  #takenAt = -Infinity
  #takenStep = -1
  /** Seconds that the last one took; the first one's compilation does not count. */
  #cost = 0
  #spent = 0

  constructor(
    private readonly shown: SnapshotPlan,
    private readonly trainer: Trainer,
    private readonly emit: Emit,
    private readonly runId: string,
    private readonly now: () => number,
  ) {}

  /** At the start of a fresh run: the images, and what the untrained model says. */
  async begin(): Promise<void> {
    if (this.shown.kind === 'pictures') {
      const { part } = this.shown
      const rows = Array.from({ length: Math.min(SAMPLES, part.rows) }, (_, row) => row)
      this.#emitPictures('samples', rows, null, 0)
    }
    await this.take(0)
    this.#cost = 0
    this.#spent = 0
  }

  /** If it is time again after `seconds` of training. */
  async takeWhenDue(seconds: number): Promise<void> {
    const { step, totalSteps } = this.trainer
    const pause = pauseOf({ seconds, step, totalSteps, cost: this.#cost, spent: this.#spent })
    if (seconds - this.#takenAt >= pause) await this.take(seconds)
  }

  /** Unless this step was taken already. */
  async take(seconds: number): Promise<void> {
    const { trainer, runId } = this
    if (this.#takenStep === trainer.step) return
    const from = this.now()
    const snapshot = await this.#snapshot()
    this.#cost = this.now() - from
    this.#spent += this.#cost
    this.#takenAt = seconds
    this.#takenStep = trainer.step
    this.emit({ type: 'snapshot', runId, step: trainer.step, epoch: trainer.epoch, seconds, snapshot })
  }

  /** At the end: the last answers, and the worst errors. */
  async end(seconds: number): Promise<void> {
    await this.take(seconds)
    if (this.shown.kind !== 'pictures') return
    const { part } = this.shown
    const { data } = this.trainer
    const classes = data.target.kind === 'class'
    const answers = await this.#answers(this.shown.name, Math.min(part.rows, SEARCHED))
    const errors = Array.from({ length: Math.min(part.rows, SEARCHED) }, (_, row) => ({ row, error: errorOf(answers, row, truthOf(data, part.targets, row), classes) }))
    const worst = errors
      .filter(({ error }) => error > 0)
      .sort((a, b) => b.error - a.error || a.row - b.row)
      .slice(0, WORST)
      .map(({ row }) => row)
    this.#emitPictures('worst', worst, worst.map((row) => answerOf(answers, row, classes)), seconds)
  }

  async #snapshot(): Promise<Snapshot> {
    const { shown, trainer } = this
    if (shown.kind === 'plane') return planeSnapshot(shown.grid, await this.#answers(PLANE, GRID * GRID, PLANE_BATCH), this.#range(trainer.plan))
    if (shown.kind === 'text') {
      const { rows } = shown.text
      const answers = await this.#answers(TEXT, rows, Math.min(rows, BATCH))
      return await textSnapshot(shown.text, answers, { plan: trainer.plan, answer: async (sample) => await trainer.answer(sample) })
    }
    const count = Math.min(SAMPLES, shown.part.rows)
    const answers = await this.#answers(shown.name, count)
    const classes = trainer.data.target.kind === 'class'
    return { kind: 'answers', answers: Array.from({ length: count }, (_, sample) => answerOf(answers, sample, classes)) }
  }

  async #answers(part: string, rows: number, batch = BATCH): Promise<Answers> {
    const { output, last } = await this.trainer.predict(part, rows, batch)
    return readAnswers(this.trainer.plan, this.trainer.data, output, last)
  }

  /** Values are drawn on the scale of the training targets, so that colors keep their meaning. */
  #range({ data: { target } }: TrainingPlan): readonly [number, number] {
    if (target.kind === 'class') return [0, 1]
    const { data } = this.trainer
    let low = Infinity
    let high = -Infinity
    for (let row = 0; row < data.train.rows; row++) {
      const truth = truthOf(data, data.train.targets, row)
      low = Math.min(low, truth)
      high = Math.max(high, truth)
    }
    return [low, high]
  }

  #emitPictures(purpose: Pictures['purpose'], rows: readonly number[], answers: Pictures['answers'], seconds: number): void {
    if (this.shown.kind !== 'pictures') return
    const { shape, part, name } = this.shown
    const { data, step } = this.trainer
    const pictures: Pictures = {
      purpose,
      part: name,
      ...encodePictures(part, rows, shape, data.preprocessing),
      rows: rows.map((row) => part.source[row]),
      truths: rows.map((row) => truthOf(data, part.targets, row)),
      answers,
    }
    this.emit({ type: 'pictures', runId: this.runId, step, seconds, pictures })
  }
}
