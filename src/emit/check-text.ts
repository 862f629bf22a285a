import type { Location } from '../base/diagnostic.ts';
import { groupBy } from '../base/group-by.ts';
import type { CheckCause, CheckDocument, CheckTarget, CheckUnbuildable } from '../resolve/check-document.ts';
import type { ConflictLoss, Forbidden } from '../resolve/explain-conflict.ts';
import { formatNearest, type Nearest } from '../resolve/nearest.ts';
import type { Style } from './style.ts';
import { count, wrap } from './summary/lines.ts';

export interface CheckTextOptions {
  /** Every cause and every source, instead of the first ones. */
  readonly all: boolean;
  /** What to print for a file's label: the path as the user would open it. */
  readonly paths: ReadonlyMap<string, string>;
  readonly style: Style;
}

/** How many causes of an architecture are shown, and how many sources of a cause. */
const SHOWN = { causes: 20, sources: 12 } as const;

/**
 * A check as people read it: for each architecture how many sources can be built, and what is behind those that can't: the cause
 * that most share first, with the shortest way that leads to it.
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const { options } = resolveCheckOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { check } = checkInputs(inputs, options);
 * const text = formatCheck(check, { all: false, paths: inputs.paths, style: plainStyle });
 * text.startsWith('amd64: '); // → true
 */
export function formatCheck(check: CheckDocument, options: CheckTextOptions): string {
  const blocks = check.targets.map((target) => formatTarget(target, options).join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

function formatTarget(target: CheckTarget, options: CheckTextOptions): readonly string[] {
  const { arch, buildArch, buildable, unbuildable, causes, notForThisArch } = target;
  const { style } = options;
  const counts = [
    `${String(buildable)} buildable`,
    `${String(unbuildable.length)} unbuildable`,
    `${String(notForThisArch.length)} not for this architecture`,
  ];
  const on = buildArch === undefined ? '' : `, built on ${buildArch}`;
  const shown = options.all ? causes : causes.slice(0, SHOWN.causes);
  const causeOf = new Map(unbuildable.map(({ source, version, cause }) => [`${source} ${version}`, cause]));
  const byCause = groupBy(unbuildable, ({ cause }) => cause);
  const lines = [style.bold(`${arch}${on}: ${counts.join(', ')}`)];
  for (const cause of shown) {
    const group = byCause.get(cause.cause);
    if (group !== undefined) lines.push('', ...formatCause(cause, group, causeOf, options));
  }
  const rest = causes.slice(shown.length);
  if (rest.length > 0) {
    const sources = rest.reduce((sum, cause) => sum + cause.count, 0);
    lines.push(
      '',
      style.dim(`  … and ${count(rest.length, 'more cause')} of ${count(sources, 'source')} (--all)`),
    );
  }
  if (notForThisArch.length > 0 && options.all) {
    const names = notForThisArch.map(({ source, architectures }) => `${source} (${architectures.join(' ')})`);
    lines.push('', ...wrap(`not for ${arch}: ${names.join(', ')}`, '  ', Infinity));
  }
  return lines;
}

function formatCause(
  { cause, count: sharing }: CheckCause,
  group: readonly [CheckUnbuildable, ...CheckUnbuildable[]],
  causeOf: ReadonlyMap<string, string>,
  options: CheckTextOptions,
): readonly string[] {
  const { style } = options;
  const example = group.reduce((best, entry) => (rank(entry) < rank(best) ? entry : best));
  const lines = [`  ${count(sharing, 'source')}: ${style.red(cause)}`];
  if (example.kind === 'conflict') lines.push(...formatSides(example, example.conflict, options));
  else lines.push(...formatWay(example, options));
  if (example.kind === 'missing' && example.nearest?.kind === 'not-built') {
    const { source = '' } = example.nearest;
    const why = causeOf.get(source);
    if (why !== undefined && why !== cause) lines.push(`    ${source} can't be built here: ${why}`);
  }
  const names = group.map(nameOf);
  const more = options.all ? 0 : names.length - SHOWN.sources;
  const shown = more > 1 ? [...names.slice(0, SHOWN.sources), `… and ${String(more)} more (--all)`] : names;
  if (names.length > 1) lines.push(...wrap(shown.join(', '), '    ', Infinity));
  return lines;
}

/** The unit without its architecture: `hello_2.10-3`; in a tree with layers `distro/rt/i40e_2.30.12`. */
function nameOf({ unit }: CheckUnbuildable): string {
  return unit.slice(0, unit.lastIndexOf('/'));
}

/** What shows a cause best: what fails for it directly, by a short way, and not for the sake of every chroot. */
function rank({ kind, field, chain }: CheckUnbuildable): number {
  return (kind === 'needs-unbuildable' ? 1000 : 0) + (field === 'Essential' ? 100 : 0) + chain.length;
}

/** The way from a source to what is missing, a step a line. */
function formatWay(
  entry: Exclude<CheckUnbuildable, { kind: 'conflict' }>,
  options: CheckTextOptions,
): readonly string[] {
  const others = 'none of the alternatives can be installed';
  const lines = formatChain(nameOf(entry), entry, others, options);
  const indent = '  '.repeat(entry.chain.length + 2);
  if (entry.kind === 'needs-unbuildable')
    return [...lines, `${indent}built by ${entry.blockedBy}, which can't be built`];
  if (entry.chain.length > 0)
    lines.push(`${indent}needs ${entry.missing}${place(entry.causeLocation, options)}`);
  if (entry.nearest !== undefined)
    lines.push(`    nearest: ${formatNear(entry.nearest)}${place(entry.nearest.location, options)}`);
  return lines;
}

/** @param others what to say of the alternatives that are not shown */
function formatChain(
  name: string,
  { field, relation, location, chain }: Pick<CheckUnbuildable, 'field' | 'relation' | 'location' | 'chain'>,
  others: string,
  options: CheckTextOptions,
): string[] {
  const isImplicit = field === 'Essential';
  const asks = isImplicit ? 'every build chroot holds' : `${field}:`;
  const hint = isImplicit ? '; --implicit none leaves it out' : place(location, options);
  const lines = [`    ${options.style.bold(name)}  ${asks} ${relation}${hint}`];
  chain.forEach((link, index) => {
    const asked = index === 0 ? '' : `, for ${link.relation}`;
    const more = link.relation.includes(' | ') ? ` (${others})` : '';
    lines.push(`    ${'  '.repeat(index)}→ ${link.binary}${asked}${more}`);
  });
  return lines;
}

function formatSides(
  entry: CheckUnbuildable,
  { sides, forbidden }: ConflictLoss,
  options: CheckTextOptions,
): readonly string[] {
  return [
    ...sides.flatMap((side) => formatChain(nameOf(entry), side, 'no other alternative helps', options)),
    `    ${formatForbidden(forbidden)}${place(forbidden.location, options)}`,
  ];
}

/** What keeps the sides of a conflict apart, in few words. */
export function formatForbidden({ kind, by, field, relation }: Forbidden): string {
  switch (kind) {
    case 'versions':
      return 'only one version of a package can be installed';
    case 'architectures':
      return 'only packages that are Multi-Arch: same, in one version, can be installed for two architectures';
    case 'relation':
      return by === undefined
        ? 'one of them conflicts with the other or breaks it'
        : `${by} has ${field ?? ''}: ${relation ?? ''}`;
  }
}

function formatNear(near: Nearest): string {
  const what = formatNearest(near);
  switch (near.kind) {
    case 'too-old':
      return `${what} is too old`;
    case 'too-new':
      return `${what} is too new`;
    case 'architecture':
      return near.source === undefined
        ? what
        : `${what}; ${formatNearest({ ...near, kind: 'not-for-arch' })}`;
    case 'not-foreign':
    case 'provided':
    case 'qualifier':
    case 'profile':
    case 'not-built':
    case 'not-for-arch':
    case 'name':
      return what;
  }
}

function place(location: Location | undefined, { paths, style }: CheckTextOptions): string {
  if (location === undefined) return '';
  const path = paths.get(location.file) ?? location.file;
  return style.dim(`  (${path}:${String(location.line)})`);
}
