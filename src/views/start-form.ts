import type { types } from '@slack/bolt'
import type { JobFacts } from '../job-facts.ts'
import { ids } from './ids.ts'
import { LIMITS, clip } from './limits.ts'
import { type Line, bold, channel, code, lines } from './rich.ts'
import { hurts, plan, route } from './wording.en.ts'

/** What the form must remember: where the card goes, and which job people were shown. */
export type FormMemory = {
  channel: string
  region: string
  jobId: string | undefined
  digest: string | undefined
}

/** What the form shows below the job. */
export type FormBody =
  | { show: 'loading' }
  | { show: 'pick' }
  | { show: 'ready'; job: JobFacts; channel: string; note?: Line }
  /** The job cannot be started: why, and the way out. */
  | { show: 'stuck'; job: JobFacts | undefined; says: Line[]; actions: FormAction[] }

export type FormAction = 'runCheck' | 'lookAgain'

export type Region = { id: string; label: string }

/** The form behind `/dts start`. Input blocks keep what was typed while the rest is redrawn. */
export function startForm(
  memory: FormMemory,
  body: FormBody,
  regions: readonly Region[],
): types.ModalView {
  return {
    type: 'modal',
    callback_id: ids.startForm,
    title: { type: 'plain_text', text: 'Start a migration' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(memory),
    ...(body.show === 'ready' ? { submit: { type: 'plain_text', text: 'Ask for approval' } } : {}),
    blocks: blocks(memory, body, regions),
  }
}

function blocks(
  memory: FormMemory,
  body: FormBody,
  regions: readonly Region[],
): types.ModalView['blocks'] {
  switch (body.show) {
    case 'loading':
      return [lines(['Looking at the job ', ...(memory.jobId ? [code(memory.jobId)] : []), '…'])]
    case 'pick':
      return [regionPicker(memory, regions), jobPicker()]
    case 'ready':
      return [
        ...(body.note ? [lines(body.note)] : []),
        summary(body.job),
        lines(...hurts(body.job).map((text): Line => ['⚠ ', bold(text)])),
        reasonInput(),
        lines(['The question goes to ', channel(body.channel), '.']),
      ].filter((block) => block.type !== 'rich_text' || hasText(block))
    case 'stuck':
      return [
        ...(body.job ? [summary(body.job)] : []),
        lines(...body.says),
        ...(body.actions.length > 0 ? [buttons(body.actions)] : []),
        ...(body.job ? [] : [regionPicker(memory, regions)]),
      ]
  }
}

function hasText(block: types.RichTextBlock): boolean {
  return block.elements.some((part) => part.elements.length > 0)
}

function summary(job: JobFacts): types.RichTextBlock {
  return lines([bold(job.name)], [code(job.id)], route(job), plan(job))
}

function regionPicker(memory: FormMemory, regions: readonly Region[]): types.SectionBlock {
  const options = regions.map(({ id, label }) => ({
    text: { type: 'plain_text' as const, text: clip(`${id} (${label})`, LIMITS.optionText) },
    value: id,
  }))
  const initial = options.find(({ value }) => value === memory.region)
  return {
    type: 'section',
    block_id: ids.region,
    text: { type: 'plain_text', text: 'Region: a job lives in its target’s region' },
    accessory: {
      type: 'static_select',
      action_id: ids.region,
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  }
}

function jobPicker(): types.SectionBlock {
  return {
    type: 'section',
    block_id: ids.job,
    text: { type: 'plain_text', text: 'Job' },
    accessory: {
      type: 'external_select',
      action_id: ids.job,
      placeholder: { type: 'plain_text', text: 'Name or id' },
      min_query_length: 0,
    },
  }
}

function reasonInput(): types.InputBlock {
  return {
    type: 'input',
    block_id: ids.reason,
    label: { type: 'plain_text', text: 'Why?' },
    element: {
      type: 'plain_text_input',
      action_id: ids.reason,
      multiline: true,
      max_length: LIMITS.reason,
      placeholder: { type: 'plain_text', text: 'What the approver should know' },
    },
  }
}

const ACTIONS: Record<FormAction, { id: string; text: string }> = {
  runCheck: { id: ids.runCheck, text: 'Run the check' },
  lookAgain: { id: ids.lookAgain, text: 'Look again' },
}

function buttons(actions: FormAction[]): types.ActionsBlock {
  return {
    type: 'actions',
    elements: actions.map((action) => ({
      type: 'button',
      action_id: ACTIONS[action].id,
      text: { type: 'plain_text', text: ACTIONS[action].text },
    })),
  }
}
