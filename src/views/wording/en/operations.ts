import type { OperationName } from '../../../migration/operation.ts'

/** The words for what people do to a job: "to cut over", "the cutover", "it was cut over". */
export const OPERATION: Record<OperationName, { to: string; the: string; doing: string }> = {
  start: { to: 'start', the: 'start', doing: 'Starting' },
  cutOver: { to: 'cut over', the: 'cutover', doing: 'Cutting over' },
  stop: { to: 'stop', the: 'stop', doing: 'Stopping' },
}

/** What DTS did not do. */
export const NOTHING_DONE: Record<OperationName, string> = {
  start: 'Nothing was started.',
  cutOver: 'Nothing was cut over.',
  stop: 'Nothing was stopped.',
}

export const NOT_DONE: Record<OperationName, string> = {
  start: 'Not started',
  cutOver: 'Not cut over',
  stop: 'Not stopped',
}

export const NOT_YET: Record<OperationName, string> = {
  start: 'Not started yet.',
  cutOver: 'Not cut over yet.',
  stop: 'Not stopped yet.',
}

export const THEN: Record<OperationName, string> = {
  start: 'I will say when it is ready or if it stops.',
  cutOver: 'I will say when it is done.',
  stop: 'I will say when the job has stopped.',
}
