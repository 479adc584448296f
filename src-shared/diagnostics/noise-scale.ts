/**
 * The simple gradient noise scale tr(Σ) / |G|², in rows, from the gradients of several batches of `batchSize` rows: with
 * one batch as the small one and all together as the large one, both parts are estimated without bias (McCandlish et al.,
 * An Empirical Model of Large-Batch Training, 2018, https://arxiv.org/abs/1812.06162, appendix A.1). Infinite where no
 * gradient stands out of the noise. `squares`: |g|² of each batch; `meanSquare`: |mean of all g|².
 */
export function noiseScale({ batchSize, squares, meanSquare }: { readonly batchSize: number; readonly squares: readonly number[]; readonly meanSquare: number }): number {
  const large = batchSize * squares.length
  const small = squares.reduce((sum, square) => sum + square, 0) / squares.length
  const signal = (large * meanSquare - batchSize * small) / (large - batchSize)
  const noise = (small - meanSquare) / (1 / batchSize - 1 / large)
  return signal > 0 ? Math.max(0, noise) / signal : Infinity
}
