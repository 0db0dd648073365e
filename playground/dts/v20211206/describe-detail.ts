import { checkAt, lifeAt } from '../job-life.ts'
import type { Job } from '../job.ts'
import type { Planted } from '../planted.ts'
import { checkStepInfo } from './check-result.ts'
import { errorField } from './error-info.ts'
import { jobFields } from './job-fields.ts'
import { migrateOption } from './migrate-option.ts'

/** The answer of DescribeMigrationDetail, passwords included. */
export function describeDetail(job: Job, now: number, planted: Planted) {
  const { error } = lifeAt(job, now)
  const fields = jobFields(job, now, 'readable', planted)
  const check = checkStepInfo(job, now, planted)
  const isChecking = fields.Status === 'checking'
  return {
    ...fields,
    // While it is checked, the steps of the check are shown instead of those of the run.
    ...(isChecking ? { StepInfo: { ...fields.StepInfo, ...stepsOf(check.Progress) } } : {}),
    MigrateOption: migrateOption(job, planted),
    CheckStepInfo: checkAt(job, now).status === 'unavailable' ? null : check,
    ErrorInfo: error === null ? null : [errorField(error, planted)],
    RateLimitOption: null,
  }
}

function stepsOf({ StepAll, StepNow, Steps }: ReturnType<typeof checkStepInfo>['Progress']) {
  return { StepAll, StepNow, StepInfo: Steps }
}
