/** In small letters, each in its place: letters whose small form is longer stay as they are. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  const small = text.replace(/\p{Lu}/gu, (capital) => {
    const letter = capital.toLowerCase()
    return letter.length === capital.length ? letter : capital
  })
  return small.replaceAll('ς', 'σ')
}

/** Nothing but the letters of English, digits and signs. */
export const ASCII = /^\p{ASCII}*$/u
