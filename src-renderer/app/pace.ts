import type { RunView } from '@shared/protocol/views'

/** How fast all these runs train together, samples per second; null before the first was counted. */
export function speedOf(runs: readonly RunView[]): number | null {
  const speeds = runs.flatMap(({ samples, seconds }) => (samples > 0 && seconds > 0 ? [samples / seconds] : []))
  return speeds.length === 0 ? null : speeds.reduce((sum, speed) => sum + speed, 0)
}

/** Seconds until the last of these runs is through its epochs, at the pace so far; null where one tells no pace yet. */
export function remainingOf(runs: readonly RunView[]): number | null {
  const remaining = runs.map(({ epochs, seconds, document }) => {
    const planned = plannedEpochs(document)
    return epochs > 0 && planned !== null ? (seconds * Math.max(0, planned - epochs)) / epochs : null
  })
  return remaining.length === 0 || remaining.includes(null) ? null : Math.max(...remaining.map((each) => each ?? 0))
}

function plannedEpochs(document: RunView['document']): number | null {
  const { training } = document as { readonly training?: { readonly epochs?: unknown } }
  return typeof training?.epochs === 'number' ? training.epochs : null
}
