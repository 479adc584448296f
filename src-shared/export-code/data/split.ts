import type { SplitOptions } from '@shared/catalog/datasets'
import { python } from '../python/literal'

/** `split_rows(rows, labels, test_from)`: rows of the three parts, in the sizes that Descent gives them. */
export function splitCode(split: SplitOptions, classes: boolean): string {
  const stratified = classes && (split.stratified ?? true)
  const training =
    split.train === undefined
      ? 'train = sizes - validation - test'
      : `rest = sizes - validation - test
    least = np.minimum(1, rest)
    train = least + allocate(max(0, int(len(free) * ${python(split.train)} + 0.5) - least.sum()), sizes, rest - least)`
  return `def allocate(wanted, sizes, limits):
    """\`wanted\` rows in proportion to \`sizes\`: the floor of each share, then one more to the largest remainders."""
    shares = wanted * sizes / max(1, sizes.sum())
    counts = np.clip(np.floor(shares).astype(int), 0, limits)
    by_remainder = np.argsort(np.floor(shares) - shares, kind="stable")
    while counts.sum() < wanted and (counts < limits).any():
        for stratum in by_remainder:
            if counts.sum() < wanted and counts[stratum] < limits[stratum]:
                counts[stratum] += 1
    return counts


def split_rows(rows, labels, test_from):
    """Rows of the training, validation and test part."""
    free = rows if test_from is None else rows[rows < test_from]
    strata = ${stratified ? 'np.unique(labels[free], return_inverse=True)[1].reshape(-1)' : 'np.zeros(len(free), int)'}
    sizes = np.bincount(strata)
    validation = allocate(int(len(free) * ${python(split.validation)} + 0.5), sizes, sizes - 1)
    test = allocate(int(len(free) * ${python(split.test)} + 0.5), sizes, sizes - 1 - validation)
    ${training}
    parts, left = ([], [], []), (train.copy(), validation.copy(), test.copy())
    for at in ${split.shuffle ? `np.random.default_rng(${split.seed === undefined ? 'SEED' : python(split.seed)}).permutation(len(free))` : 'range(len(free))'}:
        for part, counts in zip(parts, left):
            if counts[strata[at]] > 0:
                counts[strata[at]] -= 1
                part.append(free[at])
                break
    train, validation, test = (np.array(part, int) for part in parts)
    return train, validation, test if test_from is None else rows[rows >= test_from]`
}
