/** A device as the Devices panel and `descent devices` list it. */
export interface DeviceReport {
  /** `onnx-cpu`, `onnx-webgpu`, `onnx-cuda`, `tfjs-tensorflow`, `tfjs-cpu`. */
  readonly id: string
  readonly title: string
  readonly available: boolean
  readonly version: string
  /** Exact reason where it is not available; the self-test's findings where it failed. */
  readonly reason: string | null
  /** Command that would enable it, or null. */
  readonly enable: string | null
}
