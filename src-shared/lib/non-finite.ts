/** For `JSON.stringify`: JSON has no NaN or Infinity, and null would hide which it was. */
export function spellNonFinite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}
