import { toBeijing } from '../beijing-time.ts'
import { compareAt } from '../compare-task.ts'
import { lastRunAt, lifeAt } from '../job-life.ts'
import type { Job } from '../job.ts'
import { type Planted, spill } from '../planted.ts'
import { stateOf } from '../status.ts'
import { actionField } from './allowed.ts'
import { type Passwords, sourceField, targetField } from './endpoint.ts'
import { stepInfo } from './step-info.ts'

/** What a list and the detail say of a job alike. */
export function jobFields(job: Job, now: number, passwords: Passwords, planted: Planted) {
  const life = lifeAt(job, now)
  const startedAt = lastRunAt(job, now)
  return {
    JobId: job.id,
    JobName: job.name,
    CreateTime: toBeijing(job.createdAt),
    UpdateTime: toBeijing(life.endedAt ?? startedAt ?? job.createdAt),
    StartTime: toBeijing(startedAt),
    EndTime: toBeijing(life.endedAt),
    BriefMsg: life.error === null ? '' : spill(life.error, planted),
    Status: stateOf(life.status),
    RunMode: job.expectAt === null ? 'immediate' : 'timed',
    ExpectRunTime: job.expectAt === null ? '' : toBeijing(job.expectAt),
    Action: actionField(job, now),
    StepInfo: stepInfo(job, now, planted),
    SrcInfo: sourceField(job, passwords, planted),
    DstInfo: targetField(job, passwords, planted),
    CompareTask: compareField(job, now),
    TradeInfo: TRADE,
    Tags: [],
    DumperResumeCtrl: 'yes',
  }
}

function compareField(job: Job, now: number) {
  const task = job.compareTasks.at(-1)
  if (!task) return { CompareTaskId: '', Status: 'notexist' }
  const { status, conclusion } = compareAt(task, job.compare, now)
  return { CompareTaskId: task.id, Status: conclusion ? VERDICTS[conclusion] : STAGES[status] }
}

const VERDICTS = { same: 'consistent', different: 'inconsistent' } as const
const STAGES = {
  created: 'unstart',
  readyRun: 'running',
  running: 'running',
  failed: 'failed',
  success: 'failed',
} as const

const TRADE = {
  DealName: '20260101000000000000000',
  LastDealName: '',
  InstanceClass: 'medium',
  TradeStatus: 'normal',
  ExpireTime: toBeijing(null),
  OfflineTime: toBeijing(null),
  IsolateTime: toBeijing(null),
  OfflineReason: '',
  IsolateReason: '',
  PayType: 'postpay',
  BillingType: 'billing',
}
