import { toBeijing, ZERO_TIME } from '../beijing-time.ts'
import { lastRunAt, lifeAt } from '../job-life.ts'
import type { Job } from '../job.ts'
import type { Life } from '../life.ts'
import { type Planted, spill } from '../planted.ts'
import { sourcePlace, targetPlace } from '../places.ts'
import { numberOf } from '../status.ts'

/** The job as MigrateJobInfo of API 2018-03-30 shows it. */
export function rawJob(job: Job, now: number, planted: Planted) {
  const life = lifeAt(job, now)
  return {
    JobId: job.id,
    JobName: job.name,
    MigrateOption: migrateOption(job, planted),
    SrcDatabaseType: job.source.database,
    SrcAccessType: job.source.access,
    SrcInfo: sourceInfo(job, planted),
    DstDatabaseType: job.target.database,
    DstAccessType: 'cdb',
    DstInfo: {
      Region: job.region,
      InstanceId: '',
      Ip: '',
      Port: 0,
      ReadOnly: 0,
      User: '',
      ...targetPlace(job),
      ...job.target.info,
      Password: planted,
    },
    DatabaseInfo: planted ? JSON.stringify([{ Password: planted }]) : job.databaseInfo,
    CreateTime: toBeijing(job.createdAt),
    // Undocumented whether a reset or a new check clears it. Here it stays.
    StartTime: toBeijing(lastRunAt(job, now)),
    EndTime: toBeijing(life.endedAt),
    Status: numberOf(life.status),
    Detail: detail(job, life),
    ErrorInfo: life.error === null ? [] : [{ ErrorLog: spill(life.error, planted), HelpDoc: HELP }],
    Tags: [],
    // Documented as possibly null, so it is.
    SrcInfoMulti: planted ? [sourceInfo(job, planted)] : null,
  }
}

const HELP = 'https://cloud.tencent.com/document/product/571'

function migrateOption(job: Job, planted: Planted) {
  const wholeInstance = job.databaseInfo === '' || job.databaseInfo === '[]'
  return {
    RunMode: job.expectAt === null ? 1 : 2,
    ExpectTime: job.expectAt === null ? ZERO_TIME : toBeijing(job.expectAt),
    MigrateType: job.migrateType,
    MigrateObject: wholeInstance ? 1 : 2,
    ConsistencyType: 1,
    IsOverrideRoot: job.overrideRoot ? 1 : 0,
    ExternParams: planted ? JSON.stringify({ Password: planted }) : '',
    ConsistencyParams: { SelectRowsPerTable: 0, TablesSelectAll: 0, TablesSelectCount: 0 },
  }
}

function sourceInfo(job: Job, planted: Planted) {
  return {
    Ip: '',
    Port: 0,
    User: '',
    RdsInstanceId: '',
    CvmInstanceId: '',
    UniqDcgId: '',
    VpcId: '',
    SubnetId: '',
    UniqVpnGwId: '',
    InstanceId: '',
    Region: job.region,
    Supplier: 'others',
    CcnId: '',
    EngineVersion: '',
    ...sourcePlace(job),
    ...job.source.info,
    AccessKey: planted,
    Password: planted,
  }
}

function detail(job: Job, life: Life) {
  const lag = life.lagSeconds ?? 0
  const { database } = job.source
  return {
    StepAll: life.steps.length,
    StepNow: life.step,
    Progress: String(life.percent),
    CurrentStepProgress: String(life.stepPercent),
    MasterSlaveDistance: database === 'mysql' || database === 'redis' ? Math.ceil(lag / 10) : 0,
    SecondsBehindMaster: database === 'mysql' ? lag : 0,
    StepInfo: life.steps.map((step, index) => ({
      StepNo: index + 1,
      StepName: step.name,
      StepId: step.id,
      Status: step.status,
      StartTime: step.startedAt === null ? '' : toBeijing(step.startedAt),
    })),
  }
}
