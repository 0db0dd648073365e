export type Fault = [isWrong: boolean, what: string]

/** What is wrong of these. */
export function faults(all: Fault[]): string[] {
  return all.flatMap(([isWrong, what]) => (isWrong ? [what] : []))
}
