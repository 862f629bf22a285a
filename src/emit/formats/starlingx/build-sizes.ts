import { compareNumber, compareText, firstDifference } from '../../../base/compare.ts';
import { groupBy } from '../../../base/group-by.ts';
import type { Plan, PlanTask } from '../../../plan/plan.ts';
import { escapeListed } from '../../escape-blanks.ts';

const GIB = 1024 ** 3;
/** In GiB. Smaller ones fit wherever anything fits: StarlingX makes no chroot in RAM of less than 10 GiB. */
const LEAST = 4;

const ABOUT = [
  '# Lines for the first stanza of debian/control, so that build-pkgs finds a chroot that is large enough: what 90 % of the',
  `# builds need at most, in whole GiB, from ${String(LEAST)} GiB on, the largest of all architectures. Behind them: where it is known from.`,
];

const KNOWN_FROM: Readonly<Record<PlanTask['estimatedBy']['ramDisk'], string>> = {
  override: 'the estimates file',
  declared: 'it says so already',
  history: 'builds before',
  prior: 'what the source is',
  default: 'assumed',
};

/** A line a source: its name and its `XS-Build-Size`; largest first, then by name. */
export function formatBuildSizes({ targets }: Plan): string {
  const bySource = groupBy(
    targets.flatMap(({ tasks }) => tasks),
    ({ source }) => source,
  );
  const rows = [...bySource]
    .map(([source, tasks]) => ({ source, largest: largestOf(tasks) }))
    .map(({ source, largest }) => ({
      source,
      bytes: largest.ramDiskUpperBytes,
      gib: Math.ceil(largest.ramDiskUpperBytes / GIB),
      from: KNOWN_FROM[largest.estimatedBy.ramDisk],
    }))
    .filter(({ bytes }) => bytes >= LEAST * GIB)
    .sort((a, b) => firstDifference(compareNumber(b.gib, a.gib), compareText(a.source, b.source)));
  const lines = rows.map(
    ({ source, gib, from }) => `${escapeListed(source)} XS-Build-Size: ${String(gib)}GB # ${from}`,
  );
  return [...ABOUT, ...lines, ''].join('\n');
}

/** Of the largest ones that whose estimate is called first by name. */
function largestOf(tasks: readonly [PlanTask, ...PlanTask[]]): PlanTask {
  return tasks.reduce((a, b) => {
    const difference = firstDifference(
      compareNumber(b.ramDiskUpperBytes, a.ramDiskUpperBytes),
      compareText(a.id, b.id),
    );
    return difference <= 0 ? a : b;
  });
}
