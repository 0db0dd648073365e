import { useEffect, useState } from 'preact/hooks'

/** Who I am and what I look at. It is in the address, so that two windows can be two people. */
export type Place = {
  as: string
  /** A channel, or `home` or `messages` of the app. */
  in: string
  /** The first message of the thread that is open beside it. */
  thread?: string
  pane: Pane
}

export type Pane = 'cloud' | 'inspector' | 'bot' | 'thread' | 'none'

export type Go = (change: Partial<Place>) => void

const PANES: Pane[] = ['cloud', 'inspector', 'bot', 'thread', 'none']
/** Where the bot's cards are. */
export const MIGRATIONS = 'C0MIGRATE'
const NARROW = '(max-width: 900px)'

export function usePlace(): [Place, Go] {
  const [place, setPlace] = useState(readPlace)

  useEffect(() => {
    const back = (): void => setPlace(readPlace())
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])

  const go: Go = (change) => {
    const next = { ...readPlace(), ...change }
    history.pushState(null, '', addressOf(next))
    setPlace(next)
  }
  return [place, go]
}

export function addressOf({ as, in: where, thread, pane }: Place): string {
  const query = new URLSearchParams({ as, in: where, ...(thread ? { thread } : {}), pane })
  return `/?${query}`
}

/** On a narrow screen a pane covers everything, so none is open at first. */
export function isNarrow(): boolean {
  return matchMedia(NARROW).matches
}

function readPlace(): Place {
  const query = new URLSearchParams(location.search)
  const thread = query.get('thread')
  const asked = PANES.find((pane) => pane === query.get('pane'))
  return {
    as: query.get('as') ?? 'U0ANN',
    in: query.get('in') ?? MIGRATIONS,
    ...(thread ? { thread } : {}),
    pane: asked ?? (isNarrow() ? 'none' : 'cloud'),
  }
}
