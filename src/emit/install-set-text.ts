import type { AskedBy, InstallSetAnswer, InstallSetDocument } from '../resolve/install-set-document.ts';
import { formatBytes } from '../base/quantity.ts';
import type { Style } from './style.ts';
import { textTable } from './text-table.ts';

const MIB = 1024 ** 2;

/** An install set as a table, a package a row, the sums below it; or the one line that says why there is none. */
export function formatInstallSet(answer: InstallSetAnswer, style: Style): string {
  const lines =
    answer.kind === 'unbuildable' ? [`${answer.unit}: ${answer.reason}`] : setLines(answer, style);
  return lines.map((line) => `${line}\n`).join('');
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
  return [style.bold(header), ...body, '', totalLine(set, style), ...faultLines(set, style)];
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

function faultLines({ unmet, conflicting }: InstallSetDocument, style: Style): readonly string[] {
  return [
    ...unmet.map((relation) => style.red(`not satisfied because of a conflict: ${relation}`)),
    ...(conflicting.length === 0
      ? []
      : [style.red(`can't be installed together: ${conflicting.join(', ')}`)]),
  ];
}

function sizeText(bytes: number | undefined): string {
  return bytes === undefined ? '?' : formatBytes(bytes);
}

function mebibytes(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
