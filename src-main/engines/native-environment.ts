/**
 * Variables that native libraries read when they load. Must be in the environment of the training process when it starts:
 * its threads only see a copy.
 */
export const NATIVE_ENVIRONMENT: Readonly<Record<string, string>> = {
  // ONNX Runtime from 1.29 on reports models and processes to its maker, and keeps a device id in the user's cache.
  ORT_DISABLE_TELEMETRY: '1',
  // Bit-identical results from cuDNN and from reductions.
  TF_DETERMINISTIC_OPS: '1',
  TF_CUDNN_DETERMINISTIC: '1',
  // Other programs may use the GPU too.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  // Warnings and errors only.
  TF_CPP_MIN_LOG_LEVEL: '1',
}

/** For processes that load a native library themselves. What the user has set stays. */
export function setNativeEnvironment(): void {
  for (const [variable, value] of Object.entries(NATIVE_ENVIRONMENT)) process.env[variable] ??= value
}
