import type { ServerResponse } from 'node:http'
import { API_VERSIONS } from '../../src/dts/job.ts'
import { answer, answeringServer } from './answering-server.ts'
import { openDts } from './open-dts.ts'

export type Says = (response: ServerResponse) => void
export const says =
  (content: object): Says =>
  (response) =>
    answer(response, { Response: { RequestId: 'r-1', ...content } })
export const fails = (Code: string): Says => says({ Error: { Code, Message: 'x' } })

/** A DTS of two versions, which says to each what it is set to say. */
export async function twoVersions(first: Says, second: Says) {
  const set = { first, second }
  const server = await answeringServer((response, { headers }) => {
    const say = headers['x-tc-version'] === '2018-03-30' ? set.first : set.second
    say(response)
  })
  const asked = () => server.heard.map(({ headers }) => headers['x-tc-version'])
  const dts = openDts(server.url, { versions: API_VERSIONS })
  return { dts, set, asked, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
