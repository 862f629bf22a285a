import type { Binding } from '../schedule/bounds/bound.ts';
import type { PlanBinding } from './plan.ts';

/** What a bound comes from, as documents tell it. @param idOf of a task of the problem */
export function describeBinding(binding: Binding, arch: string, idOf: (task: number) => string): PlanBinding {
  switch (binding.kind) {
    case 'chain':
      return { kind: 'chain', tasks: binding.tasks.map(idOf) };
    case 'window': {
      const { resources, spilledCount } = binding;
      const fromMs = Math.round(binding.fromMs);
      const untilMs = Math.round(binding.untilMs);
      const spilled = spilledCount === undefined ? {} : { spilledCount };
      return { kind: 'window', arch, resources, fromMs, untilMs, ...spilled };
    }
    case 'together':
      return { kind: 'together', arch, resources: binding.resources };
  }
}
