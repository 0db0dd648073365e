/** Reads MigrateDetailInfo of DTS API 2021-12-06: how far a job is, and what went wrong on the way. */
import type { Progress } from '../job.ts'
import { amount, fields, list, number, percent, text } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'
import { rawTip } from './errors.ts'

const step = fields((raw) => ({
  StepNo: number(raw.StepNo),
  StepName: text(raw.StepName),
  Status: text(raw.Status),
  Percent: percent(raw.Percent),
  Errors: list(raw.Errors, rawTip),
}))

export const rawSteps = fields((raw) => ({
  StepAll: amount(raw.StepAll),
  StepNow: amount(raw.StepNow),
  SecondsBehindMaster: amount(raw.SecondsBehindMaster),
  MasterSlaveDistance: amount(raw.MasterSlaveDistance),
  StepInfo: list(raw.StepInfo, step),
}))

export function progress(raw: ReturnType<typeof rawSteps>, scrub: Scrub): Progress {
  const { StepInfo: steps, StepNow, StepAll } = raw
  const current =
    steps.find(({ StepNo }) => StepNo !== undefined && StepNo === StepNow) ??
    steps.find(({ Status }) => Status === 'running')

  return {
    stepNow: StepNow,
    stepAll: StepAll,
    stepName: current?.StepName && scrub.text(current.StepName),
    percent: steps.length === StepAll ? meanOf(steps.map(percentOf)) : undefined,
    secondsBehind: raw.SecondsBehindMaster,
    megabytesBehind: raw.MasterSlaveDistance,
  }
}

/** This version gives a percentage for each step only, and calls a step done in several ways. */
function percentOf({ Status, Percent }: ReturnType<typeof step>): number | undefined {
  if (Status && DONE.has(Status)) return 100
  return Status === 'notStarted' ? 0 : Percent
}

const DONE = new Set(['success', 'finished', 'skipped'])

/** Rounded down; undefined if one of them is. */
function meanOf(percents: (number | undefined)[]): number | undefined {
  const known = percents.filter((one) => one !== undefined)
  if (known.length < percents.length || known.length === 0) return undefined
  return Math.floor(known.reduce((sum, one) => sum + one, 0) / known.length)
}
