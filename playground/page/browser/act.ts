import type { ActInput } from '../act.ts'

export type Answer = { ok: true; answer: Json } | { ok: false; error: string }
export type Json = Record<string, unknown>

type Listener = (says: string) => void
const listeners = new Set<Listener>()

/** Tells the server what the person does; what cannot be done is shown as a notice. */
export async function act(what: ActInput): Promise<Answer> {
  const answer = await ask(what)
  if (!answer.ok) notify(answer.error)
  return answer
}

/** The same without a notice, for those who show the error themselves. */
export async function ask(what: ActInput): Promise<Answer> {
  try {
    const response = await fetch('/api/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
    })
    const answer = (await response.json()) as Json
    return response.ok ? { ok: true, answer } : { ok: false, error: String(answer['error']) }
  } catch {
    return { ok: false, error: 'The playground does not answer. Is it still running?' }
  }
}

/** Shows a notice for a moment. */
export function notify(says: string): void {
  for (const listen of listeners) listen(says)
}

export function onNotice(listen: Listener): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}
