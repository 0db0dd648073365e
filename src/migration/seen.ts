import { STATUSES, type Look, isRetriable } from '../dts/job.ts'
import { lasts } from './alarm.ts'
import type { Watch, Watched } from './migration.ts'
import { paced } from './pace.ts'
import { earlier } from './times.ts'

/** What is known of a job after a look that showed it. */
export function seeing(m: Watched, look: Look): Watched {
  const idleSince = isIdle(look) ? earlier(m.watch.idleSince ?? look.at, look.at) : undefined
  const { movedAt, statusSince, pace } = m.watch
  const was = m.watch.look
  const watch: Watch = {
    ...m.watch,
    look,
    idleSince,
    blind: undefined,
    missed: undefined,
    movedAt: was && !hasMoved(was, look) ? movedAt : look.at,
    statusSince: was?.status === look.status ? statusSince : look.at,
    pace: paced(pace, look),
  }
  const { alarm } = watch
  return alarm && !lasts(alarm, watch, look)
    ? { ...m, watch: { ...watch, alarm: undefined } }
    : { ...m, watch }
}

function hasMoved(was: Look, is: Look): boolean {
  const fields = ['status', 'stepNow', 'percent', 'secondsBehind', 'megabytesBehind'] as const
  return fields.some((field) => was[field] !== is[field])
}

function isIdle(look: Look): boolean {
  const { status } = look
  return !STATUSES[status].atWork && status !== 'unknown' && !isRetriable(look)
}
