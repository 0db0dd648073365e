import { createHash } from 'node:crypto'

/** What happened, line by line: the same for the same seed. */
export type Trace = {
  say(what: string): void
  /** Of all lines. The last call. */
  hash(): string
}

/** Random ids are named in the order in which they appear. `print`: lines as they come. */
export function createTrace(now: () => number, print?: (line: string) => void): Trace {
  const sum = createHash('sha256')
  const names = new Map<string, string>()
  const name = (id: string): string => {
    const known = names.get(id) ?? `#${names.size + 1}`
    names.set(id, known)
    return known
  }
  let isOver = false
  let text = ''
  return {
    say(what) {
      if (isOver) return
      const said = what.replace(UUID, name)
      text += `${now()} ${said}\n`
      if (text.length > LONG) {
        sum.update(text)
        text = ''
      }
      print?.(`${new Date(now()).toISOString()} ${said}`)
    },
    hash() {
      isOver = true
      return sum.update(text).digest('hex')
    },
  }
}

const LONG = 50_000
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
