import type { JobFacts, Seen } from '../job-facts.ts'
import type { Migration } from '../migration.ts'
import { type Line, bold, code, link, outside, user } from './rich.ts'
import { behind, standing, steps } from './state.ts'
import { jobIs, plan, route } from './wording.en.ts'

/** The answer to `/dts status`: the job as DTS shows it, and what we have to do with it. */
export function jobStatus(
  jobId: string,
  region: string,
  job: { facts: JobFacts; seen: Seen } | undefined,
  ours: { migration: Migration; link: string | undefined } | undefined,
  approvers: string[],
): Line[] {
  return [...asDtsShowsIt(jobId, region, job), ...asWeKnowIt(ours, approvers)]
}

function asDtsShowsIt(
  jobId: string,
  region: string,
  job: { facts: JobFacts; seen: Seen } | undefined,
): Line[] {
  if (!job) {
    return [
      [code(jobId), ' is not known in ', outside(region), '.'],
      [
        'A job lives in its target’s region. Another one? ',
        code(`/dts status ${jobId} ap-shanghai`),
      ],
    ]
  }
  const { facts, seen } = job
  const percent = seen.percent === undefined ? '' : `, ${seen.percent} %`
  return [
    [bold(facts.name), ` ${jobIs(seen.status, seen.statusCode)}${percent}`, ...behind(seen), '.'],
    [code(facts.id)],
    route(facts),
    plan(facts),
    steps(seen),
  ]
}

function asWeKnowIt(
  ours: { migration: Migration; link: string | undefined } | undefined,
  approvers: string[],
): Line[] {
  if (!ours) return [['Nobody asked me to start it.']]
  const { migration, link: url } = ours
  return [
    [
      'Asked for by ',
      user(migration.requester),
      `: ${standing(migration, approvers).title}. `,
      ...(url ? [link(url, 'Open the card')] : []),
    ],
  ]
}
