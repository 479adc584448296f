import progress from 'cli-progress'
import type { Screen } from './screen'

/**
 * A bar at the bottom of the errors' stream, where that is a terminal; lines go above it. Where several runs train at once
 * it shows one of them until that ends.
 */
export class BottomBar {
  #bars: progress.MultiBar | null = null
  #bar: progress.SingleBar | null = null
  #owner: object | null = null

  constructor(private readonly screen: Screen) {}

  /** Nothing happens while the bar shows another's progress. */
  update(owner: object, total: number, step: number, words: string): void {
    if (!this.screen.streams.errors.isTTY || (this.#owner ?? owner) !== owner) return
    this.#owner = owner
    this.#bars ??= this.#open()
    if (this.#bar === null) this.#bar = this.#bars.create(total, step, { words })
    else this.#bar.update(step, { words })
  }

  line(text: string): void {
    if (this.#bars === null) this.screen.remark(text)
    else this.#bars.log(`${text}\n`)
  }

  /** Gives the terminal back where the bar shows the owner's progress. */
  close(owner: object): void {
    if (this.#owner !== owner) return
    // Writes the lines that wait for the bar's next drawing.
    this.#bars?.update()
    this.#bar?.stop()
    this.#bars?.stop()
    this.#bar = this.#bars = this.#owner = null
  }

  #open(): progress.MultiBar {
    const { errors } = this.screen.streams
    return new progress.MultiBar({
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
  }
}
