import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import { UNUSABLE } from './dts-faults.ts'

/** What one fault led to. */
export type Row = Seen & { where: string; fault: string }
export type Seen = { sees: string; outcome: string }

const FILE = 'docs/reliability.md'

/**
 * Compares what the tests saw with the table between the comments `<!-- name -->` and
 * `<!-- /name -->` of docs/reliability.md. With UPDATE_RELIABILITY=1 it writes the table instead.
 */
export function expectTable(name: string, rows: Row[]): void {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`]
  const file = readFileSync(FILE, 'utf8')
  const [before = '', rest = ''] = file.split(begin)
  const [written, after] = rest.split(end)
  if (written === undefined || after === undefined) throw new Error(`${FILE} has no table ${name}`)
  const seen = `\n${table(rows)}\n`
  if (process.env['UPDATE_RELIABILITY']) {
    writeFileSync(FILE, [before, begin, seen, end, after].join(''))
  } else {
    expect(written, `UPDATE_RELIABILITY=1 writes it to ${FILE}`).toBe(seen)
  }
}

/** Faults that end the same way share a line. */
function table(rows: Row[]): string {
  const alike = Map.groupBy(rows, ({ where, sees, outcome }) =>
    JSON.stringify([where, sees, outcome]),
  )
  const lines = [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const faults = shortened(new Set([first, ...others].map(({ fault }) => fault)))
    return [`| ${first.where} | ${faults.join('; ')} | ${first.sees} | ${first.outcome} |`]
  })
  return ['| Where | Fault | People see | Outcome |', '|---|---|---|---|', ...lines, ''].join('\n')
}

/** All that cannot be used, under one name, which the document explains. */
function shortened(faults: Set<string>): string[] {
  const kinds = ['', ', no effect', ', but it took effect'].map((kind) => ({
    name: `no usable answer${kind}`,
    faults: Object.keys(UNUSABLE).map((fault) => fault + kind),
  }))
  const whole = kinds.filter((kind) => kind.faults.every((one) => faults.has(one)))
  const known = new Set(whole.flatMap((kind) => kind.faults))
  return [...whole.map(({ name }) => name), ...[...faults].filter((one) => !known.has(one))]
}

/** `54 refusal codes`: codes that end the same way are counted; one alone is named. */
export function counted(rows: (Row & { code?: string | undefined })[]): Row[] {
  const alike = Map.groupBy(rows, ({ where, fault, sees, outcome }) =>
    JSON.stringify([where, fault, sees, outcome]),
  )
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first?.code) return first ? [first] : []
    const all = `${others.length + 1} ${first.fault.replace('code', 'codes')}`
    return [{ ...first, fault: others.length > 0 ? all : `${first.fault}: ${first.code}` }]
  })
}

/** Runs one after the other. */
export async function oneByOne(situations: (() => Promise<Row[]>)[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const situation of situations) rows.push(...(await situation()))
  return rows
}
