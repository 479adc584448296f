import progress from 'cli-progress'
import { formatIssue } from '@shared/locales/issues'
import { RUN_STATUS_WORDS } from '@shared/locales/run-status'
import { describeEnd, type CoreEvent } from '@main/core'
import type { RunDisplay } from './display'
import { showCount, showDuration, showValue } from './numbers'
import { RunProgress } from './run-progress'
import { describeChoice } from './choice-text'
import { describeMemory } from './memory-text'
import type { Screen } from './screen'
import { TEXT } from './text'

/** Fast runs end hundreds of epochs a second: so many milliseconds lie between two lines, but for the last epoch's. */
const LINE_MILLISECONDS = 1000

/** For people: a bar at the bottom where the errors' stream is a terminal, a line for epochs, the result at the end. */
export class TerminalDisplay implements RunDisplay {
  readonly #progress = new RunProgress()
  #bars: progress.MultiBar | null = null
  #bar: progress.SingleBar | null = null
  #linedAt = -Infinity

  constructor(
    private readonly screen: Screen,
    /** Milliseconds of a steady clock. */
    private readonly now: () => number,
  ) {}

  show(event: CoreEvent): void {
    this.#progress.take(event)
    switch (event.type) {
      case 'prepared':
        this.#line(this.#describeFacts())
        if (event.facts.choice) this.#line(describeChoice(this.screen, event.facts.choice))
        if (event.facts.memory !== undefined) this.#line(describeMemory(this.screen, event.facts.memory))
        this.#openBar()
        return
      case 'points':
        this.#updateBar()
        return
      case 'evaluated':
        this.#updateBar()
        this.#lineOfEpoch()
        return
      case 'finished':
        this.close()
        this.#summarize(event)
        return
      case 'failed':
        this.close()
        this.screen.reportIssues(event.issues)
        return
      case 'crashed':
        this.close()
        this.screen.remark(`${this.screen.say(TEXT.bug)}\n${event.stack}`)
        return
      case 'lost':
        this.close()
        this.screen.remark(this.screen.say(TEXT.lost, { reason: describeEnd(event.end) }))
        if (event.issues.length > 0) this.screen.reportIssues(event.issues)
        this.screen.remark(this.screen.say(TEXT.resumeHint, { run: event.runId }))
        return
      case 'checkpoint':
      case 'paused':
      case 'resumed':
      case 'learningRateChanged':
      case 'diagnostics':
      // Pictures are for windows.
      case 'pictures':
      case 'snapshot':
        return
    }
  }

  close(): void {
    // Writes the lines that wait for the bar's next drawing.
    this.#bars?.update()
    this.#bar?.stop()
    this.#bars?.stop()
    this.#bar = this.#bars = null
  }

  #describeFacts(): string {
    const { facts } = this.#progress
    if (facts === null) return ''
    return this.screen.say(TEXT.prepared, {
      train: showCount(facts.rows.train),
      validation: showCount(facts.rows.validation),
      test: showCount(facts.rows.test),
      parameters: showCount(facts.parameters),
      device: facts.device,
      threads: facts.threads,
    })
  }

  #openBar(): void {
    const { errors } = this.screen.streams
    if (!errors.isTTY) return
    this.#bars = new progress.MultiBar({
      stream: errors,
      format: '{bar} {percentage}% {words}',
      barsize: Math.max(8, Math.min(24, errors.columns - 80)),
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
      // Interrupts are the run's to answer.
      gracefulExit: false,
    })
    this.#bar = this.#bars.create(this.#progress.facts?.totalSteps ?? 0, this.#progress.step, { words: '' })
  }

  #updateBar(): void {
    if (this.#bar === null) return
    const { step, epoch, epochs, latest, evaluated, samplesPerSecond, secondsLeft } = this.#progress
    const metrics = [...pick(latest, (key) => key.startsWith('train.')), ...pick(evaluated, (key) => key.startsWith('val.'))]
    const speed = samplesPerSecond === null ? [] : [`${showCount(samplesPerSecond)} ${this.screen.say(TEXT.samplesPerSecond)}`]
    const left = secondsLeft === null ? [] : [`${showDuration(secondsLeft)} ${this.screen.say(TEXT.timeLeft)}`]
    // The terminal cuts what does not fit: metrics, the last of them first.
    const words = [`${this.screen.say(TEXT.epoch)} ${String(Math.min(epoch + 1, epochs))}/${String(epochs)}`, ...left, ...speed, ...metrics]
    this.#bar.update(step, { words: words.join(' · ') })
  }

  #lineOfEpoch(): void {
    const { epoch, epochs, evaluated } = this.#progress
    const now = this.now()
    if (now - this.#linedAt < LINE_MILLISECONDS && epoch < epochs) return
    this.#linedAt = now
    const metrics = pick(evaluated, (key) => /^(epoch|val)\./.test(key)).map((each) => each.replace(/^epoch\./, 'train.'))
    this.#line(`${this.screen.say(TEXT.epoch)} ${String(epoch).padStart(String(epochs).length)}/${String(epochs)}  ${metrics.join('  ')}`)
  }

  #line(text: string): void {
    if (this.#bars === null) this.screen.remark(text)
    else this.#bars.log(`${text}\n`)
  }

  #summarize(event: Extract<CoreEvent, { type: 'finished' }>): void {
    const { screen } = this
    screen.print(`${screen.say(RUN_STATUS_WORDS[event.status])}  ${event.runId}`)
    screen.print(
      screen.say(TEXT.finished, {
        epochs: event.epoch,
        steps: showCount(event.step),
        seconds: showValue(event.seconds),
        rate: showCount(event.seconds > 0 ? event.samples / event.seconds : 0),
      }),
    )
    // That all epochs are done says the line above.
    if (event.reason !== null && event.reason.code !== 'stopped-epochs') screen.print(formatIssue(event.reason, screen.language))
    if (event.restored !== null) screen.print(screen.say(TEXT.restored, { step: showCount(event.restored) }))
    if (Object.keys(event.final).length > 0) screen.print(pick(event.final, () => true).join('  '))
    if (event.status !== 'done') screen.print(screen.say(TEXT.resumeHint, { run: event.runId }))
  }
}

function pick(metrics: Readonly<Record<string, number>>, wanted: (key: string) => boolean): readonly string[] {
  return Object.entries(metrics)
    .filter(([key]) => wanted(key))
    .map(([key, value]) => `${key} ${showValue(value)}`)
}
