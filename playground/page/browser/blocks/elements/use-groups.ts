import { useEffect, useState } from 'preact/hooks'
import { type Group, matching } from './options.ts'

/** What can be picked now, or a word about why there is nothing. */
export type Offer = { groups: Group[]; says: string }

type Source = {
  /** All there is; undefined if the app has to be asked. */
  groups: Group[] | undefined
  /** Characters before the app is asked. */
  minimum: number
  suggest: (typed: string) => Promise<Group[]>
}

const PAUSE_MS = 200

/** Asks the app a moment after the last key, and forgets answers to what is no longer typed. */
export function useGroups(source: Source, open: boolean, typed: string): Offer {
  const [offer, setOffer] = useState<Offer>({ groups: [], says: '' })
  const asking = open && source.groups === undefined && typed.length >= source.minimum

  useEffect(() => {
    if (!asking) return
    let stale = false
    const show = (now: Offer) => {
      if (!stale) setOffer(now)
    }
    show({ groups: [], says: 'Loading…' })
    const timer = setTimeout(
      () =>
        source.suggest(typed).then(
          (groups) => show({ groups, says: '' }),
          () => show({ groups: [], says: 'The options could not be loaded.' }),
        ),
      typed ? PAUSE_MS : 0,
    )
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [asking, typed])

  if (source.groups) return { groups: matching(source.groups, typed), says: '' }
  if (asking || !open) return offer
  const characters = source.minimum === 1 ? 'a character' : `${source.minimum} characters`
  return { groups: [], says: `Type ${characters} or more.` }
}
