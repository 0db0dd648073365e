/** A bare server for `bench/dts.ts`: gives each action of DTS the same answer, made in advance. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rawItem, rawNode } from '../test/dts/raw-details.ts'
import { rawJob, withInner } from '../test/dts/raw-jobs.ts'

const JOBS = Array.from({ length: 100 }, (_, index) => index)
const LOG = 'Import of table orders.items failed: Duplicate entry 4711 for key PRIMARY, errno 1062'

const answers = new Map([
  ['DescribeMigrateJobs', { TotalCount: 100, JobList: JOBS.map(job) }],
  ['DescribeMigrationJobs', { TotalCount: 100, JobList: JOBS.map(item) }],
  [
    'DescribeMigrateCheckJob',
    { Status: 'finished', ErrorCode: 0, ErrorMessage: '', Progress: '100', CheckFlag: 1 },
  ],
])
const bodies = new Map([...answers].map(([action, answer]) => [action, bodyOf(answer)]))

const server = createServer((request, response) => {
  const body = bodies.get(String(request.headers['x-tc-action']))
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body?.length })
    response.end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.on('disconnect', () => process.exit())

function bodyOf(answer: object): Buffer {
  const RequestId = '8f4c2a8e-0000-4000-8000-1234567890ab'
  return Buffer.from(JSON.stringify({ Response: { ...answer, RequestId } }))
}

/** No two have a name, a source or a password in common; one in ten failed. */
function job(index: number): object {
  const ErrorInfo = [{ ErrorLog: LOG, HelpDoc: 'https://cloud.tencent.com/document/product/571' }]
  const changes = index % 10 === 0 ? { Status: 10, ErrorInfo } : {}
  const one = rawJob({
    JobId: `dts-${100_000 + index}`,
    JobName: `orders-${index}-to-cynosdb`,
    ...changes,
  })
  const source = { InstanceId: `cdb-source${index}`, Password: `not-a-real-secret-${index}` }
  const target = { InstanceId: `cynosdbmysql-target${index}`, Password: `not-a-real-one-${index}` }
  return withInner(withInner(one, 'SrcInfo', source), 'DstInfo', target)
}

function item(index: number): object {
  const ErrorInfo = [{ Code: 'Import.Failed', Solution: 'Remove the row.', ErrorLog: LOG }]
  const changes = index % 10 === 0 ? { Status: 'failed', ErrorInfo } : { ErrorInfo: [] }
  const one = rawItem({
    JobId: `dts-${100_000 + index}`,
    JobName: `orders-${index}-to-cynosdb`,
    ...changes,
  })
  const source = rawNode({
    CvmInstanceId: `ins-${100_000 + index}`,
    Password: `not-a-real-secret-${index}`,
  })
  const target = rawNode({
    InstanceId: `cynosdbmysql-target${index}`,
    Host: '',
    Port: 0,
    Password: `not-a-real-one-${index}`,
  })
  return withInner(withInner(one, 'SrcInfo', { Info: [source] }), 'DstInfo', { Info: [target] })
}
