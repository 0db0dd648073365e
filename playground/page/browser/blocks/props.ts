export type Json = Record<string, unknown>
export type Names = {
  users: Record<string, { name: string }>
  groups: Record<string, { handle: string }>
  channels: Record<string, { name: string }>
}
/** What a person does to an element. `value` has Slack's own shape for the element's entry in `actions[]`/`state.values`. */
export type Act = (element: Json, value: Json) => void
export type Suggest = (element: Json, words: string) => Promise<{ text: string; value: string }[]>
export type BlocksProps = {
  blocks: Json[]
  names: Names
  /** Where it is drawn: some blocks only exist in one place. */
  surface: 'message' | 'modal' | 'home'
  /** view.state.values: block_id -> action_id -> value; empty for messages. */
  values: Record<string, Record<string, Json>>
  /** Field errors by block_id (modals). */
  errors: Record<string, string>
  /** A button, select, overflow … was used: the server delivers block_actions. */
  onAct: Act
  /** An input of a form changed without dispatch: remembered by the page/server so that it survives redraws. */
  onFill: Act
  suggest: Suggest
}
