import { defineConfig } from 'vitest/config'

// Tests that load ONNX Runtime themselves must not report to its maker either.
// Limits only end what hangs: a busy machine fails no test.
const shared = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 300_000 } }, pool: 'forks', env: { ORT_DISABLE_TELEMETRY: '1' } } as const

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { ...shared, name: 'parts', include: ['test/{unit,property,golden,fixtures}/**/*.test.ts'] },
      },
      {
        extends: true,
        // These start the built programs.
        test: { ...shared, name: 'integration', include: ['test/integration/**/*.test.ts'], globalSetup: 'test/integration/setup.ts' },
      },
    ],
  },
})
