/** The API versions that the pretend service speaks, the old one first. */
export const VERSIONS = ['2018-03-30', '2021-12-06'] as const

export type Version = (typeof VERSIONS)[number]

/** Undefined for a version that never was. */
export function findVersion(name: string): Version | undefined {
  return VERSIONS.find((version) => version === name)
}
