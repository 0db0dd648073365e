import { expect, onTestFinished } from 'vitest'
import { startDts } from '../../../playground/dts/server.ts'
import { type Dts, createDts } from '../../../src/dts/client.ts'
import { fromValues } from '../../../src/dts/credentials.ts'
import type { JobRef } from '../../../src/dts/job.ts'
import { REGION } from '../../support/world.ts'
import { CODES, SLOWLY, UNUSABLE, WRONG_TYPES, afterEffect } from './dts-faults.ts'
import { type Row, counted } from './table.ts'
import { each } from './trial.ts'

/** The calls that the bot does not make yet, with the status that a job must have for them. */
const ORDERS: Record<
  string,
  { status: number; call: (dts: Dts, job: JobRef) => Promise<unknown> }
> = {
  CompleteMigrateJob: { status: 8, call: (dts, job) => dts.completeJob(job) },
  StopMigrateJob: { status: 7, call: (dts, job) => dts.stopJob(job) },
}

/** Each call is made exactly once, whatever goes wrong, and its caller learns what is certain. */
export async function callsNotMadeYet(): Promise<Row[]> {
  const key = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }
  const cloud = await startDts({ credentials: [key] })
  onTestFinished(() => cloud.close())
  cloud.unlimited()
  const options = {
    endpoint: cloud.url,
    versions: ['2018-03-30'],
    credentials: fromValues({ ...key, token: undefined }),
    digestKey: 'not-a-real-key',
  } as const
  const withDefaultTimeouts = createDts(options)
  onTestFinished(() => withDefaultTimeouts.close())
  const withShortTimeouts = createDts({ ...options, timeouts: { headers: 4_000, body: 4_000 } })
  onTestFinished(() => withShortTimeouts.close())
  const unusable = Object.entries(UNUSABLE).flatMap(([fault, input]) => [
    { fault: `${fault}, no effect`, input, code: undefined },
    { fault: `${fault}, but it took effect`, input: afterEffect(input), code: undefined },
  ])
  const answers = [
    { fault: 'values of the wrong type', input: afterEffect(WRONG_TYPES), code: undefined },
    { fault: 'answer in small pieces', input: SLOWLY, code: undefined },
  ]
  const codes = CODES.map(({ code }) => {
    return { fault: 'code', input: { kind: 'error', code } as const, code }
  })
  const cases = Object.keys(ORDERS).flatMap((action) =>
    [...unusable, ...answers, ...codes].map((one) => ({ ...one, action })),
  )
  const seen = await each(cases, async ({ action, fault, input, code }) => {
    const { status = 4, call } = ORDERS[action] ?? {}
    const { id } = cloud.addJob({ status, durationMs: 1e9 })
    cloud.fault({ ...input, action, jobId: id })
    const job = { account: 'default', region: REGION, id, apiVersion: '2018-03-30' } as const
    const isUnusable = unusable.some((one) => one.fault === fault)
    const answer = call?.(isUnusable ? withShortTimeouts : withDefaultTimeouts, job).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (code) await answer
    return async () => {
      const error = await answer
      const received = cloud.requests.filter((one) => one.jobId === id)
      const effect = !/no effect|code/.test(fault)
      expect(
        received.map((one) => one.effective),
        `${action}, ${fault}`,
      ).toEqual([effect])
      if (code) expect(error).toMatchObject({ name: 'DtsError', code, action })
      else if (isUnusable) {
        expect(error).toMatchObject({ name: 'DtsUnreachableError', sent: true, action })
      } else expect(error).toBeUndefined()
      const answered = code ? 'the code' : 'the answer'
      return {
        where: `${action} (the bot does not call it yet)`,
        fault,
        code,
        sees: `the caller: ${isUnusable ? 'that it may have taken effect' : answered}`,
        outcome: 'sent once',
      }
    }
  })
  return counted(seen)
}
