import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useId, useState } from 'preact/hooks'
import { number } from '../json.ts'
import type { Json } from '../props.ts'
import { plainWords } from '../text/text-object.ts'
import { useConfirm } from './confirm.ts'
import { Listbox, optionId } from './listbox.ts'
import type { Choice, Group } from './options.ts'
import { type Labels, useFocusOnLoad } from './placed.ts'
import { useGroups } from './use-groups.ts'

type PickerProps = {
  element: Json
  labels: Labels
  many: boolean
  picked: Choice[]
  onPick: (picked: Choice[]) => void
  groups: Group[] | undefined
  minimum: number
  suggest: (typed: string) => Promise<Group[]>
}

/** A field to type in with a list below it; the arrows, Enter and Escape do what they do in menus. */
export function Picker({ element, labels, many, picked, onPick, ...source }: PickerProps): VNode {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const { groups, says } = useGroups(source, open, typed)
  const { ask, dialog } = useConfirm(element)
  const field = useFocusOnLoad<HTMLInputElement>(element)
  const list = useId()

  const choices = groups.flatMap((group) => group.choices)
  const most = number(element['max_selected_items']) ?? Number.POSITIVE_INFINITY
  const placeholder = plainWords(element['placeholder']) || 'Choose'
  const optional = labels['aria-required'] === false
  const shown = many ? '' : (picked[0]?.text ?? '')

  const show = (now: boolean) => {
    setOpen(now)
    setTyped('')
    const first = choices.findIndex(({ value }) => value === picked[0]?.value)
    setActive(many ? 0 : Math.max(0, first))
  }
  const without = (one: Choice | undefined) => picked.filter(({ value }) => value !== one?.value)
  const choose = (one: Choice | undefined) => {
    if (!one) return
    const had = many && picked.some(({ value }) => value === one.value)
    if (many && !had && picked.length >= most) return
    if (!many) show(false)
    ask(() => onPick(many ? (had ? without(one) : [...picked, one]) : [one]))
  }
  const remove = (one: Choice | undefined) => {
    field.current?.focus()
    onPick(without(one))
  }
  const move = (to: number) => setActive(Math.max(0, Math.min(to, choices.length - 1)))
  const pressed = (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => (open ? move(active + 1) : show(true)),
      ArrowUp: () => (open ? move(active - 1) : show(true)),
      Enter: () => (open ? choose(choices[active]) : show(true)),
    }
    const last = (many || optional) && typed === '' ? picked.at(-1) : undefined
    if (last) steps['Backspace'] = () => remove(last)
    if (open) steps['Escape'] = () => show(false)
    const step = steps[event.key]
    if (!step || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    step()
  }

  return html`<div
    class="bk-picker"
    data-many=${many}
    onFocusOut=${({ currentTarget, relatedTarget }: FocusEvent) => {
      const inside = currentTarget instanceof Node && relatedTarget instanceof Node
      if (open && !(inside && currentTarget.contains(relatedTarget))) show(false)
    }}
  >
    ${many && picked.map((one) => html`<${Chip} text=${one.text} onRemove=${() => remove(one)} />`)}
    <input
      ...${labels}
      ref=${field}
      type="text"
      role="combobox"
      autocomplete="off"
      aria-autocomplete="list"
      aria-expanded=${open}
      aria-controls=${list}
      aria-label=${labels['aria-labelledby'] ? undefined : placeholder}
      aria-activedescendant=${open && choices[active] ? optionId(list, active) : undefined}
      placeholder=${open && shown ? shown : placeholder}
      value=${open ? typed : shown}
      onClick=${() => open || show(true)}
      onFocus=${({ target }: Event) => target instanceof HTMLInputElement && target.select()}
      onInput=${(event: Event) => {
        setOpen(true)
        setActive(0)
        if (event.target instanceof HTMLInputElement) setTyped(event.target.value)
      }}
      onKeyDown=${pressed}
    />
    ${!many && optional && picked[0] && html`<${Remove} text=${shown} onClick=${() => remove(picked[0])} />`}
    <${Listbox}
      id=${list}
      open=${open}
      many=${many}
      groups=${groups}
      says=${says}
      picked=${picked}
      active=${active}
      onChoose=${choose}
    />
    ${dialog}
  </div>`
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }): VNode {
  return html`<span class="bk-chip">${text} <${Remove} text=${text} onClick=${onRemove} /></span>`
}

function Remove({ text, onClick }: { text: string; onClick: () => void }): VNode {
  return html`<button
    type="button"
    class="bk-remove"
    aria-label=${`Remove ${text}`}
    onClick=${onClick}
  >
    ×
  </button>`
}
