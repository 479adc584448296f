import { existsSync, globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import manifest from './package.json' with { type: 'json' }

const at = (...path: string[]) => resolve(import.meta.dirname, ...path)

/** Programs of the main build by the name of their file in out/main; each is a process or a thread of its own. */
const programs: Readonly<Record<string, string>> = {
  cli: at('src-main/cli/main.ts'),
  training: at('src-main/worker/training-process.ts'),
  worker: at('src-main/worker/run-thread.ts'),
}

/** Packages with binaries of their own. */
const native = ['better-sqlite3', 'onnxruntime-node']

/** `bench/throughput.ts` becomes out/main/bench/throughput.js; files in folders below are parts of these. */
const benches = Object.fromEntries(globSync(at('bench/*.ts')).map((path) => [`bench/${basename(path, '.ts')}`, path]))

export default defineConfig({
  main: {
    resolve: { tsconfigPaths: true },
    build: {
      outDir: 'out/main',
      // Programs that run while others build still load their chunks; bin/lib/build.mjs removes those of yesterday.
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      sourcemap: true,
      // What is native, or may be absent, stays outside; the rest is bundled: one file loads faster than a hundred.
      externalizeDeps: {
        include: ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'],
        exclude: Object.keys(manifest.dependencies).filter((name) => !native.includes(name)),
      },
      rolldownOptions: {
        input: Object.fromEntries(Object.entries({ ...programs, ...benches }).filter(([, path]) => existsSync(path))),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
})
