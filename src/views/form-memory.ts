import { z } from 'zod'
import { isJobId } from '../dts/job.ts'
import { isRegionId } from '../dts/regions.ts'

/** What the start form remembers: where the card goes, and which job in which state was shown. */
export type FormMemory = {
  channel: string
  account: string
  region: string
  jobId?: string | undefined
  /** Of the configuration that people were shown. */
  digest?: string | undefined
  /** The check that the person had DTS make. */
  check?: { since: string; requestId: string } | undefined
}

const shape = z.object({
  channel: z.string().min(1),
  account: z.string().min(1),
  region: z.string().refine(isRegionId),
  jobId: z.string().refine(isJobId).optional(),
  digest: z.string().optional(),
  check: z.object({ since: z.iso.datetime(), requestId: z.string() }).optional(),
})

/** As a form's metadata. */
export function encodeFormMemory(memory: FormMemory): string {
  return JSON.stringify(memory)
}

/** Undefined for anything that `encodeFormMemory` did not make. */
export function decodeFormMemory(text: string): FormMemory | undefined {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
