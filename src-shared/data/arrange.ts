/**
 * Moves rows of row-major data in place so that row `i` becomes what row `order[i]` was. `order` is a permutation; one
 * row of scratch is all the memory it takes, so that a large data set is never held twice.
 */
export function arrangeRows(data: Float32Array, elements: number, order: Int32Array): void {
  const done = new Uint8Array(order.length)
  const kept = new Float32Array(elements)
  for (let start = 0; start < order.length; start++) {
    if (done[start] === 1) continue
    kept.set(data.subarray(start * elements, (start + 1) * elements))
    let to = start
    for (let from = order[to]; from !== start; from = order[to]) {
      data.copyWithin(to * elements, from * elements, (from + 1) * elements)
      done[to] = 1
      to = from
    }
    data.set(kept, to * elements)
    done[to] = 1
  }
}
