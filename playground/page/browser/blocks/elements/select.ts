import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useBlocksContext } from '../blocks-context.ts'
import { isObject, number, words } from '../json.ts'
import type { Json, Names, Suggestion } from '../props.ts'
import { type Choice, type Group, byId, choice, everybody, offered } from './options.ts'
import { Picker } from './picker.ts'
import { type Placed, named, useFilled, useSend } from './placed.ts'

type Kind = 'option' | 'user' | 'channel' | 'conversation'

const KINDS: Record<string, Kind> = {
  static_select: 'option',
  external_select: 'option',
  users_select: 'user',
  channels_select: 'channel',
  conversations_select: 'conversation',
}

/** Every select: of options or of people and channels, of one or of several. */
export function Select(placed: Placed): VNode {
  const { element, blockId } = placed
  const { names, suggest } = useBlocksContext()
  const send = useSend(placed)
  const type = words(element['type'])
  const many = type.startsWith('multi_')
  const kind = KINDS[type.replace('multi_', '')] ?? 'option'
  const field = many ? `${kind}s` : kind

  const read = (value: unknown): Choice[] =>
    (many ? (Array.isArray(value) ? value : []) : [value]).flatMap((one) =>
      chosen(kind, one, names),
    )
  const [picked, setPicked] = useFilled(
    placed,
    (state) => read(state[`selected_${field}`]),
    read(element[`initial_${field}`]),
  )
  const external = type.endsWith('external_select')
  return html`<${Picker}
    element=${element}
    labels=${placed.labels}
    many=${many}
    picked=${picked}
    onPick=${(now: Choice[]) => {
      setPicked(now)
      const sent = now.map((one) => one.sent)
      send({ [`selected_${field}`]: many ? sent : (sent[0] ?? null) })
    }}
    groups=${external ? undefined : groups(kind, element, names)}
    minimum=${external ? (number(element['min_query_length']) ?? 3) : 0}
    suggest=${async (typed: string): Promise<Group[]> => {
      const found = await suggest(named(element, blockId), typed)
      return [{ label: '', choices: found.map(suggested) }]
    }}
  />`
}

function suggested({ text, value, detail }: Suggestion): Choice {
  const plain = (words: string): Json => ({ type: 'plain_text', text: words, emoji: true })
  return choice({ text: plain(text), value, ...(detail ? { description: plain(detail) } : {}) })
}

function groups(kind: Kind, element: Json, names: Names): Group[] {
  if (kind === 'option') return offered(element)
  return [{ label: '', choices: everybody(kind === 'user' ? 'users' : 'channels', names) }]
}

function chosen(kind: Kind, value: unknown, names: Names): Choice[] {
  if (kind === 'option') return isObject(value) ? [choice(value)] : []
  const id = words(value)
  return id ? [byId(kind === 'user' ? 'users' : 'channels', id, names)] : []
}
