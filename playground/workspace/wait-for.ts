import type { Workspace } from './workspace.ts'

/** Resolves when `look` finds something, looking again whenever the workspace changed. */
export function waitFor<T>(
  ws: Workspace,
  look: () => T | undefined | false,
  what: string,
  timeoutMs = 15_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer)
      ws.off('changed', check)
    }
    const check = (): void => {
      const found = look()
      if (!found) return
      end()
      resolve(found)
    }
    const timer = setTimeout(() => {
      end()
      const last = ws.messages.slice(-5).map(({ text }) => text)
      const failed = ws.calls.filter(({ ok }) => !ok).slice(-5)
      const calls = failed.map(({ method, error }) => `${method}: ${error ?? ''}`)
      reject(
        new Error(`Timed out waiting for ${what}. Last: ${last.join(' | ')} ${calls.join(' ')}`),
      )
    }, timeoutMs)
    ws.on('changed', check)
    check()
  })
}
