import { html } from 'htm/preact'
import { useId } from 'preact/hooks'

type Props = {
  label: string
  /** What is shown, by value. */
  options: Record<string, string>
  value: string
  onChange: (value: string) => void
}

/** A labelled choice of few. */
export function Select({ label, options, value, onChange }: Props) {
  const id = useId()
  return html`<span class="field">
    <label for=${id}>${label}</label>
    <select
      id=${id}
      value=${value}
      onChange=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}
    >
      ${Object.entries(options).map(
        ([one, shown]) =>
          html`<option key=${one} value=${one} selected=${one === value}>${shown}</option>`,
      )}
    </select>
  </span>`
}
