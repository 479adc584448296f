/** Whether a version such as `24.21.0` is at least `[major, minor]`. */
export function isAtLeast(version: string, least: readonly [number, number]): boolean
