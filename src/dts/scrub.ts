/** Keeps the secrets in an answer out of the free text that leaves this folder. */

/** Cleans a text: no secrets from the answer, no control characters, at most 4,000 characters. */
export type Scrub = (text: string) => string

/**
 * A scrub for the texts of one parsed answer. It masks every value whose key looks secret, at any
 * depth and inside JSON kept as text, and `own`: our own secrets, which DTS might echo.
 * Throws RangeError for an answer nested deeper than any honest one.
 */
export function scrubFor(answer: unknown, own: readonly string[] = []): Scrub {
  const secrets = new Set<string>()
  for (const secret of [...own, ...secretsIn(answer)]) {
    for (const form of formsOf(clean(secret))) {
      if (form.length >= SHORTEST_SECRET) secrets.add(form)
    }
  }
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length)
  return (text) => {
    // One by one: a regular expression of them all can be too large to compile.
    const masked = longestFirst.reduce((rest, secret) => rest.replaceAll(secret, MASK), clean(text))
    return maskPatterns(cut(masked))
  }
}

/** Whether a field of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return /passw(or)?d|pwd|secret|token|access[-_]?key/i.test(name)
}

/** Masks what reads like a secret, wherever it came from: `IDENTIFIED BY 'x'`, `password=x`. */
export function maskPatterns(text: string): string {
  return text
    .replace(IDENTIFIED, `$1${MASK}`)
    .replace(ASSIGNED, `$1${MASK}`)
    .replace(IN_ADDRESS, `$1${MASK}@`)
}

/** JSON kept inside a text, or undefined. */
export function embeddedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const MASK = '***'
const LONGEST_TEXT = 4000
const DEEPEST = 100

/** Masking anything shorter would shred the text and protect nothing. */
const SHORTEST_SECRET = 3

// Every repetition that can fail is bounded, so that no text takes more than linear time.
const QUOTED = ['"', "'"]
  .map(
    (q) => String.raw`${q}(?:[^${q}\\]|\\[^])*(?:${q}|\\?$)|\\${q}(?:(?!\\${q})[^])*(?:\\${q}|$)`,
  )
  .join('|')
const IDENTIFIED = new RegExp(
  String.raw`(IDENTIFIED\s{1,9}(?:WITH\s{1,9}\S{1,64}\s{1,9})?(?:BY|AS)\s{1,9}(?:PASSWORD\s{1,9})?)(?:${QUOTED}|[^\s;,]+)`,
  'gi',
)
// MySQL's "(using password: YES)" is useful and holds no secret.
const ASSIGNED = new RegExp(
  String.raw`((?:passw(?:or)?d|pwd|secret|token|access[-_]?key|密码|口令)\w{0,20}[\\"']{0,4}\s{0,5}(?:=>|[=:：])\s{0,5})(?!(?:YES|NO)\))(?:${QUOTED}|[^\s,;&)}\]]+)`,
  'gi',
)
const IN_ADDRESS = /(:\/\/[^\s:@/]{0,100}:)[^\s@]{1,200}@/g

type Node = { value: unknown; isSecret: boolean; depth: number }

/** Without recursion: JSON.parse accepts nesting that would overflow the stack. */
function* secretsIn(answer: unknown): Generator<string> {
  const open: Node[] = [{ value: answer, isSecret: false, depth: 0 }]
  for (let node = open.pop(); node; node = open.pop()) {
    const { value, isSecret } = node
    const depth = node.depth + 1
    if (depth > DEEPEST) throw new RangeError('answer nested too deeply')

    if (typeof value === 'string') {
      if (isSecret) yield value
      open.push({ value: embeddedJson(value), isSecret, depth })
    } else if (typeof value === 'number' && isSecret) {
      yield String(value)
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        open.push({ value: inner, isSecret: isSecret || isSecretName(name), depth })
      }
    }
  }
}

/** A secret as it is, and as JSON or an address would write it. */
function formsOf(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
}

/** Without control characters (PostgreSQL refuses NUL) and without halves of a character. */
function clean(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '').toWellFormed()
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…`.toWellFormed() : text
}
