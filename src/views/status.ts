import type { Job, JobAddress } from '../dts/job.ts'
import type { Migration } from '../migration/migration.ts'
import { lookShown } from './look.ts'
import { type Line, code } from './rich.ts'
import { standing } from './standing.ts'
import type { Wording } from './wording/wording.ts'

type Asked = { address: JobAddress; job: Job | undefined; ours: Ours | undefined }

/** `link` leads to the card. */
type Ours = { migration: Migration; link: string | undefined }

/** The answer to `/dts status`: the job as DTS shows it, and what we have to do with it. */
export function statusLines({ address, job, ours }: Asked, words: Wording): Line[] {
  if (!job) {
    const { notFound, anotherRegion } = words.status
    const { id, region } = address
    return [notFound(id, region), anotherRegion(id), ...asWeKnowIt(ours, words)]
  }
  const isUnchecked = job.look.status === 'created' || job.look.status === 'creating'
  return [
    ...asDtsShowsIt(job, words),
    ...asWeKnowIt(ours, words),
    ...(ours || isUnchecked ? [] : [words.status.nobodyAsked()]),
  ]
}

function asDtsShowsIt({ ref, snapshot, look }: Job, words: Wording): Line[] {
  const shown = lookShown(look)
  const [first = [], ...rest] = words.job.now(snapshot.name, shown)
  return [
    first,
    ...rest,
    [code(ref.id)],
    ...words.job.route(snapshot, ref.region),
    words.job.objects(snapshot),
    words.job.plan(snapshot),
    words.job.step(shown),
  ]
}

function asWeKnowIt(ours: Ours | undefined, words: Wording): Line[] {
  if (!ours) return []
  const { migration: m, link } = ours
  const { askedBy, watchedFor, card } = words.status
  const { title } = standing(m, words)
  const said = m.request ? askedBy(m.request.requester, title) : watchedFor(m.owner, title)
  return [link ? [...said, ...card(link)] : said]
}
