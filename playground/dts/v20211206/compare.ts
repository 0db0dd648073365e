import { createHash } from 'node:crypto'
import type { z } from 'zod'

import { ApiError } from '../api-error.ts'
import { toBeijing } from '../beijing-time.ts'
import { compareAt, compareEnd, type CompareTask } from '../compare-task.ts'
import type { Job } from '../job.ts'
import type { compareTasksParameters, createCompareParameters } from './parameters.ts'

/** CreateCompareTask; it waits for StartCompare. */
export function createCompare(
  job: Job,
  now: number,
  { TaskName, ObjectMode, Objects, Options }: z.output<typeof createCompareParameters>,
) {
  if (ObjectMode === 'custom' && !Objects) {
    throw new ApiError('InvalidParameter.InvalidParameterError', { about: 'Objects' })
  }
  const id = `${job.id}-cmp-${suffix(`${job.id} ${job.compareTasks.length}`)}`
  const task = { id, name: TaskName || id, createdAt: now, startedAt: null }
  job.compareTasks.push({ ...task, objects: Objects ?? null, options: Options })
  return { CompareTaskId: id }
}

/** StartCompare; a task runs once. */
export function startCompare(job: Job, now: number, id: string): void {
  const task = job.compareTasks.find((one) => one.id === id)
  if (!task) throw new ApiError('ResourceNotFound.ResourceNotFoundError')
  if (task.startedAt !== null) throw new ApiError('OperationDenied.OperationDeniedError')
  task.startedAt = now
}

/** DescribeCompareTasks, the newest first. */
export function describeCompares(
  job: Job,
  now: number,
  { CompareTaskId, Status, Offset, Limit }: z.output<typeof compareTasksParameters>,
) {
  const found = job.compareTasks
    .map((task) => compareItem(job, task, now))
    .filter((item) => CompareTaskId === undefined || item.CompareTaskId === CompareTaskId)
    .filter((item) => !Status?.length || Status.includes(item.Status))
    .toReversed()
  return { TotalCount: found.length, Items: found.slice(Offset, Offset + Limit) }
}

function compareItem(job: Job, task: CompareTask, now: number) {
  const { status, percent, conclusion } = compareAt(task, job.compare, now)
  const end = compareEnd(task, job.compare)
  const done = status === 'success' ? 'done' : ''
  return {
    JobId: job.id,
    CompareTaskId: task.id,
    TaskName: task.name,
    Status: status,
    Config: task.objects ?? { ObjectMode: 'all', ObjectItems: null, AdvancedObjects: null },
    CheckProcess: progress('', 0),
    CompareProcess: { ...progress(done, percent), Status: status },
    Conclusion: conclusion,
    CreatedAt: toBeijing(task.createdAt),
    StartedAt: toBeijing(task.startedAt),
    FinishedAt: toBeijing(end !== null && end <= now ? end : null),
    Method: String(task.options['Method']),
    Options: task.options,
    Message: status === 'failed' ? '一致性校验任务失败' : done,
  }
}

function progress(message: string, percent: number) {
  return { Status: '', Percent: percent, StepAll: 0, StepNow: 0, Message: message, Steps: null }
}

/** Eight characters, always the same for the same task. */
function suffix(seed: string): string {
  const number = createHash('sha256').update(seed).digest().readUIntBE(0, 6)
  return number.toString(36).padStart(8, '0').slice(-8)
}
