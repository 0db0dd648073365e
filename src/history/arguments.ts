import { parseArgs } from 'node:util'
import { isJobId } from '../dts/job.ts'
import type { Wanted } from '../store/history.ts'

export type Format = 'table' | 'json' | 'csv'

/** What was typed makes no sense. Its message is one sentence. */
export class UsageError extends Error {
  override name = 'UsageError' as const
}

const HOW =
  'npm run history -- <job or migration> [--since 2026-11-01 | --since 7d] [--json | --csv]'

/** Reads the command line. `now`: milliseconds. Throws UsageError. */
export function parseArguments(args: string[], now: number): { wanted: Wanted; format: Format } {
  const { values, positionals } = parse(args)
  const [name, ...more] = positionals
  if (more.length > 0) throw new UsageError(`More than one job is named: ${HOW}`)
  if (name === undefined && values.since === undefined)
    throw new UsageError(`No job and no time is named: ${HOW}`)
  if (values.json && values.csv) throw new UsageError(`--json and --csv exclude each other: ${HOW}`)
  const since = values.since === undefined ? undefined : parseSince(values.since, now)
  return {
    wanted: { ...(name === undefined ? {} : named(name)), since },
    format: values.json ? 'json' : values.csv ? 'csv' : 'table',
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        since: { type: 'string' },
        json: { type: 'boolean' },
        csv: { type: 'boolean' },
      },
    })
  } catch {
    throw new UsageError(`An option is unknown or lacks its value: ${HOW}`)
  }
}

function named(name: string): Wanted {
  if (isJobId(name)) return { job: name }
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)) return { migration: name }
  throw new UsageError(`That is neither a job nor a migration: ${HOW}`)
}

const MILLISECONDS: Record<string, number> = { d: 86_400_000, h: 3_600_000 }

/** Without a time zone it is UTC. */
function parseSince(text: string, now: number): string {
  const [, count, unit] = /^(\d{1,5})([dh])$/.exec(text) ?? []
  if (count && unit) return new Date(now - Number(count) * (MILLISECONDS[unit] ?? 0)).toISOString()
  const [, day, time = 'T00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  // JavaScript takes the 30th of February for the 2nd of March.
  const midnight = Date.parse(`${day}`)
  const at = Date.parse(`${day}${time}${zone}`)
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(`${day}`)
  if (!isDay || Number.isNaN(at)) throw new UsageError(`--since is no time: ${HOW}`)
  return new Date(at).toISOString()
}
