import { toBeijing } from '../beijing-time.ts'
import { checkAt } from '../job-life.ts'
import type { Job } from '../job.ts'
import { type Planted, spill } from '../planted.ts'
import { checkStepsAt, type StepAt } from './check-steps-at.ts'

/** The answer of DescribeMigrationCheckJob. CheckFlag stays that of the check before until the end. */
export function checkResult(job: Job, now: number, planted: Planted) {
  const { flag, error } = checkAt(job, now)
  const status = checkStatus(job, now)
  return {
    Status: status,
    BriefMsg: status === 'success' ? 'success' : error === null ? '' : spill(error, planted),
    CheckFlag: FLAGS[flag],
    StepInfo:
      status === 'notStarted'
        ? null
        : checkStepsAt(job, now).map((step, index) => checkStep(step, index, planted)),
  }
}

/** CheckStepInfo of DescribeMigrationDetail. */
export function checkStepInfo(job: Job, now: number, planted: Planted) {
  const { percent, error } = checkAt(job, now)
  const { turn, checkMs } = job
  const status = checkStatus(job, now)
  const steps = checkStepsAt(job, now)
  const times = turn.kind === 'check' ? [turn.at, turn.at + checkMs] : [null, null]
  const [startAt = null, endAt = null] = times
  return {
    StartAt: toBeijing(startAt),
    EndAt: toBeijing(endAt !== null && endAt > now ? null : endAt),
    Progress: {
      Status: status,
      Percent: percent,
      StepAll: steps.length,
      StepNow: steps.filter(({ outcome }) => outcome !== 'notStarted').length,
      Message: error === null ? status : spill(error, planted),
      Steps: steps.map((step) => progressStep(step, planted)),
    },
  }
}

const FLAGS = { 0: 'checkNotPass', 1: 'checkPass', 3: '' } as const

function checkStatus(job: Job, now: number) {
  const { status, flag } = checkAt(job, now)
  if (status === 'unavailable') return 'notStarted'
  if (status !== 'finished') return 'running'
  return flag === 1 ? 'success' : 'failed'
}

function checkStep({ id, name, outcome, skipped, item }: StepAt, index: number, planted: Planted) {
  return {
    StepNo: index,
    StepId: id,
    StepName: name,
    StepStatus: outcome,
    StepMessage: item && outcome === 'failed' ? spill(item.message, planted) : '',
    DetailCheckItems:
      item === null
        ? []
        : [
            {
              CheckItemName: name,
              Description: '',
              // As in the official sample: the step failed, its item is but a warning.
              CheckResult: skipped ? 'warning' : item.result,
              FailureReason: item.result === 'failed' ? spill(item.message, planted) : '',
              Solution: item.result === 'failed' ? '请修复后重新校验。' : '',
              ErrorLog: skipped ? ['skipped'] : [spill(item.message, planted)],
              HelpDoc: ['https://cloud.tencent.com/document/product/571/61639'],
              SkipInfo: item.skippable ? '跳过该检查项可能导致迁移失败或数据不一致。' : '',
            },
          ],
    HasSkipped: skipped,
  }
}

function progressStep({ id, name, outcome, skipped, item }: StepAt, planted: Planted) {
  const tips = item ? [{ Message: spill(item.message, planted), Solution: '', HelpDoc: '' }] : []
  const failed = outcome === 'failed'
  return {
    StepNo: 0,
    StepName: name,
    StepId: id,
    Status: skipped ? 'skipped' : PROGRESS[outcome],
    StartTime: null,
    FinishTime: null,
    StepMessage: '',
    Percent: outcome === 'notStarted' || skipped ? 0 : 100,
    Errors: failed && !skipped ? tips : [],
    Warnings: failed && !skipped ? [] : tips,
  }
}

const PROGRESS = {
  pass: 'finished',
  warning: 'finished',
  failed: 'failed',
  notStarted: 'notStarted',
  blocked: 'notStarted',
} as const
