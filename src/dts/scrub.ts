/** Keeps the secrets in an answer out of the texts that leave this folder. */
import { type MaskWords, createMaskWords } from './mask-words.ts'
import { maskPatterns } from './secret-patterns.ts'
import { secretForms } from './secret-forms.ts'
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
  const secrets = secretsIn(answer)
  for (const secret of own) secrets.values.add(secret)
  const mask = maskFor(secrets)
  if (mask) {
    return {
      text: (text) => scrubbed(text, mask, 'lines'),
      word: (word) => scrubbed(word, mask, 'never'),
    }
  }

  const known = new Set([...secrets.values].map(clean))
  return {
    text: (text) => text && MASK,
    word: (word) => (PLAIN_WORD.test(word) && !known.has(word) ? word : word && MASK),
  }
}

const MASK = '***'
const LONGEST_TEXT = 4000
/** How much of a text is looked at: masks make it shorter, and a secret may straddle the cut. */
const LONGEST_LOOK = 2 * LONGEST_TEXT
const PLAIN_WORD = /^[\w.:-]{1,128}$/

/** A page of 100 jobs has two or three each. */
const MOST_SECRETS = 1000
/** Characters of all forms of all secrets. */
const MOST_CHARACTERS = 250_000

/** Undefined if the secrets are too many, or not all known. */
function maskFor({ values, isComplete }: Secrets): MaskWords | undefined {
  if (!isComplete || values.size > MOST_SECRETS) return undefined
  const forms = new Set<string>()
  let characters = 0
  for (const secret of values) {
    for (const form of secretForms(clean(secret.slice(0, LONGEST_LOOK)))) {
      const looked = form.slice(0, LONGEST_LOOK)
      if (!forms.has(looked)) characters += looked.length
      forms.add(looked)
    }
    if (characters > MOST_CHARACTERS) return undefined
  }
  return createMaskWords(forms)
}

function scrubbed(text: string, mask: MaskWords, cut: 'lines' | 'never'): string {
  const isCut = text.length > LONGEST_LOOK
  const looked = clean(text.slice(0, LONGEST_LOOK))
  const masked = maskPatterns(mask(looked, isCut ? 'end' : cut))
  const fits = !isCut && masked.length <= LONGEST_TEXT
  return fits ? masked : `${masked.slice(0, LONGEST_TEXT - 1)}…`.toWellFormed()
}

/** Without control characters (PostgreSQL refuses NUL) and without halves of a character. */
function clean(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '').toWellFormed()
}
