import type { types } from '@slack/bolt'
import type { ListedJob } from '../dts/job.ts'
import type { FormMemory } from './form-memory.ts'
import { ids } from './ids.ts'
import { LIMITS } from './limits.ts'
import { oneLine } from './rich.ts'
import type { Wording } from './wording/wording.ts'

export type Region = { id: string; label: string }

export function regionPicker(
  memory: FormMemory,
  regions: readonly Region[],
  words: Wording,
): types.SectionBlock {
  const options = regions.map(({ id, label }) => ({
    text: plain(`${id} (${label})`, LIMITS.optionText),
    value: id,
  }))
  const initial = options.find(({ value }) => value === memory.region)
  return {
    type: 'section',
    block_id: ids.region,
    text: plain(words.forms.start.region, LIMITS.text),
    accessory: {
      type: 'static_select',
      action_id: ids.region,
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  }
}

export function jobPicker(words: Wording): types.SectionBlock {
  const { job, jobHint } = words.forms.start
  return {
    type: 'section',
    block_id: ids.job,
    text: plain(job, LIMITS.text),
    accessory: {
      type: 'external_select',
      action_id: ids.job,
      placeholder: plain(jobHint, LIMITS.placeholder),
      min_query_length: 0,
    },
  }
}

/** What the job picker offers for a job. */
export function jobOption(
  { ref, snapshot, look }: ListedJob,
  words: Wording,
): types.PlainTextOption {
  return {
    text: plain(snapshot.name || ref.id, LIMITS.optionText),
    description: plain(words.job.option(ref.id, look), LIMITS.optionText),
    value: ref.id,
  }
}

function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: oneLine(text, max), emoji: false }
}
