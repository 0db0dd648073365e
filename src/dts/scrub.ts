/** Keeps the secrets in an answer out of the texts that leave this folder. */
import { createMaskSecrets } from './mask-secrets.ts'
import { MASK, type MaskWords } from './mask-words.ts'
import { maskPatterns } from './secret-patterns.ts'
import { type Secrets, secretsIn } from './secrets-in.ts'

export type Scrub = {
  /** A free text without secrets and control characters, cut to 4,000 characters. */
  text: (text: string) => string
  /** The same for an id, a code or another word of Tencent's own: it stays where `text` masks all. */
  word: (word: string) => string
}

/**
 * A scrub for one parsed answer. It masks every value whose key looks secret, and `own`: our own
 * secrets, which DTS might echo. The work is bounded: an answer with more secrets than an honest one
 * has, or with some that cannot be found, has every free text masked whole.
 */
export function scrubFor(answer: unknown, own: readonly string[] = []): Scrub {
  return scrubOf(secretsIn(answer), own)
}

/** The same for secrets that were found already. */
export function scrubOf(found: Secrets, own: readonly string[]): Scrub {
  const secrets = { ...found, values: new Set([...found.values, ...own]) }
  return areTooMany(secrets) ? withoutTexts(secrets) : withoutSecrets(secrets)
}

const LONGEST_TEXT = 4000
/** How much of a text is looked at: masks make it shorter, and a secret may straddle the cut. */
const LONGEST_LOOK = 2 * LONGEST_TEXT

/** A page of 100 jobs has two or three each. */
const MOST_SECRETS = 1000
/** Characters of all secrets, as far as they are looked at. */
const MOST_CHARACTERS = 50_000

/** Or not all known. */
function areTooMany({ values, isComplete }: Secrets): boolean {
  if (!isComplete || values.size > MOST_SECRETS) return true
  let characters = 0
  for (const secret of values) characters += Math.min(secret.length, LONGEST_LOOK)
  return characters > MOST_CHARACTERS
}

function withoutTexts({ values }: Secrets): Scrub {
  const known = new Set([...values].map(clean))
  return {
    text: (text) => text && MASK,
    word: (word) => (PLAIN_WORD.test(word) && !known.has(word) ? word : word && MASK),
  }
}

const PLAIN_WORD = /^[\w.:-]{1,128}$/

function withoutSecrets({ values }: Secrets): Scrub {
  const secrets = new Set([...values].map((secret) => clean(secret.slice(0, LONGEST_LOOK))))
  const mask = createMaskSecrets(secrets)
  return {
    text: remembering((text) => scrubbed(text, mask, 'lines')),
    word: remembering((word) => scrubbed(word, mask, 'never')),
  }
}

/** The jobs of an answer have most of their short texts in common. */
function remembering(scrub: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) return scrub(text)
    const before = known.get(text)
    if (before !== undefined) return before
    const shown = scrub(text)
    known.set(text, shown)
    return shown
  }
}

const LONGEST_REMEMBERED = 128

function scrubbed(text: string, mask: MaskWords, cut: 'lines' | 'never'): string {
  const isCut = text.length > LONGEST_LOOK
  const looked = clean(text.slice(0, LONGEST_LOOK))
  const masked = maskPatterns(mask(looked, isCut ? 'end' : cut))
  const fits = !isCut && masked.length <= LONGEST_TEXT
  return fits ? masked : `${masked.slice(0, LONGEST_TEXT - 1)}…`.toWellFormed()
}

/** Without control characters (PostgreSQL refuses NUL) and without halves of a character. */
function clean(text: string): string {
  return PRINTABLE.test(text) ? text : text.replace(/[^\P{Cc}\n\t]/gu, '').toWellFormed()
}

const PRINTABLE = /^[ -~]*$/
