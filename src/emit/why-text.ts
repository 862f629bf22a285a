import type { Location } from '../base/diagnostic.ts';
import type { GivenUp } from '../graph/given-up.ts';
import { nameOf, type Remedy } from '../graph/remedies.ts';
import type { WhyLink, WhyReason } from '../graph/why-reason.ts';
import type { Unbuildable, Waiting, Why, WhyStep } from '../graph/why.ts';
import type { Style } from './style.ts';

/**
 * An answer of `debplan why`, a step a paragraph: who waits for whom, by which relations in which files, how firmly, and
 * what would change that.
 * @param paths of the inputs as the user would open them, by label
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const options = resolveAnalyseOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { analysis } = analyseInputs(inputs, options);
 * const reason = why(analysis, 'bollard', 'ropewalk', { isAll: false });
 * formatWhy(reason, inputs.paths, plainStyle).includes('ropewalk'); // → true
 */
export function formatWhy(why: Why, paths: ReadonlyMap<string, string>, style: Style): string {
  const place = (location: Location | undefined): string =>
    location === undefined
      ? ''
      : style.dim(`  (${paths.get(location.file) ?? location.file}:${String(location.line)})`);
  const paragraphs =
    why.steps.length === 0 ? [whyNot(why)] : why.steps.map((step) => stepLines(step, place, style));
  const notes = [...wayLines(why), ...nameLines(why)];
  return [...paragraphs, ...(notes.length === 0 ? [] : [notes])]
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

type FormatPlace = (location: Location | undefined) => string;

function stepLines(step: WhyStep, place: FormatPlace, style: Style): readonly string[] {
  const { from, to, reasonCount, givenUp } = step;
  const reasons = step.reasons ?? [step.reason];
  const waits = givenUp === undefined ? 'waits for' : 'would wait for';
  const head = `${style.bold(from)} ${waits} ${style.bold(to)}`;
  const blocks = reasons.map((reason) => reasonLines(reason, to, place));
  const hidden = reasonCount - reasons.length;
  return [
    reasons.length === 1 ? head : `${head} for ${String(reasons.length)} reasons`,
    ...(givenUp === undefined
      ? []
      : [`  ${style.yellow(`the plan does not wait for this: ${GIVEN_UP[givenUp](step)}`)}`]),
    ...blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    ...(hidden === 0 ? [] : [style.dim(`  ${others(hidden)} there too: --all shows all`)]),
  ];
}

function others(count: number): string {
  return count === 1 ? '1 other relation leads' : `${String(count)} other relations lead`;
}

const GIVEN_UP: Readonly<Record<GivenUp, (step: WhyStep) => string>> = {
  cycle: () => 'cut to break a cycle',
  'later-layer': () => 'it belongs to a later layer',
  'left-out': ({ from }) => `${from} is left out of it`,
  'need-left-out': ({ to }) => `${to} is left out of it`,
  'other-alternative': () => 'it takes another alternative',
};

function reasonLines(reason: WhyReason, to: string, place: FormatPlace): readonly string[] {
  const { field, relation, location, chain, remedies } = reason;
  return [
    `  ${field}: ${relation}${place(location)}`,
    ...chain.flatMap((link, index) => linkLines(link, index, index === chain.length - 1 ? to : '', place)),
    `  ${firmness(reason)}`,
    ...remedyLines(remedies),
  ];
}

function linkLines(link: WhyLink, index: number, to: string, place: FormatPlace): readonly string[] {
  const indent = '  '.repeat(index + 1);
  const { field = 'Depends', relation, location } = link;
  const standIn = link.isStandIn === true ? ', of the binary that exists' : '';
  const builder = to === '' ? '' : `, built by ${to}`;
  return [
    ...(index === 0 ? [] : [`${indent}${field}: ${relation}${standIn}${place(location)}`]),
    `${indent}→ ${link.binary}${builder}`,
  ];
}

function firmness({ strength, isLater, remedies }: WhyReason): string {
  if (strength === 'hard') return 'hard: no binary that exists serves instead';
  const isServed = remedies.some(({ kind }) => kind === 'existing');
  if (isLater) {
    const instead = isServed ? 'a binary that exists serves instead' : 'nothing that exists serves instead';
    return `soft: the other one belongs to a later layer, and ${instead}`;
  }
  return isServed
    ? 'soft: a binary that exists serves if need be'
    : 'soft: the way leads over what a later layer builds';
}

function remedyLines(remedies: readonly Remedy[]): readonly string[] {
  const title = '  what would remove it:';
  const [first, ...rest] = remedies.map(formatRemedy);
  if (rest.length > 0) return [title, ...remedies.map((remedy) => `    ${formatRemedy(remedy)}`)];
  return [`${title} ${first ?? 'nothing'}`];
}

function formatRemedy(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'profile':
      return `the build profile ${remedy.profile}: --profiles ${remedy.profile}`;
    case 'existing':
      return `${nameOf(remedy)}, which exists, for ${unrestricted(remedy.relation)}`;
    case 'alternative': {
      const by = remedy.builtBy === undefined ? 'which exists' : `built by ${remedy.builtBy}`;
      return `${nameOf(remedy)}, ${by}, as another choice for ${unrestricted(remedy.relation)}`;
    }
  }
}

/** A relation without architectures and build profiles, which stand a few lines above. */
function unrestricted(relation: string): string {
  return relation.replaceAll(/ \[[^\]]*\]| <[^>]*>/g, '');
}

function whyNot({ a, b, unbuildable = [], elsewhere = [], reverse, canWait }: Why): readonly string[] {
  const turned = reverse === undefined ? '' : `; ${formatWaiting({ ...reverse, from: b, to: a })}`;
  return [
    ...(canWait ? [`${a} does not wait for ${b}${turned}`] : []),
    ...unbuildable.map(formatUnbuildable),
    ...elsewhere.map(formatWaiting),
  ];
}

function formatWaiting({ from, to, isHonoured }: Waiting): string {
  return isHonoured ? `${from} waits for ${to}` : `${from} would wait for ${to}, but the plan gives that up`;
}

function formatUnbuildable({ unit, arch, reason }: Unbuildable): string {
  return `${unit} can't be built on ${arch}: ${reason}`;
}

function wayLines({ honouredWay, steps }: Why): readonly string[] {
  if (honouredWay !== undefined) return [`the plan waits all the same: ${honouredWay.join(' → ')}`];
  const first = steps[0];
  const last = steps.at(-1);
  const isWaited = steps.every(({ isHonoured }) => isHonoured);
  if (first === undefined || last === undefined || isWaited || steps.length === 1) return [];
  return [`so in the plan ${first.from} does not wait for ${last.to}`];
}

/** How many other meanings of a name are shown. */
const MEANINGS = 4;

function nameLines({ a, b, alsoNamed, steps }: Why): readonly string[] {
  if (alsoNamed === undefined) return [];
  const lines = [
    nameLine(a, steps[0]?.from ?? '', alsoNamed.a),
    nameLine(b, steps.at(-1)?.to ?? '', alsoNamed.b),
  ];
  return [...new Set(lines.flat())];
}

function nameLine(name: string, meant: string, keys: readonly string[]): readonly string[] {
  if (keys.length === 0) return [];
  const more = keys.length - MEANINGS;
  const shown = more > 1 ? [...keys.slice(0, MEANINGS), `${String(more)} more`] : keys;
  const withoutPlace = (key: string): string => key.slice(0, key.lastIndexOf('/'));
  const isPlaceAlone = keys.every((key) => withoutPlace(key) === withoutPlace(meant));
  const apart = isPlaceAlone ? `${name}/ARCH` : 'the name in full';
  return [`${name} also stands for ${shown.join(', ')}; ${apart} tells them apart`];
}
