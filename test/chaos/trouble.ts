import { setTimeout as sleep } from 'node:timers/promises'
import { OPERATIONS, OPERATION_NAMES } from './operations.ts'
import type { Random } from './random.ts'
import type { ChaosWorld } from './world.ts'

const CALL = [
  'delay',
  'delay',
  'delay',
  'timeoutAfter',
  'timeoutBefore',
  'resetBefore',
  'resetAfter',
  'status',
  'truncated',
  'throttled',
  'error',
] as const
const LOOK = [
  { kind: 'resetBefore' },
  { kind: 'status', status: 502 },
  { kind: 'html200' },
  { kind: 'empty' },
] as const
const LOOKS = ['DescribeMigrateJobs', 'DescribeMigrationJobs', 'DescribeMigrationDetail'] as const
const METHODS = ['chat.postMessage', 'chat.update', 'views.open', 'conversations.info'] as const

/** Something goes wrong with DTS or with Slack, every now and then, until `over`. */
export async function makeTrouble(
  world: ChaosWorld,
  random: Random,
  over: () => boolean,
): Promise<void> {
  while (!over()) {
    await sleep(random.between(100, 1_500))
    const what = random.between(0, 7)
    if (what === 0 || what === 6) troubleACall(world, random)
    if (what === 1) world.dts.fault({ action: random.pick(LOOKS), ...random.pick(LOOK) })
    if (what === 2 || what === 3) troubleSlack(world, random)
    if (what === 4) world.slack.dropSockets()
    if (what === 5) world.slack.refreshSocket()
  }
}

/** The next call for one of the operations, unless something waits for it already. */
function troubleACall({ dts }: ChaosWorld, random: Random): void {
  const [first = 'start', ...rest] = OPERATION_NAMES
  const { action } = OPERATIONS[random.pick([first, ...rest])]
  if (dts.faults.some((one) => one.action === action)) return
  const kind = random.pick(CALL)
  const after = random.chance(0.5)
  switch (kind) {
    case 'throttled':
      return dts.fault({ action, kind: 'error', code: 'RequestLimitExceeded' })
    case 'error':
      return dts.fault({ action, kind, code: 'InternalError.UnknownError', after })
    case 'status':
      return dts.fault({ action, kind, status: 502, after })
    case 'truncated':
      return dts.fault({ action, kind, after })
    case 'delay':
      // Long enough to be killed while the answer is under way.
      return dts.fault({ action, kind, ms: random.between(300, 2_000), after })
    case 'timeoutBefore':
    case 'timeoutAfter':
    case 'resetBefore':
    case 'resetAfter':
      return dts.fault({ action, kind })
  }
}

function troubleSlack({ slack }: ChaosWorld, random: Random): void {
  const method = random.pick(METHODS)
  const when = random.pick(['before', 'after'] as const)
  if (random.chance(0.05)) slack.faults.add(method, { hang: true, when, times: 1 })
  else if (random.chance(0.4)) slack.faults.add(method, { status: 429, retryAfter: 1, times: 1 })
  else slack.faults.add(method, { status: 500, when, times: 1 })
}
