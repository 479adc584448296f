import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import manifest from './package.json' with { type: 'json' }

const at = (...path: string[]) => resolve(import.meta.dirname, ...path)

/** Programs of the main build by the name of their file in out/main; each is a process or a thread of its own. */
const programs: Readonly<Record<string, string>> = {
  main: at('src-main/electron/main.ts'),
  cli: at('src-main/cli/main.ts'),
  training: at('src-main/worker/training-process.ts'),
  worker: at('src-main/worker/run-thread.ts'),
  preview: at('src-main/service/preview-worker.ts'),
}

/** Packages with binaries of their own. */
const native = ['better-sqlite3', 'onnxruntime-node']

/** `bench/throughput.ts` becomes out/main/bench/throughput.js; files in folders below are parts of these. */
const benches = Object.fromEntries(globSync(at('bench/*.ts')).map((path) => [`bench/${basename(path, '.ts')}`, path]))

const GZIP_FROM_BYTES = 4096

/** Writes `name.gz` beside each larger text of the window: `descent serve` sends these where the browser takes them. */
function gzip(): Plugin {
  return {
    name: 'descent-gzip',
    apply: 'build',
    // What was written, not the bundle: Vite still changes that while it is generated.
    writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css|svg|json)$/.test(fileName)) continue
        const content = readFileSync(join(dir, fileName))
        if (content.length >= GZIP_FROM_BYTES) writeFileSync(join(dir, `${fileName}.gz`), gzipSync(content))
      }
    },
  }
}

export default defineConfig({
  main: {
    // fflate's build for Node makes a `require` of its own, as electron-vite does: two in one file are an error.
    resolve: { tsconfigPaths: true, alias: [{ find: /^fflate$/, replacement: 'fflate/browser' }] },
    build: {
      outDir: 'out/main',
      // Programs that run while others build still load their chunks; bin/lib/build.mjs removes those of yesterday.
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      sourcemap: true,
      // What is native, or may be absent, stays outside; the rest is bundled: one file loads faster than a hundred.
      externalizeDeps: {
        include: ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', 'playwright'],
        exclude: Object.keys(manifest.dependencies).filter((name) => !native.includes(name)),
      },
      rolldownOptions: {
        input: Object.fromEntries(Object.entries({ ...programs, ...benches }).filter(([, path]) => existsSync(path))),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      // A sandboxed preload script is CommonJS, in one file.
      rolldownOptions: { input: { preload: at('src-main/electron/preload.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('src-renderer'),
    resolve: { tsconfigPaths: true },
    plugins: [vue(), gzip()],
    build: {
      outDir: at('out/renderer'),
      // What Electron and every browser of the last years read.
      target: 'es2022',
      // Inlined scripts would break the page's security policy.
      modulePreload: { polyfill: false },
      minify: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
})
