import { Worker } from 'node:worker_threads'
import { SIMULATED, type SimulatedOperation } from './job.ts'
import { type Options, type Outcome, simulate } from './episode.ts'

export type Budget = Options & {
  seed: number
  /** From one seed to the next; 1 if not given. */
  step?: number
  /** Simulated days, and seconds of real time: whatever is over first. */
  days: number
  seconds: number
  /** Failures after which it ends; 1 if not given. */
  failures?: number
}

export type Report = {
  episodes: number
  days: number
  faults: number
  /** That DTS received and that took effect, by operation. */
  effects: Record<SimulatedOperation, number>
  messages: number
  seconds: number
  /** Of one core. */
  cpuSeconds: number
  failures: string[]
}

/** Shared out among so many workers: always the same seeds, whoever is faster. */
export async function campaignOf(workers: number, budget: Omit<Budget, keyof Options>) {
  const share = { ...budget, days: budget.days / workers, step: workers }
  const reports = await Promise.all(
    Array.from({ length: workers }, (_, n) => inWorker({ ...share, seed: budget.seed + n })),
  )
  return reports.reduce((all, one) => ({
    episodes: all.episodes + one.episodes,
    days: all.days + one.days,
    faults: all.faults + one.faults,
    effects: added(all.effects, one.effects),
    messages: all.messages + one.messages,
    seconds: Math.max(all.seconds, one.seconds),
    cpuSeconds: all.cpuSeconds + one.cpuSeconds,
    failures: [...all.failures, ...one.failures],
  }))
}

function inWorker(workerData: Budget): Promise<Report> {
  const worker = new Worker(new URL('./campaign-worker.ts', import.meta.url), {
    workerData,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

/** Episode after episode. */
export async function campaign(budget: Budget): Promise<Report> {
  const began = performance.now()
  const sum = { episodes: 0, days: 0, faults: 0, effects: NONE, messages: 0 }
  const failures: string[] = []
  const before = process.threadCpuUsage()
  const cpu = (): number => {
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1e6
  }
  const seconds = (): number => (performance.now() - began) / 1000
  for (
    let { seed } = budget;
    sum.days < budget.days && seconds() < budget.seconds;
    seed += budget.step ?? 1
  ) {
    const outcome = await simulate(seed, budget)
    sum.episodes++
    sum.days += outcome.days
    sum.effects = added(sum.effects, outcome.effects)
    sum.messages += outcome.messages
    sum.faults += Object.values(outcome.faults).reduce((all, one) => all + one, 0)
    if (outcome.broken.length > 0) failures.push(failure(outcome))
    if (failures.length >= (budget.failures ?? 1)) break
  }
  return { ...sum, days: Math.round(sum.days), seconds: seconds(), cpuSeconds: cpu(), failures }
}

const NONE = Object.fromEntries(SIMULATED.map((name) => [name, 0])) as Report['effects']

function added(some: Report['effects'], more: Report['effects']): Report['effects'] {
  const sums = SIMULATED.map((name) => [name, some[name] + more[name]])
  return Object.fromEntries(sums) as Report['effects']
}

function failure({ seed, broken }: Outcome): string {
  return `npm run test:simulation -- --seed ${seed} : ${broken[0]}`
}
