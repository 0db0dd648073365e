import { MASK, type MaskWords, createMaskWords } from './mask-words.ts'
import { secretForms } from './secret-forms.ts'
import { createSieve } from './sieve.ts'

/**
 * Masks the secrets in every form. What that takes is prepared for the first text that may hold one:
 * hardly any does. All forms together too long to be looked for: such a text is masked whole.
 */
export function createMaskSecrets(secrets: Iterable<string>): MaskWords {
  let mayHold: ((text: string) => boolean) | undefined
  let mask: MaskWords | undefined
  return (text, cut) => {
    mayHold ??= createSieve(secrets)
    if (cut !== 'end' && !mayHold(text)) return text
    mask ??= maskFor(secrets)
    return mask(text, cut)
  }
}

/** Characters of all forms of all secrets. */
const MOST_CHARACTERS = 250_000
/** No text is looked at beyond. */
const LONGEST_FORM = 8000

function maskFor(secrets: Iterable<string>): MaskWords {
  const forms = new Set<string>()
  let characters = 0
  for (const secret of secrets) {
    for (const form of secretForms(secret)) {
      const looked = form.slice(0, LONGEST_FORM)
      if (!forms.has(looked)) characters += looked.length
      forms.add(looked)
    }
    if (characters > MOST_CHARACTERS) return () => MASK
  }
  return createMaskWords(forms)
}
