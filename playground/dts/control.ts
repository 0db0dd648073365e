import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'

import { streamLive } from '../live-stream.ts'
import { BadInput, parseInput } from './bad-input.ts'
import type { FaultInput } from './faults.ts'
import type { JobChange } from './job.ts'
import { knownCodes } from './messages.ts'
import type { PretendDts } from './pretend-dts.ts'
import { sampleJob } from './sample-job.ts'
import { snapshot } from './snapshot.ts'
import { VERSIONS } from './version.ts'

/** Answers `/_control/*`, what the page can do, in JSON. Bad input gets 400 and a sentence. */
export function answerControl(
  dts: PretendDts,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: Buffer,
): void {
  const verb = `${request.method} ${path.slice('/_control/'.length)}`
  if (verb === 'GET live') return streamLive(response, () => snapshot(dts), everyQuarterSecond)
  const handle = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
  if (!handle) {
    const known = Object.keys(VERBS).join(', ')
    return send(response, 404, { error: `There is no ${verb}; there are ${known}.` })
  }

  try {
    send(response, 200, handle(dts, readJson(body)))
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    send(response, 400, { error: error.message })
  }
}

/** Jobs change with time, without any call. */
function everyQuarterSecond(changed: () => void): () => void {
  const timer = setInterval(changed, 250)
  return () => clearInterval(timer)
}

const OK = { ok: true }
// Objects only; the functions behind check what is in them.
const jobChange = z.custom<JobChange>(isObject, 'must be an object')
const fault = z.custom<FaultInput>(isObject, 'must be an object')
const retirement = z.strictObject({ version: z.enum(VERSIONS), retired: z.boolean().default(true) })

const VERBS: Record<string, (dts: PretendDts, input: unknown) => object> = {
  'GET codes': () => ({ codes: knownCodes() }),
  'POST addSample': (dts, input) => dts.addJob(sampleJob(input)),
  'POST changeJob': (dts, input) => {
    const { id, change } = parseInput(z.strictObject({ id: z.string(), change: jobChange }), input)
    return dts.changeJob(id, change)
  },
  'POST speed': (dts, input) => {
    dts.setSpeed(parseInput(z.strictObject({ speed: z.number() }), input).speed)
    return OK
  },
  'POST skipToNext': (dts, input) => {
    parseInput(z.strictObject({}).default({}), input)
    return dts.skipToNext()
  },
  'POST fault': (dts, input) => {
    dts.fault(parseInput(fault, input))
    return OK
  },
  'POST retire': (dts, input) => {
    const { version, retired } = parseInput(retirement, input)
    dts.retire(version, retired)
    return OK
  },
  'POST clear': (dts) => {
    dts.clearFaults()
    return OK
  },
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readJson(body: Buffer): unknown {
  if (body.length === 0) return undefined
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new BadInput('input: the body is not JSON.')
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
