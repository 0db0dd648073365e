import type { Option } from './block-options.ts'
import type { Block } from './blocks.ts'

export type View = Record<string, unknown> & {
  id: string
  hash: string
  type: 'modal' | 'home'
  callback_id: string
  external_id: string
  root_view_id: string
  previous_view_id: string | null
  blocks: Block[]
}

/** `block_id` -> `action_id` -> what is filled in, in the form of `view.state.values`. */
export type Values = Record<string, Record<string, Record<string, unknown>>>

export type OpenView = {
  view: View
  user: string
  values: Values
  /** What the app says is wrong, by `block_id`. */
  errors: Record<string, string>
  /** What Slack shows on the form when the app's answer is missing or unusable. */
  trouble?: string
  /** What the app offered last in an external select, by `action_id`. */
  offered: Record<string, Option[]>
}
