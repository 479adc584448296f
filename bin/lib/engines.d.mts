export interface TestedDevice {
  readonly title: string
  readonly version: string
  readonly available: boolean
  readonly reasons: readonly { readonly message: string }[]
}

export type TestDevice = (root: string, device: string) => Promise<TestedDevice | null>

export const TENSORFLOW: string

/** Resolve to the exit code: 0 where the device's self-test passes. */
export function setupCuda(root: string, test?: TestDevice): Promise<number>
export function setupTensorflow(root: string, test?: TestDevice): Promise<number>
