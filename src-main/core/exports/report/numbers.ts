/** Four significant digits, as the workbench shows them. */
export function shown(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (value === 0) return '0'
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  if (size >= 1e7 || size < 1e-4) return `${sign}${trimmed(size.toExponential(3).split('e')[0])}e${size.toExponential(3).split('e')[1].replace('+', '').replace('-', '−')}`
  const digits = Math.max(0, 3 - Math.floor(Math.log10(size)))
  return `${sign}${grouped(trimmed(size.toFixed(Math.min(digits, 12))))}`
}

/** Whole numbers in full. */
export function count(value: number): string {
  return grouped(String(Math.round(value)))
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${shown(seconds)} s`
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return (parts[0] > 0 ? parts : parts.slice(1)).map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function grouped(text: string): string {
  const [whole, fraction] = text.split('.')
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u2009') : whole
  return fraction === undefined ? spaced : `${spaced}.${fraction}`
}
