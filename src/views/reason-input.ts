import type { types } from '@slack/bolt'
import { LIMITS } from './limits.ts'

/** Where people say why. `id` names the block and the input. */
export function reasonInput(id: string, label: string, hint: string): types.InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: { type: 'plain_text', text: label },
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      max_length: LIMITS.reason,
      placeholder: { type: 'plain_text', text: hint },
    },
  }
}
