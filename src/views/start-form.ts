import type { types } from '@slack/bolt'
import type { Job } from '../dts/job.ts'
import { OPERATIONS } from '../migration/operations.ts'
import { type FormMemory, encodeFormMemory } from './form-memory.ts'
import { ids } from './ids.ts'
import { type Obstacle, obstacleLines } from './obstacle.ts'
import { type Region, jobPicker, regionPicker } from './pickers.ts'
import { reasonInput } from './reason-input.ts'
import { type Line, bold, code, lines } from './rich.ts'
import type { Wording } from './wording/wording.ts'

export type { Obstacle } from './obstacle.ts'
export { jobOption } from './pickers.ts'

/** What the form shows below the job. */
export type FormBody =
  | { show: 'loading' }
  | { show: 'pick' }
  /** `changed`: while the person read it. */
  | { show: 'ready'; job: Job; channel: string; changed?: boolean }
  /** DTS is checking the job: people can be asked once it has passed. */
  | { show: 'checking'; job: Job; channel: string; why: Obstacle }
  | { show: 'stuck'; job?: Job; why: Obstacle; actions: FormAction[] }

export type FormAction = 'runCheck' | 'lookAgain' | 'watchIt' | 'skipItems'

/** The form behind `/dts start`. Input blocks keep what was typed while the rest is redrawn. */
export function startForm(
  memory: FormMemory,
  body: FormBody,
  regions: readonly Region[],
  words: Wording,
): types.ModalView {
  const { title } = words.forms.start
  const submit = submitOf(body, words)
  return {
    type: 'modal',
    callback_id: ids.startForm,
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: words.forms.cancel },
    private_metadata: encodeFormMemory(memory),
    ...(submit ? { submit: { type: 'plain_text', text: submit } } : {}),
    blocks: blocks(memory, body, regions, words),
  }
}

function submitOf({ show }: FormBody, words: Wording): string | undefined {
  const { submit, submitOnceChecked } = words.forms.start
  if (show === 'checking') return submitOnceChecked
  return show === 'ready' ? submit : undefined
}

function blocks(
  memory: FormMemory,
  body: FormBody,
  regions: readonly Region[],
  words: Wording,
): types.ModalView['blocks'] {
  switch (body.show) {
    case 'loading':
      return [lines(words.forms.start.looking(memory.jobId))]
    case 'pick':
      return [regionPicker(memory, regions, words), jobPicker(words)]
    case 'ready':
      return [
        ...(body.changed ? [lines(words.forms.start.changed())] : []),
        summary(body.job, words),
        ...warnings(body.job, words),
        why(words),
        lines(words.forms.start.goesTo(body.channel)),
      ]
    case 'checking':
      return [
        summary(body.job, words),
        ...warnings(body.job, words),
        lines(...checkStarted(memory, words), ...obstacleLines(body.why, memory, words)),
        buttons(['lookAgain'], words),
        why(words),
        lines(words.forms.start.goesThereOnceChecked(body.channel)),
      ]
    case 'stuck':
      return [
        ...(body.job ? [summary(body.job, words)] : []),
        lines(...obstacleLines(body.why, memory, words)),
        ...(body.actions.length > 0 ? [buttons(body.actions, words)] : []),
        ...(body.job ? [] : [regionPicker(memory, regions, words)]),
      ]
  }
}

function summary({ ref, snapshot }: Job, words: Wording): types.RichTextBlock {
  return lines(
    [bold(snapshot.name)],
    [code(ref.id)],
    ...words.job.route(snapshot, ref.region),
    words.job.objects(snapshot),
    words.job.plan(snapshot),
  )
}

function warnings({ snapshot }: Job, words: Wording): types.RichTextBlock[] {
  const hurts = OPERATIONS.start.hurts(snapshot)
  if (hurts.length === 0) return []
  return [lines(...hurts.map((hurt): Line => ['⚠ ', bold(words.job.hurt(hurt))]))]
}

function why(words: Wording): types.InputBlock {
  return reasonInput(ids.reason, words.forms.start.why, words.forms.start.whyHint)
}

function checkStarted({ check }: FormMemory, words: Wording): Line[] {
  if (!check) return []
  const { requestId } = check
  return [
    words.forms.obstacle.checkStarted(),
    ...(requestId ? [words.trouble.requestId(requestId)] : []),
  ]
}

const ACTION_IDS: Record<FormAction, string> = {
  runCheck: ids.runCheck,
  lookAgain: ids.lookAgain,
  watchIt: ids.watchIt,
  skipItems: ids.skipHere,
}

function buttons(actions: FormAction[], words: Wording): types.ActionsBlock {
  return {
    type: 'actions',
    elements: actions.map((action) => ({
      type: 'button',
      action_id: ACTION_IDS[action],
      text: { type: 'plain_text', text: words.forms.start.buttons[action] },
    })),
  }
}
