import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import type { PretendDts } from '../../playground/dts/pretend-dts.ts'
import type { Version } from '../../playground/dts/version.ts'
import { credential } from './dts-client.ts'

type Job = {
  JobId: string
  Status: string
  StartTime: string
  BriefMsg: string
  Action: { AllowedAction: string[] }
  StepInfo: {
    SecondsBehindMaster: number
    StepInfo: { StepName: string; Status: string; StartTime: string }[]
  }
  CompareTask: { CompareTaskId: string; Status: string }
}

/** The official client for one version, on `region`. */
export function official(
  dts: PretendDts,
  version: Version = '2021-12-06',
  region = 'ap-guangzhou',
) {
  const client = new CommonClient(new URL(dts.url).host, version, {
    credential,
    region,
    profile: { language: 'en-US', httpProfile: { protocol: 'http://' } },
  })
  return (action: string, params: object = {}) => client.request(action, params)
}

/** What an action of 2021-12-06 answers for a job: `ok` or the error's code. */
export async function attempt21(dts: PretendDts, action: string, params: object): Promise<string> {
  const answer = official(dts)(action, params)
  return answer.then(
    () => 'ok',
    (error: unknown) => String((error as { code: unknown }).code),
  )
}

/** The ids of a listing, in its order. */
export async function ids21(dts: PretendDts, params: object): Promise<string[]> {
  const { JobList } = (await official(dts)('DescribeMigrationJobs', params)) as { JobList: Job[] }
  return JobList.map(({ JobId }) => JobId)
}

/** A job as the listing of 2021-12-06 shows it; throws for one that is not there. */
export async function job21(dts: PretendDts, JobId: string): Promise<Job> {
  const page = await official(dts)('DescribeMigrationJobs', { JobId })
  const [job] = (page as { JobList: Job[] }).JobList
  if (!job) throw new Error(`There is no job ${JobId}.`)
  return job
}
