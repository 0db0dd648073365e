import type { World } from '../world.ts'
import type { Go, Place } from './place.ts'

/** What every part of the page is given. */
export type PageProps = { world: World; place: Place; go: Go; me: string }
