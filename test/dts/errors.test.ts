import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import catalogue from '../../src/dts/error-codes.json' with { type: 'json' }
import { DtsError, DtsUnreachable, explain } from '../../src/dts/errors.ts'
import known from '../fixtures/dts-error-codes.json' with { type: 'json' }
import documented from '../fixtures/start-migrate-job-errors.json' with { type: 'json' }

const sentence = z.strictObject({
  says: z.string().regex(/^[^!！]{5,120}[.。]$/),
  next: z.string().regex(/^[^!！]{5,140}[.。]$/),
})
const chinese = z.strictObject({
  says: sentence.shape.says.regex(/\p{Script=Han}/u),
  next: sentence.shape.next.regex(/\p{Script=Han}/u),
})
const row = z.strictObject({
  en: sentence,
  zh: chinese,
  whose: z.enum(['requester', 'operator', 'tencent']),
  retry: z.enum(['never', 'backoff', 'safe-after-status-check']),
})
const rows = z.record(z.string().regex(/^\w+(\.\w+)?$/), row)

test('every row is whole', () => {
  z.strictObject({ common: rows, byAction: z.record(z.string(), rows), fallback: row }).parse(
    catalogue,
  )
})

test('the page documents 15 codes', () => {
  expect(documented.map(({ code }) => code)).toEqual([
    'FailedOperation.NotAllowOperation',
    'FailedOperation.StartJobFailed',
    'FailedOperation.StatusInConflict',
    'InternalError.AddTaskError',
    'InternalError.DatabaseError',
    'InternalError.DuplicateJob',
    'InternalError.LockError',
    'InternalError.ProtocolError',
    'InternalError.UnknownError',
    'InvalidParameter',
    'LimitExceeded.MaxUnusedJobs',
    'OperationDenied.BizOperationDeniedError',
    'OperationDenied.JobOperationDeniedError',
    'ResourceNotFound.JobNotExist',
    'UnauthorizedOperation.NotEnoughPrivileges',
  ])
})

test.each(documented)('$code has words of ours for StartMigrateJob', ({ code, description }) => {
  const { en, zh, code: named } = explain(code, 'StartMigrateJob')
  const { fallback } = catalogue
  expect(named).toBe(code)
  expect(en.says).not.toBe(fallback.en.says)
  expect(zh.says).not.toBe(fallback.zh.says)
  expect(en.says).not.toBe(description)
})

test('every published code has a row of its own, with whose turn it is and whether to retry', () => {
  const ours = Object.fromEntries(
    Object.entries(catalogue.common).map(([code, { whose, retry }]) => [code, { whose, retry }]),
  )
  expect(ours).toEqual(known)
})

test('a row for one action changes the words, not what may be done', () => {
  for (const code of Object.keys(catalogue.byAction.StartMigrateJob)) {
    const special = explain(code, 'StartMigrateJob')
    const plain = explain(code, 'StopMigrateJob')
    expect(special.en, code).not.toEqual(plain.en)
    expect([special.retry, special.whose], code).toEqual([plain.retry, plain.whose])
  }
})

test('a job that is not there points to the region', () => {
  const { en, zh } = explain('ResourceNotFound.JobNotExist')
  expect(en.next).toContain('region')
  expect(zh.next).toContain('地域')
})

describe('codes nobody told us about', () => {
  test('fall back to their family', () => {
    expect(explain('RequestLimitExceeded.SomethingNew')).toEqual({
      ...explain('RequestLimitExceeded'),
      code: 'RequestLimitExceeded.SomethingNew',
    })
    expect(explain('RequestLimitExceeded.SomethingNew').retry).toBe('backoff')
  })

  test('are an unknown outcome without a known family', () => {
    const { retry, en } = explain('ResourcesSoldOut.ResourcesSoldOutError', 'StartMigrateJob')
    expect(retry).toBe('safe-after-status-check')
    expect(en).toEqual(catalogue.fallback.en)
  })

  test('never break it', () => {
    const odd = fc.oneof(
      fc.constantFrom('constructor', '__proto__', 'toString', '.', ''),
      fc.string(),
    )
    fc.assert(
      fc.property(odd, odd, (code, action) => {
        const explanation = explain(code, action)
        expect(explanation.code).toBe(code)
        expect(row.safeParse({ ...explanation, code: undefined }).error?.issues[0]?.path).toEqual(
          [],
        )
      }),
    )
  })
})

test('messages name the action and the code, nothing of the answer', () => {
  const trace = { action: 'StartMigrateJob', traceId: 't' }
  const refused = new DtsError(trace, {
    code: 'InternalError',
    requestId: 'r',
    reason: 'free text',
  })
  expect(String(refused)).toBe('DtsError: StartMigrateJob: InternalError')

  const silent = new DtsUnreachable(trace, { kind: 'httpStatus', sent: true, httpStatus: 502 })
  expect(String(silent)).toBe('DtsUnreachable: StartMigrateJob: httpStatus (502)')
})
