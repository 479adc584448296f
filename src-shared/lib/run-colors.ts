/** Okabe–Ito's colors for all kinds of sight and relatives, each with a contrast of 3 to 1 on the light theme's surface and on the dark one's. */
export const RUN_COLORS = ['#0072B2', '#D55E00', '#009E73', '#C06A98', '#C98200', '#3A97CE', '#8C6BB1', '#5C8A14', '#B45309', '#0F8A80', '#D6336C', '#64748B'] as const

/** A new run's color: of the palette the one that was taken longest ago, so that a dozen runs in a row differ. `recent` begins with the newest run's. */
export function nextRunColor(recent: readonly (string | null)[]): string {
  const ages = RUN_COLORS.map((color) => {
    const age = recent.indexOf(color)
    return age === -1 ? Infinity : age
  })
  return RUN_COLORS[ages.indexOf(Math.max(...ages))]
}
