/** Jobs as DTS 2021-12-06 writes them. */

export const SECRET = 'not-a-real-secret'

type Raw = Record<string, unknown>

/** What DescribeMigrationDetail answers for a running job, in the forms that the documentation shows. */
export function rawDetail(changes: Raw = {}): Raw {
  return {
    ...rawItem(),
    ErrorInfo: [],
    MigrateOption: {
      Consistency: { Mode: 'full' },
      DatabaseTable: { ObjectMode: 'all', Databases: [], AdvancedObjects: null },
      ExtraAttr: [],
      IsDstReadOnly: true,
      IsMigrateAccount: false,
      IsOverrideRoot: false,
      MigrateType: 'fullAndIncrement',
    },
    CheckStepInfo: {
      StartAt: '2026-11-24 11:50:00',
      EndAt: '2026-11-24 11:51:00',
      Progress: { Message: 'success', Percent: 100, Status: 'success', StepAll: 1, Steps: [] },
    },
    RateLimitOption: { CurrentDumpThread: 1, HasUserSetRateLimit: 'no' },
    ...changes,
  }
}

/** What DescribeMigrationJobs lists for the same job. */
export function rawItem(changes: Raw = {}): Raw {
  return {
    JobId: 'dts-1ewjspuw',
    JobName: 'orders-to-cynosdb',
    CreateTime: '2026-11-20 08:00:00',
    UpdateTime: '2026-11-24 12:05:00',
    StartTime: '2026-11-24 12:00:00',
    EndTime: '0000-00-00 00:00:00',
    BriefMsg: '',
    Status: 'running',
    RunMode: 'immediate',
    ExpectRunTime: '2026-11-24 11:45:00',
    Action: {
      AllAction: ['view', 'modify', 'check', 'start', 'configure', 'stop', 'complete', 'resume'],
      AllowedAction: ['view', 'stop', 'createCmpTask', 'view', 'isolate', 'resize'],
    },
    StepInfo: {
      StepAll: 3,
      StepNow: 2,
      MasterSlaveDistance: 2,
      SecondsBehindMaster: 12,
      StepInfo: [
        rawStep({ StepNo: 1, StepName: 'Export', StepId: 'dumper', Status: 'finished' }),
        rawStep({ StepNo: 2, StepName: 'Import', StepId: 'loader', Percent: 31 }),
        rawStep({ StepNo: 3, StepName: 'Sync', StepId: 'sinker', Status: 'notStarted' }),
      ],
    },
    SrcInfo: rawEnd({ AccessType: 'cvm', Info: [rawNode({ CvmInstanceId: 'ins-0rders01' })] }),
    DstInfo: rawEnd({
      DatabaseType: 'cynosdbmysql',
      Info: [rawNode({ InstanceId: 'cynosdbmysql-target01', Host: '', Port: 0, Password: '' })],
    }),
    CompareTask: { CompareTaskId: '', Status: 'notexist' },
    TradeInfo: { InstanceClass: 'medium', TradeStatus: 'normal' },
    Tags: [],
    AutoRetryTimeRangeMinutes: 5,
    DumperResumeCtrl: 'yes',
    ...changes,
  }
}

export function rawStep(changes: Raw = {}): Raw {
  return { Status: 'running', StartTime: '', Percent: 0, Errors: [], Warnings: [], ...changes }
}

export function rawEnd(changes: Raw = {}): Raw {
  return {
    Region: 'ap-guangzhou',
    AccessType: 'cdb',
    DatabaseType: 'mysql',
    NodeType: 'simple',
    Info: [rawNode()],
    Supplier: '',
    ExtraAttr: [],
    DatabaseNetEnv: '',
    ...changes,
  }
}

export function rawNode(changes: Raw = {}): Raw {
  return {
    Role: '',
    DbKernel: '',
    Host: '10.0.0.7',
    Port: 3306,
    User: 'migrator',
    Password: SECRET,
    CvmInstanceId: '',
    InstanceId: '',
    EngineVersion: '5.7',
    TmpSecretId: '',
    TmpSecretKey: '',
    TmpToken: '',
    ...changes,
  }
}

/** A check that passed because an item that failed was skipped, as in the published sample. */
export function rawCheckAnswer(changes: Raw = {}): Raw {
  return {
    Status: 'success',
    CheckFlag: 'checkPass',
    BriefMsg: 'success',
    StepInfo: [
      rawCheckStep(),
      rawCheckStep({
        StepNo: 1,
        StepId: 'OptimizeCheck',
        StepName: 'Optional settings',
        StepStatus: 'failed',
        HasSkipped: true,
        DetailCheckItems: [rawCheckDetail({ CheckResult: 'warning', ErrorLog: ['skipped'] })],
      }),
    ],
    ...changes,
  }
}

export function rawCheckStep(changes: Raw = {}): Raw {
  return {
    StepNo: 0,
    StepId: 'ConnectDBCheck',
    StepName: 'Connection',
    StepStatus: 'pass',
    StepMessage: '',
    DetailCheckItems: [],
    HasSkipped: false,
    ...changes,
  }
}

export function rawCheckDetail(changes: Raw = {}): Raw {
  return {
    CheckItemName: 'An item',
    Description: '',
    CheckResult: 'failed',
    FailureReason: '',
    Solution: '',
    ErrorLog: [],
    HelpDoc: [''],
    SkipInfo: '',
    ...changes,
  }
}

export function rawCompare(changes: Raw = {}): Raw {
  return {
    JobId: 'dts-1ewjspuw',
    CompareTaskId: 'dts-1ewjspuw-cmp-bmuum7jk',
    TaskName: 'before the cut over',
    Status: 'success',
    Conclusion: 'same',
    Config: { ObjectMode: 'all', ObjectItems: null },
    CheckProcess: { Message: '', Status: '', Percent: 0, Steps: [] },
    CompareProcess: { Message: 'done', Status: '', Percent: 100, Steps: [] },
    CreatedAt: '2026-11-24 17:21:02',
    StartedAt: '2026-11-24 17:24:09',
    FinishedAt: '2026-11-24 17:24:54',
    Method: 'dataCheck',
    Message: 'done',
    ...changes,
  }
}
