import { formatBytes } from '../base/quantity.ts';
import type {
  AskedBy,
  InstallSetAnswer,
  InstallSetDocument,
  NoInstallSet,
} from '../resolve/install-set-document.ts';
import type { AptFault } from '../resolve/search-install-set.ts';
import { formatForbidden } from './check-text.ts';
import type { Style } from './style.ts';
import { textTable } from './text-table.ts';

const MIB = 1024 ** 2;

/**
 * An install set as a table, a package a row, the sums below it; or why there is none.
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const { options } = resolveCheckOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { answer } = findInstallSet(inputs, 'libquay', options, 'apt');
 * formatInstallSet(answer, plainStyle).includes('libc6'); // → true
 */
export function formatInstallSet(answer: InstallSetAnswer, style: Style): string {
  const lines = answer.kind === 'unbuildable' ? reasonLines(answer) : setLines(answer, style);
  return lines.map((line) => `${line}\n`).join('');
}

/** One line; of a conflict also the way to each side, and what keeps them apart. */
function reasonLines({ unit, reason, conflict }: NoInstallSet): readonly string[] {
  if (conflict === undefined) return [`${unit}: ${reason}`];
  const ways = conflict.sides.map(({ field, relation, chain }) =>
    [`  ${field}: ${relation}`, ...chain.map(({ binary }) => binary)].join(' → '),
  );
  return [`${unit}: ${reason}`, ...ways, `  ${formatForbidden(conflict.forbidden)}`];
}

function setLines(set: InstallSetDocument, style: Style): readonly string[] {
  const head = ['package', 'version', 'architecture', 'installed', 'download', 'asked for by'];
  const rows = set.packages.map((own) => [
    own.package,
    own.version ?? '?',
    own.architecture ?? '?',
    sizeText(own.installedBytes),
    sizeText(own.downloadBytes),
    askedText(own.askedBy),
  ]);
  const [header = '', ...body] = textTable([head, ...rows], [false, false, false, true, true, false]);
  return [style.bold(header), ...body, '', totalLine(set, style), ...faultLines(set.fault)];
}

function askedText({ package: name, field, relation }: AskedBy): string {
  if (name !== undefined) return `${name} ${field === 'Depends' ? 'depends' : 'pre-depends'} on ${relation}`;
  if (field === 'Essential') return 'every build: Essential';
  return field === 'Build-Essential' ? 'every build' : `${field}: ${relation}`;
}

function totalLine(set: InstallSetDocument, style: Style): string {
  const count = set.packages.length;
  const packages = count === 1 ? '1 package' : `${String(count)} packages`;
  const sizes = `${mebibytes(set.installedBytes)} installed, ${mebibytes(set.downloadBytes)} to download`;
  const unknown =
    set.unknownSizes === 0 ? '' : `; ${String(set.unknownSizes)} of unknown size are not counted`;
  return style.bold(`${set.unit}: ${packages}, ${sizes}${unknown}`);
}

function faultLines(fault: AptFault | undefined): readonly string[] {
  if (fault === undefined) return [];
  if ('relation' in fault) return [`apt's first choice leaves ${fault.relation} open; this set satisfies it`];
  const [one = '', other] = fault.packages;
  return other === undefined
    ? [`apt's first choice holds ${one}, which Build-Conflicts keep out; this set is free of it`]
    : [`apt's first choice holds a conflict (${one} and ${other}); this set is free of it`];
}

function sizeText(bytes: number | undefined): string {
  return bytes === undefined ? '?' : formatBytes(bytes);
}

function mebibytes(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
