/**
 * Works on the items, `atOnce` of them at a time, as long as it `goesOn`: the rest is left. When all
 * work has come to rest, throws what the first that failed threw; after that none is begun.
 */
export async function each<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
  goesOn: () => boolean,
): Promise<void> {
  const rest = items[Symbol.iterator]()
  const failures: unknown[] = []
  const go = async (): Promise<void> => {
    do {
      const next = rest.next()
      if (next.done) return
      await work(next.value).catch((error: unknown) => failures.push(error))
    } while (failures.length === 0 && goesOn())
  }
  await Promise.all(Array.from({ length: atOnce }, go))
  if (failures.length > 0) throw failures[0]
}
