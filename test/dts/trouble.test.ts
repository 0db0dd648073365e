import { expect, test } from 'vitest'
import { DtsError, DtsUnreachableError } from '../../src/dts/errors.ts'
import { troubleOf } from '../../src/dts/trouble.ts'

const trace = { action: 'StartMigrateJob', traceId: 't' }

test("an error of DTS is stored by its code and RequestId, without DTS's text", () => {
  const error = new DtsError(trace, { code: 'InternalError', requestId: 'r', reason: 'free text' })
  expect(troubleOf(error)).toEqual({
    kind: 'error',
    ...trace,
    code: 'InternalError',
    requestId: 'r',
  })
})

test('a missing answer is stored by its kind', () => {
  const error = new DtsUnreachableError(trace, { kind: 'httpStatus', sent: true, httpStatus: 502 })
  expect(troubleOf(error)).toEqual({ kind: 'httpStatus', ...trace })
})

test('any other error is rethrown', () => {
  const error = new TypeError('a bug')
  expect(() => troubleOf(error)).toThrow(error)
})
