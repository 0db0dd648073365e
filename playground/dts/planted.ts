/** A secret that was planted for a leak test; '' when there is none. */
export type Planted = string

/** Free text of the service with the planted secret in it, as a database would quote it. */
export function spill(text: string, planted: Planted): string {
  if (planted === '') return text
  return `${text} (GRANT ALL ON *.* TO 'dts'@'%' IDENTIFIED BY '${planted}'; password=${planted})`
}
