import { setTimeout as sleep } from 'node:timers/promises'
import { DtsError } from './errors.ts'
import type { ApiVersion, Job, JobAddress } from './job.ts'

/** Asks one version for the job. Undefined: it has no such job. Must not throw but reject. */
type Ask = (version: ApiVersion) => Promise<Job | undefined>

/**
 * Looks for a job in the versions, in their order: it belongs to the first that knows it. One that does
 * not answer within a second is waited for, but the next is asked meanwhile. One that is retired is left
 * out for a minute, unless nobody else answers.
 */
export type Search = (job: JobAddress, ask: Ask) => Promise<Job | undefined>

/** Throws TypeError for no version. */
export function createSearch(versions: readonly ApiVersion[]): Search {
  if (versions.length === 0) throw new TypeError('no API version')
  const retirements = createRetirements()

  return async ({ region }, ask) => {
    const isRetired = (version: ApiVersion): boolean => retirements.has(version, region)
    const current = versions.filter((version) => !isRetired(version))
    const asked: Promise<Outcome>[] = []
    let answers: Outcome[] = []
    for (const version of [...current, ...versions.filter(isRetired)]) {
      // One that may be back is worth a call only while nobody has said "not found".
      if (!current.includes(version) && answers.some(({ is }) => is === 'notFound')) break
      asked.push(outcomeOf(ask(version), () => retirements.add(version, region)))
      answers = (await inTime(Promise.all(asked))) ?? []
      for (const one of answers) if (one.is === 'found') return one.job
    }
    return verdict(await Promise.all(asked))
  }
}

type Outcome =
  | { is: 'found'; job: Job }
  | { is: 'notFound' }
  | { is: 'retired'; error: unknown }
  | { is: 'failed'; error: unknown }

async function outcomeOf(asked: Promise<Job | undefined>, onRetired: () => void): Promise<Outcome> {
  try {
    const job = await asked
    return job ? { is: 'found', job } : { is: 'notFound' }
  } catch (error) {
    if (!(error instanceof DtsError) || !error.retired) return { is: 'failed', error }
    onRetired()
    return { is: 'retired', error }
  }
}

/** A version that fails never hides a job that another knows, and never counts as "not found". */
function verdict(all: Outcome[]): Job | undefined {
  for (const one of all) if (one.is === 'found') return one.job
  for (const one of all) if (one.is === 'failed') throw one.error
  if (all.some((one) => one.is === 'notFound')) return undefined
  for (const one of all) if (one.is === 'retired') throw one.error
  return undefined
}

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  using patience = abortable()
  return await Promise.race([answer, sleep(PATIENCE, undefined, patience).catch(() => undefined)])
}

/** Milliseconds until the next version is asked, too. */
const PATIENCE = 1_000

function abortable() {
  const controller = new AbortController()
  return { signal: controller.signal, [Symbol.dispose]: () => controller.abort() }
}

/** Which versions are retired where, by what DTS said within the last minute. */
function createRetirements() {
  const until = new Map<string, number>()
  return {
    add: (version: ApiVersion, region: string) =>
      until.set(`${version} ${region}`, performance.now() + ASK_AGAIN),
    has: (version: ApiVersion, region: string) =>
      performance.now() < (until.get(`${version} ${region}`) ?? 0),
  }
}

/** Milliseconds. */
const ASK_AGAIN = 60_000
