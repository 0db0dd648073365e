import type { Operation, OperationName } from './operation.ts'
import { cutOver } from './operations/cut-over.ts'
import { start } from './operations/start.ts'
import { stop } from './operations/stop.ts'

/** The table of operations. */
export const OPERATIONS: Record<OperationName, Operation> = { start, cutOver, stop }
