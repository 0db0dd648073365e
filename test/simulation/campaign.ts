import { type Options, type Outcome, simulate } from './episode.ts'

export type Budget = Options & {
  seed: number
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
  calls: number
  messages: number
  seconds: number
  /** Of one core. */
  cpuSeconds: number
  failures: string[]
}

/** Episode after episode, each with the next seed. */
export async function campaign(budget: Budget): Promise<Report> {
  const began = performance.now()
  const sum = { episodes: 0, days: 0, faults: 0, calls: 0, messages: 0 }
  const failures: string[] = []
  const before = process.cpuUsage()
  const cpu = (): number => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }
  const seconds = (): number => (performance.now() - began) / 1000
  for (let { seed } = budget; sum.days < budget.days && seconds() < budget.seconds; seed++) {
    const outcome = await simulate(seed, budget)
    sum.episodes++
    sum.days += outcome.days
    sum.calls += outcome.calls
    sum.messages += outcome.messages
    sum.faults += Object.values(outcome.faults).reduce((all, one) => all + one, 0)
    if (outcome.broken.length > 0) failures.push(failure(outcome))
    if (failures.length >= (budget.failures ?? 1)) break
  }
  return { ...sum, days: Math.round(sum.days), seconds: seconds(), cpuSeconds: cpu(), failures }
}

function failure({ seed, broken }: Outcome): string {
  return `npm run test:simulation -- --seed ${seed} : ${broken[0]}`
}
