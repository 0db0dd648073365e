import type { Operation, OperationName } from './operation.ts'
import { cutOver } from './operations/cut-over.ts'
import { start } from './operations/start.ts'
import { continueIt } from './operations/continue.ts'
import { pause } from './operations/pause.ts'
import { retry } from './operations/retry.ts'
import { skip } from './operations/skip.ts'
import { stop } from './operations/stop.ts'

/** The table of operations. */
export const OPERATIONS: Record<OperationName, Operation> = {
  start,
  cutOver,
  stop,
  pause,
  continue: continueIt,
  retry,
  skip,
}
