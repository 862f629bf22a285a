import type { Emitter } from '../emitter.ts';
import { emitOrder } from '../order.ts';

/** The order as lines for scripts. */
export const text: Emitter = {
  describe: 'one build a line in the order in which they start: id, builder, ram or disk',
  emit: (plan) => [{ path: 'order.txt', content: emitOrder(plan), isExecutable: false }],
};
