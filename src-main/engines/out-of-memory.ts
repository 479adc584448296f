/** What libraries say when an allocation fails: ONNX Runtime and its providers, V8, TensorFlow, Vulkan, DirectML. */
const SIGNS: readonly RegExp[] = [
  /Failed to allocate memory for requested buffer of size \d+/,
  /std::bad_alloc|bad allocation/,
  /Array buffer allocation failed|Invalid typed array length: \d+/,
  /OOM when allocating tensor[^.]*/,
  /CUDA_ERROR_OUT_OF_MEMORY|CUBLAS_STATUS_ALLOC_FAILED|CUDNN_STATUS_ALLOC_FAILED/,
  /VK_ERROR_OUT_OF_(?:DEVICE|HOST)_MEMORY|E_OUTOFMEMORY|DXGI_ERROR_OUT_OF_MEMORY/,
  /[^.:]*out of memory[^.]*/i,
]

/** The telling part of an error that means that memory ran out; null for any other error. */
export function outOfMemory(error: unknown): string | null {
  const text = error instanceof Error ? error.message : String(error)
  for (const sign of SIGNS) {
    const found = sign.exec(text)
    if (found !== null) return found[0].trim()
  }
  return null
}
