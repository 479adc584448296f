import { defineConfig } from 'vitest/config'

const shared = { testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' } as const

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
