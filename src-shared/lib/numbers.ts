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
