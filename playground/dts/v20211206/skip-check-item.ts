import { ApiError } from '../api-error.ts'
import { CHECK_STEPS, type CheckStepId } from '../check-steps.ts'
import type { Job } from '../job.ts'

/**
 * Leaves steps out of all checks to come. Undocumented whether the last check passes by it; here the job
 * has to be checked again. Throws ApiError.
 */
export function skipCheckItems(job: Job, names: readonly string[]) {
  const steps = names.map(toStep)
  if (!steps.every((step) => isSkippable(job, step))) {
    throw new ApiError('OperationDenied.OperationDeniedError')
  }
  job.skipped = [...new Set([...job.skipped, ...steps])]
  return { Message: 'skip item successfully' }
}

function toStep(name: string): CheckStepId {
  if (!Object.hasOwn(CHECK_STEPS, name)) {
    throw new ApiError('InvalidParameterValue.InvalidParameterValueError', { about: 'StepIds' })
  }
  return name as CheckStepId
}

function isSkippable(job: Job, step: CheckStepId): boolean {
  const items = job.checkItems.filter((item) => item.step === step && item.result === 'failed')
  return items.length > 0 && items.every(({ skippable }) => skippable)
}
