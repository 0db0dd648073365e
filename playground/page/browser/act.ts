import type { FaultInput } from '../../dts/faults.ts'
import type { Sample } from '../../dts/sample-job.ts'
import type { ActInput } from '../../workspace/act.ts'

export type Answer = { ok: true; value: Json } | { ok: false; error: string }
export type Json = Record<string, unknown>

/** What the console of the pretend DTS can do. */
type Steering = {
  addSample: Sample
  changeJob: { id: string; change: { status?: number; overrideRoot?: boolean } }
  speed: { speed: number }
  skipToNext: Record<string, never>
  fault: FaultInput
  clear: Record<string, never>
}

type Where = Extract<ActInput, { do: 'use' }>['in']
type Listener = (says: string) => void
const listeners = new Set<Listener>()

/** What a person does in Slack; what cannot be done is shown as a notice. */
export async function act(what: ActInput): Promise<Answer> {
  return noticed(await ask(what))
}

/** The same without a notice, for callers that show the error themselves. */
export function ask(what: ActInput): Promise<Answer> {
  return send('slack', what)
}

/** Uses an element, which comes with the id of its block. `sent`: Enter was pressed. */
export function use(user: string, where: Where, element: Json, value: Json, sent: boolean) {
  const [block, action] = [String(element['block_id']), String(element['action_id'])]
  return ask({ do: 'use', user, in: where, block, action, value, sent })
}

export async function steerDts<V extends keyof Steering>(verb: V, how: Steering[V]): Promise<void> {
  noticed(await send(`dts/${verb}`, how))
}

export async function steerBot(verb: 'kill' | 'start'): Promise<void> {
  noticed(await send(`bot/${verb}`, {}))
}

async function send(path: string, what: object): Promise<Answer> {
  try {
    const response = await fetch(`/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
    })
    const value = (await response.json()) as Json
    return response.ok ? { ok: true, value } : { ok: false, error: String(value['error']) }
  } catch {
    return { ok: false, error: 'The playground does not answer. Is it still running?' }
  }
}

/** Shows the error as a notice. */
export function noticed(answer: Answer): Answer {
  if (!answer.ok) notify(answer.error)
  return answer
}

/** Shows a notice for a moment. */
export function notify(says: string): void {
  for (const listen of listeners) listen(says)
}

export function onNotice(listen: Listener): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}
