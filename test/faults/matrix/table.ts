import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import { SILENCES } from './dts-faults.ts'

/** What the tests saw of one fault. */
export type Row = { where: string; fault: string; sees: string; ends: string }

const FILE = 'docs/reliability.md'

/**
 * Compares what was seen with a table of docs/reliability.md, the one between the comments
 * `<!-- name -->` and `<!-- /name -->`; with UPDATE_RELIABILITY=1 it is written there instead.
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
    expect(written, `UPDATE_RELIABILITY=1 writes what was seen to ${FILE}`).toBe(seen)
  }
}

/** Faults that come out the same share a line. */
function table(rows: Row[]): string {
  const alike = Map.groupBy(rows, ({ where, sees, ends }) => JSON.stringify([where, sees, ends]))
  const lines = [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const faults = shortened(new Set([first, ...others].map(({ fault }) => fault)))
    return [`| ${first.where} | ${faults.join('; ')} | ${first.sees} | ${first.ends} |`]
  })
  return ['| Where | Fault | People see | Ends as |', '|---|---|---|---|', ...lines, ''].join('\n')
}

/** All silences of one kind under one name, which the document explains. */
function shortened(faults: Set<string>): string[] {
  const kinds = ['', ', no effect', ', but it took effect'].map((kind) => ({
    name: `every silence${kind}`,
    silences: Object.keys(SILENCES).map((silence) => silence + kind),
  }))
  const whole = kinds.filter(({ silences }) => silences.every((one) => faults.has(one)))
  const known = new Set(whole.flatMap(({ silences }) => silences))
  return [...whole.map(({ name }) => name), ...[...faults].filter((one) => !known.has(one))]
}

/** `54 × code for "no"`: a code is counted where others come out as it does, and named if alone. */
export function counted(rows: (Row & { code?: string | undefined })[]): Row[] {
  const alike = Map.groupBy(rows, ({ where, fault, sees, ends }) =>
    JSON.stringify([where, fault, sees, ends]),
  )
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first?.code) return first ? [first] : []
    const fault =
      others.length > 0 ? `${others.length + 1} × ${first.fault}` : `${first.fault}: ${first.code}`
    return [{ ...first, fault }]
  })
}

/** What the situations show, one after the other. */
export async function oneByOne(situations: (() => Promise<Row[]>)[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const situation of situations) rows.push(...(await situation()))
  return rows
}
