import { webApi } from '@slack/bolt'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { startSlack } from '../../playground/workspace/server.ts'
import { TEAM } from '../../playground/workspace/workspace.ts'
import { type Refusal, RefusedError } from '../../src/migration/refusal.ts'
import type { Directory } from '../../src/policy/directory.ts'

/** A pretend Slack and what the policy asks it with, for the length of a test. Bo is on call. */
export async function openDirectory() {
  const slack = await startSlack({ rateLimits: false })
  onTestFinished(() => slack.close())
  slack.ws.groups.set('S0ONCALL', { handle: 'oncall-db', users: ['U0BO', 'U0GIL'] })
  const logs: string[] = []
  const directory: Directory = {
    client: new webApi.WebClient('xoxb-playground', {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
    teamId: TEAM,
    log: pino({ base: null }, { write: (line: string) => logs.push(line) }),
  }
  const asked = (): string[] => slack.ws.calls.map(({ method }) => method)
  return { ws: slack.ws, faults: slack.faults, directory, logs, asked }
}

/** The "no" that comes of it; undefined for a yes. */
export async function refusalOf(doing: Promise<void>): Promise<Refusal | undefined> {
  try {
    await doing
    return undefined
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
}
