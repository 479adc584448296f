/** Must be in the environment of the training process when it starts: its threads only see a copy. */
export const NATIVE_ENVIRONMENT: Readonly<Record<string, string>> = {
  // Bit-identical results from cuDNN and from reductions.
  TF_DETERMINISTIC_OPS: '1',
  TF_CUDNN_DETERMINISTIC: '1',
  // Other programs may use the GPU too.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  // Warnings and errors only.
  TF_CPP_MIN_LOG_LEVEL: '1',
}
