import { defineConfig } from 'vitest/config'

/** The tests that must notice a mutant: stryker.config.json says where mutants are made. */
export default defineConfig({
  test: {
    include: [
      'test/migration/*.test.ts',
      'test/policy/*.test.ts',
      'test/dts/sign.test.ts',
      'test/commands/*.test.ts',
    ],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
