import { join } from 'node:path'
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { z } from 'zod'
import { JsonFile } from '@main/service/json-file'

const schema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  maximized: z.boolean(),
})

const FIRST_SIZE = { width: 1440, height: 900 }
const SETTLED_MILLISECONDS = 500

/** Where the window was last time. */
export class WindowState {
  #timer: NodeJS.Timeout | null = null

  private constructor(private readonly file: JsonFile<z.ZodNullable<typeof schema>>) {}

  static async open(dataDirectory: string, now: () => number): Promise<WindowState> {
    return new WindowState(await JsonFile.open(join(dataDirectory, 'window.json'), schema.nullable(), null, now))
  }

  /** Bounds to open with: a place that no screen shows any more is forgotten. */
  get bounds(): Partial<Rectangle> {
    const kept = this.file.value?.bounds
    if (kept === undefined) return FIRST_SIZE
    return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, kept)) ? kept : { width: kept.width, height: kept.height }
  }

  get maximized(): boolean {
    return this.file.value?.maximized === true
  }

  follow(window: BrowserWindow): void {
    const changed = (): void => {
      if (this.#timer !== null) clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.keep(window), SETTLED_MILLISECONDS)
    }
    window.on('resize', changed)
    window.on('move', changed)
    window.on('maximize', changed)
    window.on('unmaximize', changed)
    window.on('close', () => void this.keep(window))
  }

  /** Resolves when it is in the file. */
  async keep(window: BrowserWindow): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (window.isDestroyed() || window.isMinimized()) return
    // It opens in the middle next time if that cannot be written; nothing is lost.
    await this.file.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }).catch(() => undefined)
  }
}

/** At least a corner large enough to drag the window by. */
function overlaps(area: Rectangle, bounds: Rectangle): boolean {
  const width = Math.min(area.x + area.width, bounds.x + bounds.width) - Math.max(area.x, bounds.x)
  const height = Math.min(area.y + area.height, bounds.y + bounds.height) - Math.max(area.y, bounds.y)
  return width >= 100 && height >= 100
}
