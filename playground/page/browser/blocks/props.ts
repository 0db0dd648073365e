export type Json = Record<string, unknown>

/** Who stands behind an id in a mention, and who can be picked. */
export type Names = {
  users: Record<string, { name: string }>
  groups: Record<string, { handle: string }>
  channels: Record<string, { name: string }>
}

/**
 * What a person does to an element, which comes along with the `block_id` of its block. `value` has
 * Slack's own shape for the element's entry in `actions[]` or `state.values`, without the ids.
 */
export type Act = (element: Json, value: Json) => void

/** Asks the app for the options of an external select. */
export type Suggest = (element: Json, words: string) => Promise<Suggestion[]>

export type Suggestion = { text: string; value: string; detail?: string }

export type BlocksProps = {
  blocks: Json[]
  names: Names
  /** Where it is drawn: a message is as wide as its text, a form fills its frame. */
  surface: 'message' | 'modal' | 'home'
  /** `view.state.values`: block_id, then action_id; empty for messages. */
  values: Record<string, Record<string, Json>>
  /** What a form said about its fields, by block_id. */
  errors: Record<string, string>
  /** Something was pressed, chosen or sent off: `block_actions`. */
  onAct: Act
  /** Something was filled in that the app gets with the form only. */
  onFill: Act
  suggest: Suggest
}
