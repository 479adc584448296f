/** A measured value: four significant digits, never more characters than it is worth. */
export function showValue(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(3)
  return Number(value.toPrecision(size >= 1000 ? Math.ceil(Math.log10(size + 1)) : 4)).toString()
}

/** A count with separators of thousands. */
export function showCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A duration such as `0.4 s`, `17 s`, `3:07`, `2:03:07`. */
export function showDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  if (seconds < 9.95) return `${String(Number(seconds.toFixed(1)))} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${String(whole)} s`
  const pad = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${String(minutes)}:${pad(whole % 60)}` : `${String(Math.floor(minutes / 60))}:${pad(minutes % 60)}:${pad(whole % 60)}`
}
