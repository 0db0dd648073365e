import type { Line } from '../views/rich.ts'

/** A line of a card as text. */
export function plainText(line: Line): string {
  return line
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if (piece.type === 'text') return piece.text
      return piece.type === 'date' ? (piece.fallback ?? '') : ''
    })
    .join('')
}
