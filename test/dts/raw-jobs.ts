/** Jobs as DTS 2018-03-30 writes them. */

export const SECRET = 'not-a-real-secret'

/** A whole job, running. Times and counts in the forms that the documentation shows. */
export function rawJob(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    JobId: 'dts-1kl0iy0v',
    JobName: 'orders-to-cynosdb',
    MigrateOption: {
      RunMode: 1,
      ExpectTime: '0000-00-00 00:00:00',
      MigrateType: 3,
      MigrateObject: 1,
      ConsistencyType: 1,
      IsOverrideRoot: 0,
      ExternParams: '',
      ConsistencyParams: { SelectRowsPerTable: 0, TablesSelectAll: 0, TablesSelectCount: 0 },
    },
    SrcDatabaseType: 'mysql',
    SrcAccessType: 'cdb',
    SrcInfo: {
      AccessKey: '',
      Ip: '10.0.0.7',
      Port: 3306,
      User: 'migrator',
      Password: SECRET,
      InstanceId: 'cdb-source01',
      Region: 'ap-guangzhou',
    },
    DstDatabaseType: 'cynosdbmysql',
    DstAccessType: 'cdb',
    DstInfo: {
      Region: 'ap-guangzhou',
      InstanceId: 'cynosdbmysql-target01',
      Ip: '10.0.0.8',
      Port: 3306,
      ReadOnly: 1,
      User: 'migrator',
      Password: '',
    },
    DatabaseInfo: '[]',
    CreateTime: '2026-11-20 08:00:00',
    StartTime: '2026-11-24 12:00:00',
    EndTime: '0000-00-00 00:00:00',
    Status: 7,
    Detail: {
      StepAll: 6,
      StepNow: 3,
      Progress: '43',
      CurrentStepProgress: '10',
      MasterSlaveDistance: 2,
      SecondsBehindMaster: 12,
      StepInfo: [
        { StepNo: 2, StepName: 'Export', StepId: 'dump', Status: 1, StartTime: '' },
        { StepNo: 3, StepName: 'Import', StepId: 'load', Status: 3 },
      ],
    },
    ErrorInfo: [],
    Tags: [{ TagKey: 'team', TagValue: 'orders' }],
    SrcInfoMulti: null,
    ...changes,
  }
}

/** The object with one of its inner objects changed. */
export function withInner(
  job: Record<string, unknown>,
  name: string,
  changes: Record<string, unknown>,
): Record<string, unknown> {
  const inner = job[name]
  return { ...job, [name]: { ...(typeof inner === 'object' ? inner : {}), ...changes } }
}
