import type { RandomSource } from '@shared/lib/random'

/** Without i, l, o and u: nothing to misread. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `20261122-0631-abc4`: the UTC minute and four random characters. Sorts by time; a million per minute. */
export function runId(milliseconds: number, random: RandomSource): string {
  const [date, time] = new Date(milliseconds).toISOString().split('T')
  const suffix = Array.from({ length: 4 }, () => ALPHABET[random.integer(ALPHABET.length)]).join('')
  return `${date.replaceAll('-', '')}-${time.slice(0, 2)}${time.slice(3, 5)}-${suffix}`
}
