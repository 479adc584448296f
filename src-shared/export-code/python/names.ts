/** Keywords, builtins that the scripts use, and what modules of PyTorch have already. */
const TAKEN = new Set([
  ...['False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from'],
  ...['global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield', 'match', 'case', 'type'],
  ...['self', 'super', 'math', 'np', 'keras', 'layers', 'ops', 'torch', 'nn', 'F', 'x', 'inputs', 'outputs', 'input', 'len', 'range', 'int', 'float', 'round', 'max', 'min', 'print'],
  ...['forward', 'train', 'eval', 'training', 'modules', 'children', 'parameters', 'buffers', 'apply', 'half', 'double', 'bfloat16', 'cuda', 'cpu', 'to', 'xpu', 'ipu'],
  ...['sum', 'all', 'any', 'abs', 'set', 'str', 'list', 'map', 'filter', 'iter', 'next', 'id', 'dict', 'zip', 'open', 'bytes'],
  ...['compile', 'requires_grad_', 'zero_grad', 'share_memory', 'extra_repr', 'state_dict', 'load_state_dict', 'named_modules', 'named_parameters', 'add_module'],
  ...['register_buffer', 'register_module', 'register_parameter', 'get_parameter', 'get_buffer', 'get_submodule', 'call_super_init', 'dump_patches', 'T_destination', 'to_empty'],
])

/** An identifier for each id (letters, digits, `_` and `-`), each its own. */
export function identifiers(ids: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set<string>()
  const names = new Map<string, string>()
  for (const id of ids) {
    const plain = id.replace(/[^A-Za-z0-9_]/g, '_')
    let name = TAKEN.has(plain) || /^__/.test(plain) ? `${plain}_` : plain
    for (let count = 2; used.has(name); count++) name = `${plain}_${String(count)}`
    used.add(name)
    names.set(id, name)
  }
  return names
}
