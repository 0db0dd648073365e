import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import catalogue from '../../src/dts/error-codes.json' with { type: 'json' }
import { DtsError, DtsUnreachableError, classify } from '../../src/dts/errors.ts'
import en from '../../src/views/wording/errors.en.json' with { type: 'json' }
import zh from '../../src/views/wording/errors.zh.json' with { type: 'json' }
import known from '../fixtures/dts-error-codes.json' with { type: 'json' }
import documented2021 from '../fixtures/dts-2021-errors.json' with { type: 'json' }
import documented from '../fixtures/start-migrate-job-errors.json' with { type: 'json' }

const rowName = z.string().regex(/^(StartMigrateJob\/)?\w+(\.\w+)?$/)
const row = z.strictObject({
  whose: z.enum(['requester', 'operator', 'tencent']),
  retry: z.enum(['never', 'backoff', 'safe-after-status-check']),
})
const sentence = z.strictObject({
  says: z.string().regex(/^[^!！]{5,120}[.。]$/),
  next: z.string().regex(/^[^!！]{5,140}[.。]$/),
})
const chinese = z.strictObject({
  says: sentence.shape.says.regex(/\p{Script=Han}/u),
  next: sentence.shape.next.regex(/\p{Script=Han}/u),
})
const english = new Map(Object.entries(en))
const forStart = Object.keys(catalogue).filter((name) => name.includes('/'))

describe('the catalogue', () => {
  test('has complete rows', () => {
    z.record(rowName, row).parse(catalogue)
    z.record(rowName, sentence).parse(en)
    z.record(rowName, chinese).parse(zh)
  })

  test('has sentences in both languages for exactly its rows, in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(catalogue))
    expect(Object.keys(zh)).toEqual(Object.keys(catalogue))
  })

  test('has a row for every published code, with whose turn it is and whether to retry', () => {
    const { fallback: _, ...rows } = catalogue
    const common = Object.entries(rows).filter(([name]) => !forStart.includes(name))
    expect(Object.fromEntries(common)).toEqual(known)
  })

  test('points to the region if DTS has no such job', () => {
    expect(en['ResourceNotFound.JobNotExist'].next).toContain('region')
    expect(zh['ResourceNotFound.JobNotExist'].next).toContain('地域')
  })

  test('has other words for a start where needed, but never another verdict', () => {
    expect(forStart).toHaveLength(5)
    for (const name of forStart) {
      const code = name.slice('StartMigrateJob/'.length)
      const { row: found, ...verdict } = classify(code, 'StartMigrateJob')
      const { row: common, ...commonVerdict } = classify(code, 'StopMigrateJob')
      expect([found, common]).toEqual([name, code])
      expect(english.get(found), code).not.toEqual(english.get(common))
      expect(verdict, code).toEqual(commonVerdict)
    }
  })
})

describe('the 15 codes on the StartMigrateJob page', () => {
  test('are these', () => {
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

  test.each(documented)('$code has its own row and our own words', ({ code, description }) => {
    const { row: name } = classify(code, 'StartMigrateJob')
    expect([code, `StartMigrateJob/${code}`]).toContain(name)
    expect(english.get(name)?.says).not.toBe(description)
  })
})

describe('the codes of 2021-12-06', () => {
  test('are those of sixteen actions', () => {
    expect(
      Object.fromEntries(
        Object.entries(documented2021).map(([action, codes]) => [action, codes.length]),
      ),
    ).toEqual({
      StartMigrateJob: 33,
      CreateMigrateCheckJob: 36,
      DescribeMigrationCheckJob: 18,
      DescribeMigrationJobs: 20,
      DescribeMigrationDetail: 19,
      StopMigrateJob: 27,
      CompleteMigrateJob: 30,
      PauseMigrateJob: 5,
      ContinueMigrateJob: 5,
      ResumeMigrateJob: 23,
      RecoverMigrateJob: 2,
      IsolateMigrateJob: 19,
      DestroyMigrateJob: 18,
      ModifyMigrationJob: 24,
      CreateMigrationService: 20,
      SkipCheckItem: 3,
    })
  })

  test.each(Object.entries(documented2021))('of %s have rows of their own', (action, codes) => {
    for (const code of codes) {
      const { row: name } = classify(code, action)
      expect([code, `${action}/${code}`]).toContain(name)
    }
  })
})

describe('an undocumented code', () => {
  test('is classified as its family', () => {
    expect(classify('RequestLimitExceeded.SomethingNew')).toEqual({
      row: 'RequestLimitExceeded',
      whose: 'operator',
      retry: 'backoff',
    })
  })

  test('of an unknown family has an unknown outcome', () => {
    expect(classify('Unheard.OfError', 'StartMigrateJob')).toEqual({
      row: 'fallback',
      whose: 'tencent',
      retry: 'safe-after-status-check',
    })
  })

  test('always finds a row that has sentences', () => {
    const odd = fc.oneof(
      fc.constantFrom('constructor', '__proto__', 'toString', '.', ''),
      fc.string(),
    )
    fc.assert(
      fc.property(odd, fc.option(odd, { nil: undefined }), (code, action) => {
        const { row: name, ...verdict } = classify(code, action)
        expect(english.has(name)).toBe(true)
        row.parse(verdict)
      }),
    )
  })
})

test('error messages name the action and the code, and quote nothing from the answer', () => {
  const trace = { action: 'StartMigrateJob', traceId: 't' }
  const refused = new DtsError(trace, {
    code: 'InternalError',
    requestId: 'r',
    reason: 'free text',
  })
  expect(String(refused)).toBe('DtsError: StartMigrateJob: InternalError')

  const silent = new DtsUnreachableError(trace, { kind: 'httpStatus', sent: true, httpStatus: 502 })
  expect(String(silent)).toBe('DtsUnreachableError: StartMigrateJob: httpStatus (502)')
})
