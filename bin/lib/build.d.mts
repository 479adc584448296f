/** Builds out/ where the sources have changed since. A packaged program has no sources: there it does nothing. */
export function ensureBuilt(root: string): Promise<void>
