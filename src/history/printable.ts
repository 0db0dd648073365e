/**
 * Text from outside on one line, as a terminal may show it: characters that could move the cursor, set a
 * colour, turn the direction of the text or begin a new line are written as their code points.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replace(INVISIBLE, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`)
}

/** The same for JSON, which a reader turns back into what it was. */
export function printableJson(json: string): string {
  return json.replace(INVISIBLE, (one) =>
    [...Array(one.length).keys()]
      .map((at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
