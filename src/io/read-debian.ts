import { basename, dirname, join } from 'node:path';
import { access } from 'node:fs/promises';
import { compareText } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, SourcePackage } from '../debian/package.ts';
import { readChangelogVersion } from '../parse/changelog.ts';
import { parseControl } from '../parse/control.ts';
import { noBinaries } from '../parse/diagnostics.ts';
import { parsePackages } from '../parse/packages-index.ts';
import { sniffText, type TextKind } from '../parse/sniff.ts';
import { parseSources } from '../parse/sources-index.ts';
import {
  emptyFile,
  emptyIndex,
  notAPackagesIndex,
  otherArchitecture,
  unknownContent,
} from './input-diagnostics.ts';
import type { Role } from './find-inputs.ts';
import type { FileContent, InputFile } from './read-file.ts';
import type { Session } from './session.ts';
import { decodeText, readableReport, textPieces } from './text-pieces.ts';

/** A file of unknown kind, or one that must be a `Packages` index. */
export interface RequestedFile extends InputFile, Role {}

/** What one file tells. */
export interface ReadRecords {
  /** To be built: from controls and `.dsc` files. */
  readonly sources: readonly SourcePackage[];
  /** To be built, or looked up where a StarlingX tree says what is built. */
  readonly indexSources: readonly SourcePackage[];
  readonly binaries: readonly BinaryPackage[];
  readonly indexedArchitectures: readonly string[];
}

const NOTHING: ReadRecords = { sources: [], indexSources: [], binaries: [], indexedArchitectures: [] };
const KIND_NAMES: Readonly<Record<TextKind, string>> = {
  control: 'debian/control',
  dsc: '.dsc',
  sources: 'Sources index',
  packages: 'Packages index',
  unknown: 'file of unknown kind',
};

/** Reads a control, a `.dsc` or an index, told apart by content; troubles are reported. */
export async function readDebianFile(file: RequestedFile, session: Session): Promise<ReadRecords> {
  const content = await session.readContent(file);
  if (content === undefined) return NOTHING;
  const { report } = session.context;
  const pieces = textPieces(content.bytes, file.label, report);
  const first = pieces.next();
  const isEmpty = first.done === true || first.value.trim() === '';
  if (isEmpty) return readEmpty(file, content.bytes.length === 0, report);
  const kind = sniffText(first.value);
  if (file.mustBePackages && kind !== 'packages') {
    report(notAPackagesIndex(file.label, KIND_NAMES[kind]));
    return NOTHING;
  }
  switch (kind) {
    case 'control':
      return { ...NOTHING, sources: await readControl(content, session) };
    case 'dsc':
      return { ...NOTHING, sources: readDsc(content, session) };
    case 'sources': {
      const context = { ...session.context, report: readableReport(report) };
      const indexSources = readAll(first.value, pieces, (piece) => parseSources(piece, file.label, context));
      return { ...NOTHING, indexSources };
    }
    case 'packages': {
      const context = { ...session.context, report: readableReport(report) };
      const binaries = readAll(first.value, pieces, (piece) =>
        parsePackages(piece, file.label, context, file.arch),
      );
      return settleArchitectures(binaries, file, report);
    }
    case 'unknown':
      report(unknownContent(file.label));
      return NOTHING;
  }
}

/** An index without packages tells that nothing exists, if its architecture is known. */
function readEmpty(
  { label, path, arch, mustBePackages, mayBeEmpty }: RequestedFile,
  isBare: boolean,
  report: Report,
): ReadRecords {
  if (arch === undefined) {
    report(emptyFile(label, mustBePackages));
    return NOTHING;
  }
  // a blank line, or /dev/null, was put there on purpose; a file of no bytes may be what a failed download has left
  if (isBare && !mayBeEmpty && path !== '/dev/null') report(emptyIndex(label, arch));
  return { ...NOTHING, indexedArchitectures: [arch] };
}

function readDsc(file: FileContent, session: Session): readonly SourcePackage[] {
  const { report } = session.context;
  const sources = parseSources(decodeText(file.bytes, file.label, report), file.label, session.context);
  for (const { name, knowsBinaries, binaries, location } of sources)
    if (knowsBinaries && binaries.length === 0) report(noBinaries(location, name, true));
  return sources;
}

/** Version of a bare control: that of the changelog beside it. */
async function readControl(file: FileContent, session: Session): Promise<readonly SourcePackage[]> {
  const changelog = await readChangelog(file, session);
  const version =
    changelog === undefined
      ? undefined
      : readChangelogVersion(changelog.text, changelog.file, session.context.report);
  const text = decodeText(file.bytes, file.label, session.context.report);
  const source = parseControl(text, file.label, session.context, { version });
  return source === undefined ? [] : [source];
}

async function readChangelog(
  control: InputFile,
  session: Session,
): Promise<{ readonly text: string; readonly file: string } | undefined> {
  if (basename(control.path) !== 'control') return undefined;
  const beside = (path: string): string => join(dirname(path), 'changelog');
  const file = { label: beside(control.label), path: beside(control.path) };
  const isThere = await access(file.path).then(
    () => true,
    () => false,
  );
  const text = isThere ? await session.readText(file) : undefined;
  return text === undefined ? undefined : { text, file: file.label };
}

/** Without an architecture from the user, those that occur in the whole file count. */
function settleArchitectures(
  binaries: readonly BinaryPackage[],
  { arch, label }: RequestedFile,
  report: Report,
): ReadRecords {
  if (arch !== undefined) {
    const isOfOther = !binaries.some(({ architecture }) => architecture === arch || architecture === 'all');
    const others = [...new Set(isOfOther ? binaries.map(({ architecture }) => architecture) : [])].sort(
      compareText,
    );
    if (others.length > 0) report(otherArchitecture(label, arch, others));
    return { ...NOTHING, binaries, indexedArchitectures: [arch] };
  }
  const found = new Set<string>();
  for (const binary of binaries)
    for (const architecture of binary.indexArchitectures) found.add(architecture);
  const indexedArchitectures = [...found].sort(compareText);
  // A piece of a long index may not show all architectures to which its arch:all packages belong.
  const isSettled = ({ architecture, indexArchitectures }: BinaryPackage): boolean =>
    architecture !== 'all' || indexArchitectures.length === indexedArchitectures.length;
  const settled = binaries.every(isSettled)
    ? binaries
    : binaries.map((binary) =>
        isSettled(binary) ? binary : { ...binary, indexArchitectures: indexedArchitectures },
      );
  return { ...NOTHING, binaries: settled, indexedArchitectures };
}

function readAll<T>(
  text: string,
  pieces: Iterable<string>,
  parse: (piece: string) => readonly T[],
): readonly T[] {
  let records = parse(text);
  for (const piece of pieces) records = records.concat(parse(piece));
  return records;
}
