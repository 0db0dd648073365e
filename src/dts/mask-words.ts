/** Finds many words in a text in one pass, after Aho and Corasick: their number costs no time. */

import { fold } from './fold.ts'

/** Masks what stands in a text, in capitals or not. */
export type MaskWords = (text: string, cut: MaskCut) => string

/**
 * Whether the beginning of a word is masked as well. `lines`: 6 letters of it or more, where a line ends
 * or breaks off ("..."). `end`: these, and even one letter where the text ends, because it was cut there.
 */
type MaskCut = 'never' | 'lines' | 'end'

/** Takes memory for every letter of all words. A text then takes time for each of its own letters. */
export function createMaskWords(words: Iterable<string>): MaskWords {
  const { start, step } = automatonFor(words)
  return (text, cut) => {
    const masked: Span[] = []
    const folded = fold(text)
    let state = start
    for (let end = 1; end <= text.length; end += 1) {
      state = step(state, folded.charCodeAt(end - 1))
      const shortest = cut === 'end' && end === text.length ? 1 : SHORTEST_BEGINNING
      const isCut = cut !== 'never' && state.depth >= shortest && endsLine(text, end)
      const length = isCut ? state.depth : state.longest
      if (length > 0) add(masked, { start: end - length, end })
    }
    return replaced(text, masked)
  }
}

function endsLine(text: string, at: number): boolean {
  return /^(?:$|\n|…|\.\.\.)/.test(text.slice(at, at + 3))
}

export const MASK = '***'
/** Less could be any word. */
const SHORTEST_BEGINNING = 6

/**
 * What was read so far ends with the first `depth` letters of some word, and with a whole word of
 * `longest` letters (0: none). `next` is by UTF-16 unit.
 */
type State = {
  id: number
  depth: number
  longest: number
  unit: number
  parent: State | undefined
  /** The longest other beginning of a word that ends here. */
  fallback: State | undefined
}

type Automaton = { start: State; step: (from: State, unit: number) => State }

function automatonFor(words: Iterable<string>): Automaton {
  const start = { id: 0, depth: 0, longest: 0, unit: 0, parent: undefined, fallback: undefined }
  const states: State[] = [start]
  const next = new Map<number, State>()

  const step = (from: State, unit: number): State => {
    for (let state: State | undefined = from; state; state = state.fallback) {
      const found = next.get(state.id * UNITS + unit)
      if (found) return found
    }
    return start
  }

  for (const word of words) {
    const folded = fold(word)
    let state: State = start
    for (let index = 0; index < folded.length; index += 1) {
      const unit = folded.charCodeAt(index)
      const key = state.id * UNITS + unit
      const { depth } = state
      const blank = { id: states.length, depth: depth + 1, longest: 0, unit, fallback: undefined }
      const known = next.get(key)
      const child: State = known ?? { ...blank, parent: state }
      if (!known) {
        next.set(key, child)
        states.push(child)
      }
      state = child
    }
    state.longest = state.depth
  }

  // The shallow ones first: a state needs the fallbacks of those above it.
  for (const state of states.toSorted((a, b) => a.depth - b.depth)) {
    if (!state.parent) continue
    state.fallback = state.parent.fallback ? step(state.parent.fallback, state.unit) : start
    state.longest ||= state.fallback.longest
  }
  return { start, step }
}

const UNITS = 0x1_00_00

type Span = { start: number; end: number }

/** Spans come by their end. Those that overlap become one. */
function add(spans: Span[], span: Span): void {
  let { start } = span
  for (let last = spans.at(-1); last && last.end > start; last = spans.at(-1)) {
    start = Math.min(start, last.start)
    spans.pop()
  }
  spans.push({ start, end: span.end })
}

function replaced(text: string, spans: Span[]): string {
  let rest = ''
  let from = 0
  for (const { start, end } of spans) {
    rest += text.slice(from, start) + MASK
    from = end
  }
  return rest + text.slice(from)
}
