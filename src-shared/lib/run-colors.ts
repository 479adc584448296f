/** Okabe–Ito's colors for all kinds of sight, extended by darker relatives; black and yellow left out for contrast. */
export const RUN_COLORS = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#8C6BB1', '#4D7C0F', '#B45309', '#0F766E', '#BE185D', '#64748B'] as const

/** A new run's color: of the palette the one that was taken longest ago, so that a dozen runs in a row differ. `recent` begins with the newest run's. */
export function nextRunColor(recent: readonly (string | null)[]): string {
  const ages = RUN_COLORS.map((color) => {
    const age = recent.indexOf(color)
    return age === -1 ? Infinity : age
  })
  return RUN_COLORS[ages.indexOf(Math.max(...ages))]
}
