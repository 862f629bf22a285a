import type {
  BuilderExplanation,
  DeclaredExplanation,
  DependsExplanation,
  DurationExplanation,
  ExplainDocument,
  FeaturesExplanation,
  RamDiskExplanation,
  SeenBuild,
  Spread,
  UnitExplanation,
} from '../explain/explain-document.ts';
import { formatBytes, formatDuration } from '../base/quantity.ts';
import type { Style } from './style.ts';
import { count, wrap } from './summary/lines.ts';
import { textTable } from './text-table.ts';

/** How many builds are listed for each quantity. */
const LISTED = 5;
const INDENT = '    ';

/** Where the figures of units come from, a paragraph a quantity. */
export function formatExplanation(document: ExplainDocument, style: Style): string {
  const paragraphs = document.units.map((unit) => explainUnit(unit, document, style));
  return paragraphs.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
}

function explainUnit(unit: UnitExplanation, document: ExplainDocument, style: Style): readonly string[] {
  return [
    style.bold(unit.unit),
    ...durationLines(unit.duration, document.makeJobs, style),
    ...ramDiskLines(unit, document, style),
    ...declaredLines(unit.declared),
    ...memoryLines(unit),
    ...wrap(featuresText(unit.features), '  ', 3),
  ];
}

function durationLines(duration: DurationExplanation, makeJobs: number, style: Style): readonly string[] {
  const { medianMs, upperMs, by, on, prior, ownShare, builds } = duration;
  const upper = upperMs === medianMs ? '' : `, 90 % within ${formatDuration(upperMs)}`;
  return [
    `  ${style.bold(`takes ${formatDuration(medianMs)}${upper}`)} with ${count(makeJobs, 'make job')}: ${WORDS[by]}`,
    ...onLines(on),
    ...buildLines(builds, formatDuration),
    ...blendLines('time', prior, ownShare, formatDuration, givenSizeText(duration)),
  ];
}

function onLines(on: readonly BuilderExplanation[]): readonly string[] {
  const rows = on.map(({ builder, speed, makeJobs, ramMs, diskMs }) => [
    `on ${builder}`,
    `speed ${String(speed)}`,
    count(makeJobs, 'make job'),
    ramMs === null ? "doesn't fit into its RAM disk" : `${formatDuration(ramMs)} in RAM`,
    diskMs === null ? '' : `${formatDuration(diskMs)} on disk`,
  ]);
  return textTable(rows, [false, false, true, true, true]).map((line) => `${INDENT}${line}`);
}

/** Where the prior didn't decide alone, though no build of the source tells the time: the step from its median. */
function givenSizeText({ by, prior, medianMs, overrideMs, ownShare }: DurationExplanation): string {
  if (ownShare > 0 || overrideMs !== null || medianMs === prior.median) return '';
  const size = by === 'declared' ? 'as large as Build-Size tells' : 'of the size that --estimates tells';
  return `; for builds ${size} ${formatDuration(medianMs)}`;
}

function ramDiskLines(
  { ramDisk, depends }: UnitExplanation,
  { ramQuantile, ramHolds }: ExplainDocument,
  style: Style,
): readonly string[] {
  const { reservedBytes, medianBytes, upperBytes, by, tree } = ramDisk;
  const quantile = ramQuantile === 0.9 ? '' : `, 90 % within ${formatBytes(upperBytes)}`;
  const spread =
    medianBytes === reservedBytes ? '' : `, half of the builds need ${formatBytes(medianBytes)}${quantile}`;
  const what = ramHolds === 'chroot' ? '' : ' for the build tree alone';
  const head = `takes ${formatBytes(reservedBytes)} of the RAM disk${what}${spread}`;
  return [
    `  ${style.bold(head)}: ${WORDS[by]}`,
    ...partLines(ramDisk, depends, ramQuantile),
    ...buildLines(tree.builds, formatBytes),
    ...blendLines('build tree', tree.prior, tree.ownShare, formatBytes),
  ];
}

const WORDS: Readonly<Record<DurationExplanation['by'], string>> = {
  override: 'by --estimates',
  declared: 'by Build-Size',
  history: 'by builds of the same source',
  prior: 'by the features of the source',
  default: 'a guess, for nothing tells the size of the source',
};

function partLines(
  { parts }: RamDiskExplanation,
  depends: DependsExplanation | null,
  ramQuantile: number,
): readonly string[] {
  const rows: readonly (readonly [number, string, string?])[] = [
    [parts.baseBytes, 'base chroot'],
    [parts.listsBytes, "apt's lists"],
    [parts.dependsBytes, 'build dependencies', dependsText(depends)],
    [parts.downloadsBytes, 'downloads'],
    [parts.treeBytes, 'source, build tree, packages'],
    [parts.peakBytes, 'at the peak beyond that'],
    [parts.reserveBytes, `reserve, so that ${String(Math.round(1000 * ramQuantile) / 10)} % fit`],
  ];
  const known = rows.filter(([bytes]) => bytes !== 0);
  const table = textTable(
    known.map(([bytes, name]) => [formatBytes(bytes), name]),
    [true, false],
  );
  return known.flatMap(([, , more], place) => {
    const line = `${INDENT}${table[place] ?? ''}`;
    return more === undefined ? [line] : [line, ...wrap(more, `${INDENT}${INDENT}`, 3)];
  });
}

function dependsText(depends: DependsExplanation | null): string {
  if (depends === null) return 'nobody tells their sizes: what is usual';
  const { packages, unknownSizes, largest } = depends;
  const named = largest.map((own) => `${own.package} ${formatBytes(own.installedBytes)}`).join(', ');
  const most = named === '' ? '' : `: ${named}${packages > largest.length ? ', …' : ''}`;
  const unknown = unknownSizes === 0 ? '' : `; of ${String(unknownSizes)} the size is unknown`;
  return `${count(packages, 'package')}${most}${unknown}`;
}

function buildLines(builds: readonly SeenBuild[], format: (value: number) => string): readonly string[] {
  if (builds.length === 0) return [];
  const rows = builds
    .slice(0, LISTED)
    .map((own) => [
      `${own.version}/${own.arch}`,
      own.builder === null ? '' : `on ${own.builder}`,
      own.startedAt?.slice(0, 10) ?? '',
      `${own.outcome === 'built' ? '' : `${own.outcome}: at least `}${format(own.took)}`,
      own.took === own.here ? '' : `here ${format(own.here)}`,
      builds.length === 1 ? '' : `weighs ${percent(own.weight)}`,
    ]);
  const more = builds.length - rows.length;
  return [
    ...textTable(rows, [false, false, false, true, true, true]).map((line) => `${INDENT}${line}`),
    ...(more === 0 ? [] : [`${INDENT}and ${count(more, 'older build')}`]),
  ];
}

function blendLines(
  what: string,
  prior: Spread,
  ownShare: number,
  format: (value: number) => string,
  more = '',
): readonly string[] {
  const told = `prior: ${what} ${format(prior.median)}, 90 % within ${format(prior.upper)}${more}`;
  if (ownShare === 0) return [`${INDENT}${told}`];
  return [`${INDENT}${told}; builds and prior blended ${blendText(ownShare)}`];
}

/** `80:20`. */
function blendText(ownShare: number): string {
  const own = Math.round(100 * ownShare);
  return `${String(own)}:${String(100 - own)}`;
}

function declaredLines(declared: DeclaredExplanation | null): readonly string[] {
  if (declared === null) return ['  Build-Size: none is declared'];
  const { bytes, verdict, refutedBy } = declared;
  const size = `  Build-Size: ${formatBytes(bytes)}`;
  if (refutedBy === null) return [`${size}, taken for what nine of ten builds stay within`];
  const build = `${refutedBy.version}/${refutedBy.arch} took ${formatBytes(refutedBy.bytes)}`;
  return verdict === 'too-small'
    ? [`${size} is too small and does not count: ${build}`]
    : [`${size} is stale and does not count: the largest build, ${build}`];
}

function memoryLines({ memory, parallelFraction }: UnitExplanation): readonly string[] {
  const shared = `${percent(parallelFraction)} of the work is shared by make jobs`;
  if (memory === null) return [`  memory: unknown; ${shared}`];
  return [`  memory: ${formatBytes(memory.bytes)}, ${WORDS[memory.by]}; ${shared}`];
}

function featuresText(features: FeaturesExplanation): string {
  const { upstreamBytes, compression, installedAnyBytes, installedAllBytes, toolchains } = features;
  const source =
    upstreamBytes === null
      ? 'source of unknown size'
      : `${formatBytes(upstreamBytes)} of tarballs${compression === null ? '' : ` (${compression})`}`;
  const installed = (bytes: number | null): string =>
    bytes === null || bytes === 0 ? '' : ` of ${formatBytes(bytes)}`;
  const parts = [
    source,
    `${count(features.anyBinaries, 'binary').replace(/ys$/, 'ies')}${installed(installedAnyBytes)}`,
    ...(features.allBinaries === 0
      ? []
      : [`${String(features.allBinaries)} for all${installed(installedAllBytes)}`]),
    count(features.buildDepends, 'build dependency').replace(/ys$/, 'ies'),
    ...(toolchains.length === 0 ? [] : [toolchains.join(' ')]),
    features.runsTests ? 'tests' : 'no tests',
  ];
  return `features: ${parts.join(', ')}`;
}

function percent(share: number): string {
  return `${String(Math.round(100 * share))} %`;
}
