import { html, render } from 'htm/preact'
import { Page } from './page.ts'

render(html`<${Page} />`, document.body)
