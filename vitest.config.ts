import { defineConfig } from 'vitest/config'
import { countReporter } from './test/support/count-reporter.ts'
import { LongestFirst } from './test/support/longest-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    // Most of the time tests wait: for the bot, for Slack, for PostgreSQL.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', countReporter],
  },
})
