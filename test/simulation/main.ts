/**
 * The whole system under a seeded scheduler with a virtual clock.
 *
 * `npm run test:simulation -- --seed 7` prints everything that happens in the episode of seed 7, and
 * which promises were broken. `--days 10000` runs episodes from that seed on, until so many days were
 * simulated, and prints the seed of the first that fails. `--workers 2` shares them out.
 *
 * An episode (episode.ts) has one to three bots: the real rules, policy, workflow, handlers and SQLite
 * store, put together in bot.ts. DTS (dts.ts, job.ts) and Slack (slack.ts) are simulated at the seams of
 * their clients. A lone bot has the real queue of SQLite (lone-queue.ts); more of them share a simulated
 * one (queue.ts). People ask, decide, settle and change jobs in
 * the console, twice, late, at any moment (people.ts, acts.ts). Every await of a bot ends in its machine
 * (machine.ts), which may pause it there, crash it, cut it off or set its clock; every call may be slow,
 * lost before or after its effect, or refused (chaos.ts has the rates, which each seed flavours anew).
 *
 * Time is a number (scheduler.ts): what happens next happens at once, and all promises are settled before
 * the one after. One random source decides everything, so a seed gives the same trace again (trace.ts).
 *
 * Days of storm end in calm: first with clocks that are wrong, then without. The judge (judge.ts,
 * judge-cards.ts) knows the bot only by what Slack was shown and DTS received, and when an attempt
 * (attempts.ts) or a look (looks.ts) was written down.
 *
 * Not simulated: a sleep that neither clock counts together with a wall clock that is set back. No clock
 * can tell a machine of that.
 */
import { parseArgs } from 'node:util'
import { campaignOf } from './campaign.ts'
import { simulate } from './episode.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string' },
    workers: { type: 'string', default: '1' },
    quiet: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)

if (values.days === undefined) {
  const print = values.quiet ? undefined : (line: string) => console.log(line)
  const { broken, hash, faults } = await simulate(seed, { print })
  console.log(JSON.stringify({ seed, hash, faults, broken }))
  process.exitCode = broken.length > 0 ? 1 : 0
} else {
  const workers = Number(values.workers)
  const report = await campaignOf(workers, { seed, days: Number(values.days), seconds: Infinity })
  console.log(report)
  process.exitCode = report.failures.length > 0 ? 1 : 0
}
