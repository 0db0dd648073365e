import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { BlocksProps } from './props.ts'

type Surroundings = Omit<BlocksProps, 'blocks'>

/** What every block and element may need of the place where it is drawn. */
export const BlocksContext = createContext<Surroundings>({
  names: { users: {}, groups: {}, channels: {} },
  surface: 'message',
  values: {},
  errors: {},
  onAct: () => undefined,
  onFill: () => undefined,
  suggest: async () => [],
})

export function useBlocksContext(): Surroundings {
  return useContext(BlocksContext)
}
