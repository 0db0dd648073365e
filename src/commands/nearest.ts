/** The word that is like `typed` up to two slips of the finger, if there is one. */
export function nearest(typed: string, words: string[]): string | undefined {
  const ranked = words
    .map((word) => ({ word, slips: slips(typed.slice(0, LONGEST), word) }))
    .filter(({ word, slips: count }) => count <= Math.min(2, word.length - 3))
    .toSorted((a, b) => a.slips - b.slips)
  return ranked[0]?.word
}

const LONGEST = 20

/** How many letters are missing, too many, wrong or swapped with the next one. */
function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= a.length; row++) {
    const counts = [row]
    rows.push(counts)
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      counts.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      )
    }
  }
  return at(a.length, b.length)
}
