import { formatDuration } from '../../base/quantity.ts';
import type { PlanBinding } from '../../plan/plan.ts';
import { count } from './lines.ts';

/** Longer chains are shown by their first and last builds. */
const SHOWN = 4;

/**
 * What keeps a plan from being shorter: `slots of amd64 from 42m on`, `the chain linux → … → kernel-std`.
 * @param label what a build is called
 */
export function formatBinding(
  binding: PlanBinding,
  lowerBoundMs: number,
  label: (id: string) => string,
): string {
  switch (binding.kind) {
    case 'chain':
      return `the chain ${chain(binding.tasks.map(label))}`;
    case 'window':
      return `${resources(binding)}${window(binding, lowerBoundMs)}${spilled(binding)}`;
    case 'together':
      return `needs and ${resources(binding)} together`;
  }
}

function chain(labels: readonly string[]): string {
  const shown = labels.length <= SHOWN ? labels : [...labels.slice(0, 2), '…', ...labels.slice(-1)];
  return shown.join(' → ');
}

function resources({ resources: kinds, arch }: Extract<PlanBinding, { arch: string }>): string {
  return `${kinds.map((kind) => RESOURCES[kind]).join(' and ')} of ${arch}`;
}

function window({ fromMs, untilMs }: Extract<PlanBinding, { kind: 'window' }>, lowerBoundMs: number): string {
  if (untilMs < lowerBoundMs)
    return fromMs === 0
      ? ` until ${formatDuration(untilMs)}`
      : ` from ${formatDuration(fromMs)} to ${formatDuration(untilMs)}`;
  return fromMs === 0 ? '' : ` from ${formatDuration(fromMs)} on`;
}

function spilled({ spilledCount }: Extract<PlanBinding, { kind: 'window' }>): string {
  if (spilledCount === undefined) return '';
  return `: ${count(spilledCount, 'large build')} find${spilledCount === 1 ? 's' : ''} no room in RAM`;
}

const RESOURCES = {
  slots: 'slots',
  'ram-disk': 'RAM disk',
  chroots: 'chroots in RAM',
  memory: 'memory',
  cores: 'cores',
  'disk-slots': 'builds on disk',
  renewable: 'capacity',
  disjoint: 'builds that exclude each other',
} as const;
