import { formatIssue } from '@shared/locales/issues'
import { RUN_STATUS_WORDS } from '@shared/locales/run-status'
import { describeEnd, type CoreEvent } from '@main/core'
import { BottomBar } from './bottom-bar'
import type { RunDisplay } from './display'
import { showCount, showDuration, showValue } from './numbers'
import { RunProgress } from './run-progress'
import { describeChoice } from './choice-text'
import { describeMemory } from './memory-text'
import type { Screen } from './screen'
import { TEXT } from './text'

/** Fast runs end hundreds of epochs a second: so many milliseconds lie between two lines, but for the last epoch's. */
const LINE_MILLISECONDS = 1000

/** Of a run beside others: what its lines begin with, and the bar that all of them share. */
interface Among {
  readonly title: string
  readonly bar: BottomBar
}

/**
 * For people: a bar at the bottom where the errors' stream is a terminal, a line for epochs, the result at the end. Of a run
 * among others the result is a line, too, and why it failed is left to whoever started them.
 */
export class TerminalDisplay implements RunDisplay {
  readonly #progress = new RunProgress()
  readonly #bar: BottomBar
  #linedAt = -Infinity

  constructor(
    private readonly screen: Screen,
    /** Milliseconds of a steady clock. */
    private readonly now: () => number,
    private readonly among: Among | null = null,
  ) {
    this.#bar = among?.bar ?? new BottomBar(screen)
  }

  show(event: CoreEvent): void {
    this.#progress.take(event)
    switch (event.type) {
      case 'prepared':
        this.#line(this.#describeFacts())
        if (event.facts.choice) this.#line(describeChoice(this.screen, event.facts.choice))
        if (event.facts.memory !== undefined) this.#line(describeMemory(this.screen, event.facts.memory))
        this.#updateBar()
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
        if (this.among === null) this.screen.reportIssues(event.issues)
        else this.#line(`${this.screen.say(RUN_STATUS_WORDS.failed)}  ${event.runId}`)
        return
      case 'crashed':
        this.close()
        this.#line(`${this.screen.say(TEXT.bug)}\n${event.stack}`)
        return
      case 'lost':
        this.close()
        this.#line(this.screen.say(TEXT.lost, { reason: describeEnd(event.end) }))
        if (this.among === null) this.screen.reportIssues(event.issues)
        this.#line(this.screen.say(TEXT.resumeHint, { run: event.runId }))
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
    this.#bar.close(this)
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

  #updateBar(): void {
    const { facts, step, epoch, epochs, latest, evaluated, samplesPerSecond, secondsLeft } = this.#progress
    const metrics = [...pick(latest, (key) => key.startsWith('train.')), ...pick(evaluated, (key) => key.startsWith('val.'))]
    const speed = samplesPerSecond === null ? [] : [`${showCount(samplesPerSecond)} ${this.screen.say(TEXT.samplesPerSecond)}`]
    const left = secondsLeft === null ? [] : [`${showDuration(secondsLeft)} ${this.screen.say(TEXT.timeLeft)}`]
    // The terminal cuts what does not fit: metrics, the last of them first.
    const words = [...(this.among === null ? [] : [this.among.title]), `${this.screen.say(TEXT.epoch)} ${String(Math.min(epoch + 1, epochs))}/${String(epochs)}`, ...left, ...speed, ...metrics]
    this.#bar.update(this, facts?.totalSteps ?? 0, step, words.join(' · '))
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
    this.#bar.line(this.among === null ? text : `${this.among.title}: ${text}`)
  }

  #summarize(event: Extract<CoreEvent, { type: 'finished' }>): void {
    const { screen } = this
    const print = (text: string): void => {
      if (this.among === null) screen.print(text)
      else this.#line(text)
    }
    print(`${screen.say(RUN_STATUS_WORDS[event.status])}  ${event.runId}`)
    print(
      screen.say(TEXT.finished, {
        epochs: event.epoch,
        steps: showCount(event.step),
        seconds: showValue(event.seconds),
        rate: showCount(event.seconds > 0 ? event.samples / event.seconds : 0),
      }),
    )
    // That all epochs are done says the line above.
    if (event.reason !== null && event.reason.code !== 'stopped-epochs') print(formatIssue(event.reason, screen.language))
    if (event.restored !== null) print(screen.say(TEXT.restored, { step: showCount(event.restored) }))
    if (Object.keys(event.final).length > 0) print(pick(event.final, () => true).join('  '))
    if (event.status !== 'done') print(screen.say(TEXT.resumeHint, { run: event.runId }))
  }
}

function pick(metrics: Readonly<Record<string, number>>, wanted: (key: string) => boolean): readonly string[] {
  return Object.entries(metrics)
    .filter(([key]) => wanted(key))
    .map(([key, value]) => `${key} ${showValue(value)}`)
}
