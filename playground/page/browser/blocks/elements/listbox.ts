import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { useAtControl } from './at-control.ts'
import type { Choice, Group } from './options.ts'

type ListboxProps = {
  id: string
  open: boolean
  many: boolean
  groups: Group[]
  /** Why there is nothing to choose; empty when nothing fits what was typed. */
  says: string
  picked: Choice[]
  /** Which of all choices the keyboard is at. */
  active: number
  onChoose: (choice: Choice) => void
}

/** The list below a picker. The focus stays in the field; `active` is where the keyboard is. */
export function Listbox(props: ListboxProps): VNode {
  const { id, open, groups, says, active } = props
  const list = useAtControl<HTMLDivElement>(open)
  const empty = groups.every(({ choices }) => choices.length === 0)

  useEffect(() => {
    if (open) document.getElementById(optionId(id, active))?.scrollIntoView({ block: 'nearest' })
  }, [open, active])

  return html`<div class="bk-list" ref=${list} hidden=${!open}>
    <div role="status">${open && empty ? says || 'Nothing fits.' : ''}</div>
    <div
      id=${id}
      role="listbox"
      aria-label="Choices"
      aria-multiselectable=${props.many}
      hidden=${empty}
    >
      ${groups.map((group, index) => {
        const before = groups.slice(0, index).flatMap(({ choices }) => choices).length
        return html`<${Choices} ...${props} group=${group} before=${before} />`
      })}
    </div>
  </div>`
}

export function optionId(list: string, index: number): string {
  return `${list}-${index}`
}

function Choices(props: ListboxProps & { group: Group; before: number }): VNode {
  const { id, group, before, picked, active, onChoose } = props
  const options = group.choices.map((one, at) => {
    const index = before + at
    return html`<div
      id=${optionId(id, index)}
      role="option"
      class="bk-option"
      aria-selected=${picked.some(({ value }) => value === one.value)}
      data-active=${index === active}
      onMouseDown=${(event: Event) => event.preventDefault()}
      onClick=${() => onChoose(one)}
    >
      ${one.text}${one.detail && html`<span class="bk-detail">${one.detail}</span>`}
    </div>`
  })
  if (!group.label) return html`<div role="presentation">${options}</div>`
  return html`<div role="group" aria-label=${group.label}>
    <div class="bk-group" role="presentation">${group.label}</div>
    ${options}
  </div>`
}
