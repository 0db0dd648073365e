import { rawCheckDetail, rawCheckStep, rawCompare, rawDetail, rawStep } from './raw-details.ts'
import { COMPARE } from './open-dts.ts'
import { rawJob } from './raw-jobs.ts'

/** A secret, the name of its field and the object that keeps it. */
export type Planted = { where: string; name: string; secret: string }

/** Answers of DTS 2018-03-30 that keep a secret in one place and repeat it in every text. */
export function leakingAnswers(planted: Planted): object[] {
  const { secret } = planted
  const leaks = `before ${secret} after`
  const Error = { Code: leaks, Message: leaks }
  const JobList = [leakingJob(planted, leaks)]
  return [
    { Response: { TotalCount: 1, JobList, RequestId: secret, ErrorMessage: leaks } },
    { Response: { Error, JobList, ErrorMessage: leaks, RequestId: secret } },
  ]
}

function leakingJob({ where, name, secret }: Planted, leaks: string) {
  const hidden = { [name]: secret }
  return rawJob({
    JobName: leaks,
    SrcDatabaseType: leaks,
    SrcAccessType: secret,
    SrcInfo: {
      InstanceId: leaks,
      Region: secret,
      Ip: leaks,
      ...(where === 'SrcInfo' ? hidden : {}),
    },
    DstInfo: { InstanceId: secret, User: leaks, ...(where === 'DstInfo' ? hidden : {}) },
    SrcInfoMulti: where === 'SrcInfoMulti' ? [{ Ip: leaks }, hidden] : null,
    MigrateOption: {
      RunMode: 2,
      ExpectTime: leaks,
      ExternParams: where === 'ExternParams' ? JSON.stringify({ deep: [hidden] }) : leaks,
    },
    Unknown: where === 'Unknown' ? { deeper: hidden } : leaks,
    CreateTime: leaks,
    Detail: { StepNow: 1, Progress: leaks, StepInfo: [{ StepNo: 1, StepName: leaks }] },
    ErrorInfo: [
      { ErrorLog: leaks, HelpDoc: 'https://example.com/' },
      {
        ErrorLog: JSON.stringify({ message: secret }),
        HelpDoc: `https://example.com/?q=${secret}`,
      },
    ],
  })
}

/** The same of DTS 2021-12-06: one answer that every call reads something of, and an error. */
export function leakingAnswers2021(planted: Planted): object[] {
  const { secret } = planted
  const leaks = `before ${secret} after`
  const link = `https://example.com/?q=${secret}`
  const detail = leakingDetail(planted, leaks)
  const item = rawCheckDetail({
    FailureReason: leaks,
    Solution: leaks,
    ErrorLog: [leaks],
    HelpDoc: [leaks, link],
    SkipInfo: leaks,
  })
  const StepInfo = [
    rawCheckStep({ StepId: secret, StepName: leaks, StepMessage: leaks, DetailCheckItems: [item] }),
    rawCheckStep({
      StepName: leaks,
      StepMessage: leaks,
      DetailCheckItems: [{ ErrorLog: [leaks] }],
    }),
  ]
  const lists = {
    TotalCount: 1,
    JobList: [detail],
    Items: [rawCompare({ TaskName: leaks, Message: leaks, Status: secret, Conclusion: leaks })],
    CompareTaskId: COMPARE,
    Message: leaks,
    RequestId: secret,
  }
  const Error = { Code: leaks, Message: leaks }
  return [
    { Response: { ...detail, ...lists } },
    { Response: { ...detail, ...lists, Status: 'success', CheckFlag: secret, StepInfo } },
    { Response: { ...detail, ...lists, Error } },
  ]
}

function leakingDetail({ where, name, secret }: Planted, leaks: string) {
  const hidden = { [name]: secret }
  const attribute = [{ Key: name === 'Password' ? 'ssl_ca' : name, Value: secret }]
  const end = (is: 'Src' | 'Dst') => ({
    Region: secret,
    AccessType: leaks,
    DatabaseType: secret,
    Info: [
      { Host: leaks, User: leaks },
      { InstanceId: is === 'Src' ? leaks : secret, ...(where === `${is}Info` ? hidden : {}) },
    ],
    ExtraAttr: where === `${is}Attr` ? attribute : null,
  })
  const tip = { Message: leaks, Solution: leaks, HelpDoc: `https://example.com/?q=${secret}` }
  return rawDetail({
    JobName: leaks,
    Status: secret,
    RunMode: 'timed',
    ExpectRunTime: leaks,
    StartTime: leaks,
    BriefMsg: leaks,
    Action: { AllowedAction: [secret, leaks] },
    SrcInfo: end('Src'),
    DstInfo: end('Dst'),
    MigrateOption: {
      MigrateType: secret,
      DatabaseTable: {
        ObjectMode: 'partial',
        Databases: [{ DbName: leaks, SchemaName: secret, Tables: [{ TableName: leaks }] }],
      },
      ExtraAttr: where === 'Options' ? attribute : null,
    },
    Unknown: where === 'Unknown' ? { deeper: hidden } : leaks,
    StepInfo: { StepNow: 1, StepAll: 1, StepInfo: [rawStep({ StepName: leaks, Errors: [tip] })] },
    ErrorInfo: [
      { Code: secret, Solution: leaks, ErrorLog: leaks, HelpDoc: leaks },
      { ErrorLog: JSON.stringify({ message: secret }), HelpDoc: tip.HelpDoc },
    ],
  })
}
