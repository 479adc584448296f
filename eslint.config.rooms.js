// The rooms: which folder may import what. Every file lies in exactly one room, the most particular one last.

const electron = { regex: '^electron($|/)', message: 'Only src-main/electron talks to Electron.' }
const vue = { regex: '^(vue|pinia|vue-i18n|vue-router|echarts|element-plus|@vue-flow|@vueuse)($|/)', message: 'Only src-renderer holds user interface.' }
const node = { regex: '^node:', message: 'This room runs in a browser too: no Node.' }
const sql = { regex: '^better-sqlite3($|/)', message: 'Only src-main/core/history holds SQL.' }
const onnx = { regex: '^onnxruntime-', message: 'Only src-main/engines/onnx uses ONNX Runtime.' }
const tfjs = { regex: '^@tensorflow/', message: 'Only src-main/engines/tfjs uses TensorFlow.js.' }
const main = { regex: '(^@main|(^|/)src-main)(/|$)', message: 'This room may not know the main processes: move what both need to src-shared.' }
const renderer = { regex: '(^@renderer|(^|/)src-renderer)(/|$)', message: 'Only src-renderer knows the user interface.' }
const drawn = { regex: '^fast-check$', message: 'Property tests draw from @test/helpers/property: the same examples every time.' }
const test = { regex: '(^@test|(^|/)test)/', message: 'Programs do not import tests.' }
const catalog = {
  regex: '(^@shared|(^|/)src-shared)/catalog(/|$)',
  message: 'Engines read programs and ops; what a layer or an optimizer is, the compiler has lowered before.',
}
const libraries = [electron, vue, sql, onnx, tfjs]

/** Globals that src-shared may not touch: it runs in Node, in workers and in browsers, and repeats itself exactly. */
const hostGlobals = [
  ...['process', 'Buffer', 'require', '__dirname', '__filename', 'global', 'setImmediate', 'clearImmediate'],
  ...['window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'indexedDB', 'HTMLElement', 'Worker'],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'console'],
  ...['performance', 'crypto', 'Intl'],
]

const hostBuiltins = new Set([
  ...['assert', 'buffer', 'child_process', 'crypto', 'events', 'fs', 'fs/promises', 'http', 'https', 'module', 'net', 'os', 'path'],
  ...['perf_hooks', 'process', 'stream', 'timers', 'url', 'util', 'v8', 'vm', 'worker_threads', 'zlib'],
])
const bareNode = { regex: `^(${[...hostBuiltins].join('|')})$`, message: 'Write node:… where Node is allowed.' }

const sqlText = {
  selector:
    ':matches(Literal[value=/\\b(SELECT\\s.+\\sFROM|INSERT\\s+INTO|UPDATE\\s.+\\sSET|DELETE\\s+FROM|CREATE\\s+(TABLE|INDEX)|PRAGMA\\s)\\b/s], TemplateElement[value.raw=/\\b(SELECT\\s.+\\sFROM|INSERT\\s+INTO|UPDATE\\s.+\\sSET|DELETE\\s+FROM|CREATE\\s+(TABLE|INDEX)|PRAGMA\\s)\\b/s])',
  message: sql.message,
}
const unseeded = [
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Randomness is an argument: see src-shared/lib/random.' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'The clock is an argument.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is an argument.' },
]

/** Static imports, `export … from` and `import()` alike. */
function room(name, { files, ignores = [], forbid, globals = [], syntax = [] }) {
  const dynamic = forbid.map(({ regex, message }) => ({
    // A slash would end the selector's regular expression.
    selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`,
    message,
  }))
  return {
    name: `rooms/${name}`,
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: forbid }],
      'no-restricted-syntax': ['error', ...dynamic, ...syntax],
      'no-restricted-globals': ['error', ...globals.map((each) => ({ name: each, message: 'src-shared runs everywhere: no host, no clock.' }))],
    },
  }
}

const without = (...allowed) => [...libraries.filter((each) => !allowed.includes(each)), renderer, test, bareNode]
const code = '**/*.{ts,mts,vue}'

export const rooms = [
  room('shared', {
    files: [`src-shared/${code}`],
    forbid: [...libraries, node, bareNode, main, renderer, test],
    globals: hostGlobals,
    syntax: [sqlText, ...unseeded],
  }),
  room('main', { files: [`src-main/${code}`], forbid: without(), syntax: [sqlText] }),
  room('history', { files: [`src-main/core/history/${code}`], forbid: without(sql) }),
  room('engines', { files: [`src-main/engines/${code}`], forbid: [...without(), catalog], syntax: [sqlText] }),
  room('engine-onnx', { files: [`src-main/engines/onnx/${code}`], forbid: [...without(onnx), catalog], syntax: [sqlText] }),
  room('engine-tfjs', { files: [`src-main/engines/tfjs/${code}`], forbid: [...without(tfjs), catalog], syntax: [sqlText] }),
  room('electron', { files: [`src-main/electron/${code}`], forbid: without(electron), syntax: [sqlText] }),
  room('renderer', {
    files: [`src-renderer/${code}`],
    forbid: [electron, sql, onnx, tfjs, node, bareNode, main, test],
    syntax: [sqlText],
  }),
  room('tests', { files: [`test/${code}`], ignores: ['test/helpers/property.ts'], forbid: [drawn] }),
]
