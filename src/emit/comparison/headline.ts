import type { ComparisonDocument, ComparisonSide } from '../../compare/comparison-document.ts';
import { formatChange, formatMetric, formatRelative } from '../../compare/format-metric.ts';
import { count } from '../summary/lines.ts';
import { showControls } from '../visible-controls.ts';

/** What is compared, and which takes longer. */
export function headline({ kind, sides: [left, right], metrics }: ComparisonDocument): string {
  const makespan = metrics.find(({ name }) => name === 'makespan');
  if (makespan === undefined) throw new Error('BUG: a comparison without makespan');
  const { values, difference } = makespan;
  const of = kind === 'architectures' && left.plan === right.plan ? `${showControls(left.plan)}: ` : '';
  const verb = ({ hasRun }: ComparisonSide): string => (hasRun ? 'took' : 'takes');
  const again = left.hasRun === right.hasRun ? '' : `${verb(right)} `;
  const both = `${of}${left.label} ${verb(left)} ${formatMetric('ms', values[0])}, ${right.label} ${again}${formatMetric('ms', values[1])}`;
  if (difference === 0) return `${both}: equally long`;
  const percent = formatRelative('ms', values[0], difference);
  return `${both}: ${[formatChange('ms', difference), percent].filter((part) => part !== '').join(', ')}`;
}

/** How many units are on both sides and how many of them differ, as a sentence. */
export function summary({
  isSame,
  settings,
  inputs,
  kind,
  counts,
  sides: [left, right],
}: ComparisonDocument): string {
  if (isSame) {
    const others = [...(settings.length > 0 ? ['options'] : []), ...(inputs.length > 0 ? ['inputs'] : [])];
    const but = others.length === 0 ? '' : `, though their ${others.join(' and ')} are not the same`;
    const alike = left.hasRun || right.hasRun ? 'all as planned' : 'all planned alike';
    return `no difference: ${count(counts.both, 'unit')}, ${alike}${but}`;
  }
  const shared =
    counts.shared === 0
      ? ''
      : ` (${count(counts.shared, 'build')} of Architecture: all ${counts.shared === 1 ? 'serves' : 'serve'} both)`;
  const alike = counts.both - counts.changed;
  // nothing that took place is to the ms as it was planned
  const howMany = left.hasRun || right.hasRun ? '' : `, ${String(alike)} of them planned alike`;
  return [
    `${count(counts.both, 'unit')} on both sides${kind === 'architectures' ? shared : ''}${howMany}`,
    ...(counts.lone[0] > 0 ? [`${String(counts.lone[0])} only in ${left.label}`] : []),
    ...(counts.lone[1] > 0 ? [`${String(counts.lone[1])} only in ${right.label}`] : []),
  ].join('; ');
}

/** The metrics that people look at first, and those that differ; all of them when all is wanted. */
export function metricRows({ metrics }: ComparisonDocument, all: boolean): ComparisonDocument['metrics'] {
  return metrics.filter(({ name, difference }) => all || difference !== 0 || MAIN.includes(name));
}

const MAIN: readonly string[] = ['makespan', 'bound', 'gap', 'slot-use', 'ram-peak', 'builds', 'left-out'];

/** What the sides are called in a text: files can be called anything, and what they end with says little. */
export function withPlainLabels(document: ComparisonDocument): ComparisonDocument {
  const [left, right] = document.sides;
  return { ...document, sides: [plain(left), plain(right)] };
}

function plain(side: ComparisonSide): ComparisonSide {
  return { ...side, label: showControls(side.label.replace(/(?<=.)\.json(?=$| )/, '')) };
}
