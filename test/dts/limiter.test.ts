import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DtsUnreachableError } from '../../src/dts/errors.ts'
import { createLimiter } from '../../src/dts/limiter.ts'
import type { Limiter, Waiter } from '../../src/dts/limiter.ts'

// A fake clock, so that it is exact which call starts in which window.
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function waiter(of: Partial<Waiter> = {}): Waiter {
  return {
    action: 'StartMigrateJob',
    traceId: 't',
    perSecond: 20,
    priority: 'background',
    signal: new AbortController().signal,
    ...of,
  }
}

async function crowd(limiter: Limiter, size: number, started: string[], of: Partial<Waiter> = {}) {
  for (let number = 0; number < size; number++) {
    void limiter.turn(waiter(of)).then(() => started.push(of.priority ?? 'background'))
  }
  await vi.advanceTimersByTimeAsync(0)
}

test('no more calls than documented start in any second', async () => {
  const limiter = createLimiter()
  const started: string[] = []
  await crowd(limiter, 50, started)
  expect(started).toHaveLength(20)

  await vi.advanceTimersByTimeAsync(1000)
  expect(started).toHaveLength(20)
  await vi.advanceTimersByTimeAsync(100)
  expect(started).toHaveLength(40)
  await vi.advanceTimersByTimeAsync(1100)
  expect(started).toHaveLength(50)
})

test('the rate limit holds whenever the callers come', async () => {
  const arrivals = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 80 })
  await fc.assert(
    fc.asyncProperty(arrivals, async (gaps) => {
      const limiter = createLimiter()
      const starts: number[] = []
      for (const gap of gaps) {
        await vi.advanceTimersByTimeAsync(gap % 7 === 0 ? gap : 0)
        void limiter.turn(waiter({ perSecond: 5 })).then(() => starts.push(Date.now()))
      }
      await vi.advanceTimersByTimeAsync(80_000)

      expect(starts).toHaveLength(gaps.length)
      for (const start of starts) {
        const within = starts.filter((other) => other >= start && other < start + 1000)
        expect(within.length).toBeLessThanOrEqual(5)
      }
    }),
    { numRuns: 50 },
  )
})

test('each action has its own rate limit', async () => {
  const limiter = createLimiter()
  const started: string[] = []
  await crowd(limiter, 30, started)
  await crowd(limiter, 120, started, { action: 'DescribeMigrateJobs', perSecond: 100 })
  expect(started).toHaveLength(120)
})

test('a person goes before the background, each in order of arrival', async () => {
  const limiter = createLimiter()
  await crowd(limiter, 20, [])
  const started: string[] = []
  await crowd(limiter, 15, started)
  await crowd(limiter, 10, started, { priority: 'person' })

  await vi.advanceTimersByTimeAsync(1100)
  expect(started).toEqual([
    ...Array.from({ length: 10 }, () => 'person'),
    ...Array.from({ length: 10 }, () => 'background'),
  ])
})

test('steady calls are spread evenly, and leave a tenth of the rate to others', async () => {
  const limiter = createLimiter()
  const starts: number[] = []
  for (let number = 0; number < 90; number++) {
    void limiter.turn(waiter({ priority: 'steady' })).then(() => starts.push(Date.now()))
  }
  await vi.advanceTimersByTimeAsync(10_000)
  expect(starts).toHaveLength(90)
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThan(50)
  expect(Math.max(...gaps)).toBeLessThan(65)
})

test('whoever is not steady waits for nothing but the rate', async () => {
  const limiter = createLimiter()
  const started: string[] = []
  await crowd(limiter, 40, [], { priority: 'steady' })
  await vi.advanceTimersByTimeAsync(1_200)
  await crowd(limiter, 1, started)
  await crowd(limiter, 1, started, { priority: 'person' })
  expect(started).toEqual(['background', 'person'])

  await crowd(limiter, 40, started)
  await crowd(limiter, 1, started, { priority: 'person' })
  await vi.advanceTimersByTimeAsync(200)
  expect(started.slice(2, 5)).toEqual(['person', 'background', 'background'])
})

test('steady calls keep the rate limit, whoever comes between', async () => {
  const kind = fc.constantFrom('person' as const, 'background' as const, 'steady' as const)
  const arrivals = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), kind), { maxLength: 80 })
  await fc.assert(
    fc.asyncProperty(arrivals, async (calls) => {
      const limiter = createLimiter()
      const starts: number[] = []
      for (const [gap, priority] of calls) {
        await vi.advanceTimersByTimeAsync(gap % 3 === 0 ? gap : 0)
        const turn = limiter.turn(waiter({ perSecond: 5, priority }))
        void turn.then(() => starts.push(performance.now()))
      }
      await vi.advanceTimersByTimeAsync(40_000)

      expect(starts).toHaveLength(calls.length)
      for (const start of starts) {
        const within = starts.filter((other) => other >= start && other < start + 1000)
        expect(within.length).toBeLessThanOrEqual(5)
      }
    }),
    { numRuns: 50 },
  )
})

test('a call aborted while waiting leaves the queue and was not sent', async () => {
  const limiter = createLimiter()
  await crowd(limiter, 20, [])
  const { signal, abort } = aborting()
  const gone = limiter.turn(waiter({ signal, traceId: 'mine' })).catch((error: unknown) => error)
  const started: string[] = []
  await crowd(limiter, 20, started)

  abort()
  const error = await gone
  expect(error).toBeInstanceOf(DtsUnreachableError)
  expect(error).toMatchObject({ kind: 'timeout', sent: false, traceId: 'mine' })
  await vi.advanceTimersByTimeAsync(1100)
  expect(started).toHaveLength(20)
})

test('a call that is already aborted is rejected at once', async () => {
  const turn = createLimiter().turn(waiter({ signal: AbortSignal.abort() }))
  await expect(turn).rejects.toMatchObject({ kind: 'timeout', sent: false })
})

test('closing rejects every waiting call', async () => {
  const limiter = createLimiter()
  await crowd(limiter, 20, [])
  const turn = limiter.turn(waiter()).catch((error: unknown) => error)
  limiter.close()
  expect(await turn).toMatchObject({ name: 'DtsUnreachableError', kind: 'connection', sent: false })
})

function aborting() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
