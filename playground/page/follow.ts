import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE = 500

/** Passes on each event of another process's live stream as JSON text; reconnects when it breaks. */
export async function follow(
  url: string,
  hear: (json: string) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { signal })
      if (!response.body) throw new Error(`${url} sends nothing.`)
      for await (const line of createInterface({ input: Readable.from(response.body) })) {
        if (line.startsWith('data: ')) hear(line.slice('data: '.length))
      }
    } catch {
      await sleep(PAUSE, undefined, { signal }).catch(() => undefined)
    }
  }
}
