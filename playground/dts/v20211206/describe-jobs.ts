import type { z } from 'zod'

import type { World } from '../world.ts'
import { jobFields } from './job-fields.ts'
import type { jobsParameters } from './parameters.ts'

type Parameters = z.output<typeof jobsParameters>

/** A page of the region's jobs. An unknown JobId gives an empty list, not an error. */
export function describeJobs(world: World, region: string, parameters: Parameters) {
  const now = world.clock.now()
  const found = [...world.jobs.values()]
    .filter((job) => job.region === region && job.knownTo.includes('2021-12-06'))
    .map((job) => ({ created: job.createdAt, item: jobFields(job, now, 'masked', world.planted) }))
    .filter(({ item }) => matches(item, parameters))
  const sign = parameters.OrderSeq === 'asc' ? 1 : -1
  const ordered = found.toSorted(
    (a, b) => sign * (a.created - b.created) || (a.item.JobId < b.item.JobId ? -1 : 1),
  )
  const { Offset, Limit } = parameters
  return {
    TotalCount: found.length,
    JobList: ordered
      .slice(Offset, Offset + Limit)
      .map(({ item }) => ({ ...item, AutoRetryTimeRangeMinutes: 5 })),
  }
}

type Item = ReturnType<typeof jobFields>

// Undocumented whether a name must match in full; a partial match catches a careless caller.
function matches(item: Item, wanted: Parameters): boolean {
  const { SrcInfo: source, DstInfo: target } = item
  return (
    same(wanted.JobId, item.JobId) &&
    (wanted.JobName === undefined || item.JobName.includes(wanted.JobName)) &&
    oneOf(wanted.Status, item.Status) &&
    same(wanted.RunMode, item.RunMode) &&
    isAt(wanted.SrcInstanceId, source) &&
    same(wanted.SrcRegion, source.Region) &&
    oneOf(wanted.SrcDatabaseType, source.DatabaseType) &&
    oneOf(wanted.SrcAccessType, source.AccessType) &&
    isAt(wanted.DstInstanceId, target) &&
    same(wanted.DstRegion, target.Region) &&
    oneOf(wanted.DstDatabaseType, target.DatabaseType) &&
    oneOf(wanted.DstAccessType, target.AccessType) &&
    // No pretend job has a tag.
    !wanted.TagFilters?.length
  )
}

function same(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === value
}

/** An empty list asks for nothing. */
function oneOf(wanted: readonly string[] | undefined, value: string): boolean {
  return !wanted?.length || wanted.includes(value)
}

function isAt(wanted: string | undefined, { Info }: Item['SrcInfo']): boolean {
  return wanted === undefined || Info.some(({ InstanceId }) => InstanceId === wanted)
}
