import { formatNumber } from '@shared/lib/numbers'

export { formatCount as count, formatNumber as shown } from '@shared/lib/numbers'

export function duration(seconds: number): string {
  if (seconds < 60) return `${formatNumber(seconds)} s`
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return (parts[0] > 0 ? parts : parts.slice(1)).map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}
