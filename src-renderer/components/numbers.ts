import { formatNumber } from '@shared/lib/numbers'

export { formatCount, formatNumber } from '@shared/lib/numbers'

const THIN_SPACE = '\u2009'

export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const unit = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)))
  return `${formatNumber(bytes / 1024 ** unit, 3)}${THIN_SPACE}${units[unit]}`
}

/** `0:42`, `12:07`, `3:05:09`; fractions below ten seconds. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  if (seconds < 10) return `${seconds.toFixed(1)}${THIN_SPACE}s`
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] > 0 ? parts : parts.slice(1)
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}
