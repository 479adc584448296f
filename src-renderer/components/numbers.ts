/** Numbers as people read them: 4 significant digits, thin spaces between thousands, powers of ten beyond. */

const THIN_SPACE = '\u2009'

export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e7 || size < 1e-4) return scientific(value, digits)
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)))
  const text = size.toFixed(Math.min(decimals, 12))
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return `${value < 0 ? '−' : ''}${grouped(trimmed)}`
}

/** Whole numbers in full. */
export function formatCount(value: number): string {
  return grouped(String(Math.round(value)))
}

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

function grouped(text: string): string {
  const [whole, fraction] = text.split('.')
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : whole
  return fraction === undefined ? spaced : `${spaced}.${fraction}`
}

function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = Math.abs(value).toExponential(digits - 1).split('e')
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return `${value < 0 ? '−' : ''}${short}e${exponent.replace('+', '').replace('-', '−')}`
}
