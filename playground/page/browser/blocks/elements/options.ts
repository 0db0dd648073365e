import type { Names } from '../props.ts'
import type { Json } from '../props.ts'
import { objects, said, words } from '../json.ts'
import { plainWords } from '../text/text-object.ts'

/** Something to choose. `sent` is what the app gets: an option object, or an id. */
export type Choice = { value: string; text: string; detail: string; sent: unknown }
export type Group = { label: string; choices: Choice[] }

/** An option with its texts as they are read. */
export function choice(option: Json): Choice {
  return {
    value: words(option['value']),
    text: shown(option['text']),
    detail: shown(option['description']),
    sent: option,
  }
}

/** What a `static_select` offers; options outside of groups are a group without a label. */
export function offered(element: Json): Group[] {
  const loose = objects(element['options'])
  return [
    ...(loose.length > 0 ? [{ label: '', choices: loose.map(choice) }] : []),
    ...objects(element['option_groups']).map((group) => ({
      label: said(group['label']),
      choices: objects(group['options']).map(choice),
    })),
  ]
}

/** The people or channels of the workspace, as they are picked. */
export function everybody(kind: 'users' | 'channels', names: Names): Choice[] {
  return Object.keys(names[kind]).map((id) => byId(kind, id, names))
}

export function byId(kind: 'users' | 'channels', id: string, names: Names): Choice {
  const name = Object.hasOwn(names[kind], id) ? names[kind][id]?.name : undefined
  const sign = kind === 'users' ? '@' : '#'
  return { value: id, text: `${sign}${name ?? id}`, detail: '', sent: id }
}

/** The choices in which every typed word occurs. Groups without any are left out. */
export function matching(groups: Group[], typed: string): Group[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return groups
    .map(({ label, choices }) => ({
      label,
      choices: choices.filter(({ text, detail }) => {
        const all = `${text} ${detail}`.toLowerCase()
        return wanted.every((word) => all.includes(word))
      }),
    }))
    .filter(({ choices }) => choices.length > 0)
}

function shown(text: unknown): string {
  return plainWords(text)
}
