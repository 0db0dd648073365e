import { toBeijing } from '../beijing-time.ts'
import { lifeAt } from '../job-life.ts'
import type { Job } from '../job.ts'
import type { Life, LifeStep } from '../life.ts'
import { type Planted, spill } from '../planted.ts'
import { errorField } from './error-info.ts'

/** StepInfo of a job that runs or ran; -1 where there is no lag to tell. */
export function stepInfo(job: Job, now: number, planted: Planted) {
  const life = lifeAt(job, now)
  const lag = life.lagSeconds
  return {
    StepAll: life.steps.length,
    StepNow: life.step,
    MasterSlaveDistance: lag === null ? -1 : Math.ceil(lag / 10),
    SecondsBehindMaster: lag ?? -1,
    StepInfo: life.steps.map((step, index) => runStep(life, step, index, planted)),
  }
}

function runStep(life: Life, step: LifeStep, index: number, planted: Planted) {
  const { name, id, status, startedAt } = step
  const finishedAt = life.steps[index + 1]?.startedAt ?? life.endedAt
  const error = status === 2 && life.error !== null ? life.error : ''
  return {
    StepNo: index + 1,
    StepName: name,
    StepId: id,
    Status: WORDS[status],
    StartTime: startedAt === null ? null : toBeijing(startedAt),
    FinishTime: status === 1 && finishedAt !== null ? toBeijing(finishedAt) : null,
    StepMessage: spilled(error, planted),
    Percent: status === 1 ? 100 : status === 4 ? 0 : life.stepPercent,
    Errors: error === '' ? [] : [tip(error, planted)],
    Warnings: [],
  }
}

// The models say "success" for the first; the official samples show "finished".
const WORDS = { 1: 'finished', 2: 'failed', 3: 'running', 4: 'notStarted' } as const

function tip(error: string, planted: Planted) {
  const { ErrorLog, Solution, HelpDoc } = errorField(error, planted)
  return { Message: ErrorLog, Solution, HelpDoc }
}

function spilled(text: string, planted: Planted): string {
  return text === '' ? '' : spill(text, planted)
}
