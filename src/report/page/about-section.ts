import type { ReportPlan } from '../report-data.ts';
import { makeElement, makeSection } from './make-element.ts';
import type { PlanView } from './plan-view.ts';
import { makeTable } from './summary-section.ts';
import { makePairs } from './unit-panel.ts';
import { count, formatShare } from './words.ts';

/** More files are not put on paper. */
const PRINTED = 300;

/** How the plan was made: from what, with which options. */
export function makeAbout({ plan }: PlanView): HTMLElement {
  const { options, inputs } = plan;
  const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
  const depth = (steps: number | 'all'): string => (steps === 0 ? 'none' : String(steps));
  const { search } = options;
  const pairs = makePairs([
    ['Plan file', `${plan.label} (SHA-256 ${plan.sha256})`],
    ['Architectures', `${options.architectures.join(', ')}; Architecture: all on ${options.allOn}`],
    ['Profiles', list(options.profiles)],
    [
      'Dependencies',
      `${options.deps === 'install' ? 'all that gets installed' : 'direct ones only'}; alternatives: ${options.alternatives}; read as ${options.reading}`,
    ],
    ['In every chroot', list(options.implicit)],
    ['Layers', list(options.layers)],
    ...(options.select.length === 0
      ? []
      : [
          [
            'Selected',
            `${list(options.select)}; build dependencies: ${depth(options.buildDepsDepth)}, dependents: ${depth(options.dependentsDepth)}`,
          ] as const,
        ]),
    [
      'RAM disk',
      `holds the ${options.ramHolds === 'chroot' ? 'whole chroot' : 'build tree'}; ${formatShare(options.ramQuantile)} of builds fit into what is reserved`,
    ],
    ['Work', `for ${count(options.durationJobs, 'make job')}`],
    [
      'Found by',
      `${search.foundBy}, effort ${String(search.effort)}, ${count(search.schedules, 'schedule')}, seed ${String(search.seed)}`,
    ],
    ['Bound by', plan.lowerBoundName],
  ]);
  return makeSection('about', 'How the plan was made', pairs, makeInputs(inputs));
}

/** The files that were read; thousands of rows are made only for who asks. */
function makeInputs(inputs: ReportPlan['inputs']): HTMLElement {
  const details = makeElement(
    'details',
    { class: inputs.length > PRINTED ? 'group too-long' : 'group' },
    makeElement(
      'summary',
      {},
      'Inputs',
      makeElement('span', { class: 'note' }, count(inputs.length, 'file')),
    ),
  );
  details.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('table') !== null) return;
    const rows = inputs.map(({ name, sha256 }) => [name, makeElement('code', {}, sha256)]);
    details.append(
      makeElement('div', { class: 'scroll-x tall' }, makeTable('inputs', ['File', 'SHA-256'], rows)),
    );
  });
  return details;
}
