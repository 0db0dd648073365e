import type { Job } from '../job.ts'
import { sourcePlace, targetPlace } from '../places.ts'
import type { Planted } from '../planted.ts'

/** How passwords look: a list masks them, the detail of one job shows them readable. */
export type Passwords = 'masked' | 'readable'

/** SrcInfo: where the data comes from. */
export function sourceField(job: Job, passwords: Passwords, planted: Planted) {
  const { database, access, info } = job.source
  const place = { ...sourcePlace(job), ...info }
  return endpoint(job, database, access, dbInfo(place, passwords, planted), planted)
}

/** DstInfo: where it goes. */
export function targetField(job: Job, passwords: Passwords, planted: Planted) {
  const { database, info } = job.target
  const place = { ...targetPlace(job), ...info }
  return endpoint(job, database, 'cdb', dbInfo(place, passwords, planted), planted)
}

function endpoint(job: Job, database: string, access: string, info: DbInfo, planted: Planted) {
  return {
    Region: job.region,
    AccessType: access,
    DatabaseType: database,
    NodeType: database === 'mongodb' ? 'replicaset' : 'simple',
    Info: [info],
    Supplier: 'others',
    ExtraAttr: extraAttributes(database, planted),
    DatabaseNetEnv: access === 'ccn' ? 'TencentVPC' : null,
    ConnectType: null,
    CcnOwnerUin: null,
  }
}

function extraAttributes(database: string, planted: Planted) {
  const secrets = planted ? [{ Key: 'AuthPassword', Value: planted }] : []
  if (database !== 'mongodb') return planted ? secrets : null
  return [
    { Key: 'AuthDatabase', Value: 'admin' },
    { Key: 'AuthFlag', Value: '1' },
    { Key: 'AuthMechanism', Value: 'SCRAM-SHA-1' },
    ...secrets,
  ]
}

type DbInfo = ReturnType<typeof dbInfo>

/** The fields of DBInfo from those that 2018-03-30 has for a place. */
function dbInfo(place: Record<string, string | number>, passwords: Passwords, planted: Planted) {
  const text = (name: string) => String(place[name] ?? '')
  return {
    Role: '',
    DbKernel: '',
    Host: text('Ip'),
    Port: Number(place['Port'] ?? 0),
    User: text('User') || 'root',
    Password: planted || (passwords === 'masked' ? 'xxxxxxxx' : 'pretend-password'),
    CvmInstanceId: text('CvmInstanceId'),
    UniqVpnGwId: text('UniqVpnGwId'),
    UniqDcgId: text('UniqDcgId'),
    InstanceId: text('InstanceId') || text('RdsInstanceId'),
    CcnGwId: text('CcnId') || null,
    VpcId: text('VpcId'),
    SubnetId: text('SubnetId'),
    EngineVersion: text('EngineVersion'),
    Account: '',
    AccountRole: '',
    AccountMode: '',
    TmpSecretId: planted,
    TmpSecretKey: planted,
    TmpToken: planted,
    EncryptConn: 'UnEncrypted',
    SetId: null,
  }
}
