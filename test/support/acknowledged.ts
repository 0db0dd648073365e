import type { Delivery } from '../../playground/workspace/records.ts'

/** Waits for what a person does. Throws with the reason when the bot does not acknowledge it. */
export async function acknowledged(doing: Promise<Delivery>): Promise<Delivery> {
  const delivery = await doing
  if (!delivery.ok) throw new Error(`not acknowledged: ${delivery.kind}: ${delivery.error}`)
  return delivery
}
