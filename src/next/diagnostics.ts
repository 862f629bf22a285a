import type { Diagnostic } from '../base/diagnostic.ts';
import type { Builder } from '../dispatch/problem.ts';

/** A build is said to run in a slot that another one has, or that the builder has not. */
export function takenSlot(id: string, builder: string, slot: number): Diagnostic {
  return contradiction(
    `${id} is said to run in slot ${String(slot)} of ${builder}, which is not free`,
    'it is counted in another slot; say in which one it runs, or leave slot out',
  );
}

/** More builds run than there are slots. */
export function besideSlots(id: string, { name, slots }: Builder): Diagnostic {
  return contradiction(
    `${id} runs, but all ${String(slots)} slots of ${name} are taken`,
    'it is counted beside them; nothing starts there until one is free',
  );
}

/** What runs takes more than there is. */
export function overRoom(id: string, builder: string, lacks: readonly string[]): Diagnostic {
  return contradiction(
    `${id} runs on ${builder}, which has not enough ${lacks.join(' and ')} for it by the plan`,
    'it is counted for what is left, and nothing starts in that room',
  );
}

function contradiction(message: string, hint: string): Diagnostic {
  return { code: 'contradictory-state', severity: 'warning', message, hint };
}
