import { expect, onTestFinished } from 'vitest'
import { startDts } from '../../../playground/dts/server.ts'
import { type Dts, createDts } from '../../../src/dts/client.ts'
import { fromValues } from '../../../src/dts/credentials.ts'
import { REGION } from '../../support/town.ts'
import { CODES, SILENCES, SLOWLY, WRONG_TYPES, afterEffect } from './dts-faults.ts'
import { each } from './cell.ts'
import { type Row, counted } from './table.ts'

/** What nothing in the bot calls yet, by the status that a job must have for it. */
const ORDERS: Record<
  string,
  { status: number; call: (dts: Dts, job: string) => Promise<unknown> }
> = {
  CompleteMigrateJob: { status: 8, call: (dts, job) => dts.completeJob(REGION, job) },
  StopMigrateJob: { status: 7, call: (dts, job) => dts.stopJob(REGION, job) },
}

/** Each call is made once, whatever becomes of it, and its caller learns what is known. */
export async function atTheClient(): Promise<Row[]> {
  const key = { secretId: 'AKIDEXAMPLE', secretKey: 'not-a-real-secret' }
  const world = await startDts({ credentials: [key] })
  onTestFinished(() => world.close())
  world.unlimited()
  const options = {
    endpoint: world.url,
    version: '2018-03-30',
    credentials: fromValues({ ...key, token: undefined }),
  } as const
  const patient = createDts(options)
  onTestFinished(() => patient.close())
  const impatient = createDts({ ...options, timeouts: { headers: 4_000, body: 4_000 } })
  onTestFinished(() => impatient.close())
  const silent = Object.entries(SILENCES).flatMap(([fault, input]) => [
    { fault: `${fault}, no effect`, input, code: undefined },
    { fault: `${fault}, but it took effect`, input: afterEffect(input), code: undefined },
  ])
  const answers = [
    { fault: 'values of wrong types', input: afterEffect(WRONG_TYPES), code: undefined },
    { fault: 'answer in small pieces', input: SLOWLY, code: undefined },
  ]
  const codes = CODES.map(({ code }) => {
    return { fault: 'code of the catalogue', input: { kind: 'error', code } as const, code }
  })
  const cases = Object.keys(ORDERS).flatMap((action) =>
    [...silent, ...answers, ...codes].map((one) => ({ ...one, action })),
  )
  const seen = await each(cases, async ({ action, fault, input, code }) => {
    const { status = 4, call } = ORDERS[action] ?? {}
    const { id } = world.addJob({ status, durationMs: 1e9 })
    world.fault({ ...input, action, jobId: id })
    const isSilent = silent.some((one) => one.fault === fault)
    const outcome = call?.(isSilent ? impatient : patient, id).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (code) await outcome
    return async () => {
      const error = await outcome
      const received = world.requests.filter((one) => one.jobId === id)
      const effect = !/no effect|code/.test(fault)
      expect(
        received.map((one) => one.effective),
        `${action}, ${fault}`,
      ).toEqual([effect])
      if (code) expect(error).toMatchObject({ name: 'DtsError', code, action })
      else if (isSilent) {
        expect(error).toMatchObject({ name: 'DtsUnreachable', sent: true, action })
      } else expect(error).toBeUndefined()
      const sees = `the caller: ${code ? 'the code' : error ? 'that it may have taken effect' : 'the answer'}`
      return {
        where: `${action}, which the bot does not call yet`,
        fault,
        code,
        sees,
        ends: 'sent once',
      }
    }
  })
  return counted(seen)
}
