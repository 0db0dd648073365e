import { useEffect, useState } from 'preact/hooks'
import type { World } from '../world.ts'

export type Seen = { world: World | undefined; connected: boolean }

/** The world as it is now; undefined until every part has arrived once. */
export function useWorld(): Seen {
  const [parts, setParts] = useState<Partial<World>>({})
  const [connected, setConnected] = useState(true)

  useEffect(() => {
    const stream = new EventSource('/api/live')
    for (const part of ['workspace', 'cloud', 'bot'] as const) {
      stream.addEventListener(part, ({ data }: MessageEvent<string>) => {
        const value = JSON.parse(data) as World[typeof part]
        setParts((before) => ({ ...before, [part]: value }))
      })
    }
    stream.addEventListener('open', () => setConnected(true))
    stream.addEventListener('error', () => setConnected(false))
    return () => stream.close()
  }, [])

  const { workspace, cloud, bot } = parts
  return { world: workspace && cloud && bot ? { workspace, cloud, bot } : undefined, connected }
}
