import { basename, dirname, join } from 'node:path';
import { access } from 'node:fs/promises';
import { compareText } from '../base/compare.ts';
import type { BinaryPackage, SourcePackage } from '../debian/package.ts';
import { parseChangelogVersion } from '../parse/changelog.ts';
import { parseControl } from '../parse/control.ts';
import { parsePackages } from '../parse/packages-index.ts';
import { sniffText, type TextKind } from '../parse/sniff.ts';
import { parseSources } from '../parse/sources-index.ts';
import { emptyFile, notAPackagesIndex, unknownContent } from './diagnostics.ts';
import type { Role } from './find-inputs.ts';
import type { FileContent, InputFile } from './read-file.ts';
import type { Session } from './session.ts';
import { textPieces } from './text-pieces.ts';

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
  if (isEmpty && file.arch === undefined) report(emptyFile(file.label));
  if (isEmpty) return file.arch === undefined ? NOTHING : { ...NOTHING, indexedArchitectures: [file.arch] };
  const text = first.value;
  const kind = sniffText(text);
  if (file.mustBePackages && kind !== 'packages') {
    report(notAPackagesIndex(file.label, KIND_NAMES[kind]));
    return NOTHING;
  }
  switch (kind) {
    case 'control':
      return { ...NOTHING, sources: await readControl(text, content, session) };
    case 'dsc':
      return { ...NOTHING, sources: parseSources(text, file.label, session.context) };
    case 'sources':
      return {
        ...NOTHING,
        indexSources: readAll(text, pieces, (piece) => parseSources(piece, file.label, session.context)),
      };
    case 'packages':
      return readPackages(text, pieces, file, session);
    case 'unknown':
      report(unknownContent(file.label));
      return NOTHING;
  }
}

/** Version of a bare control: that of the changelog beside it. */
async function readControl(
  text: string,
  file: FileContent,
  session: Session,
): Promise<readonly SourcePackage[]> {
  const changelog = await readChangelog(file, session);
  const version = changelog === undefined ? undefined : parseChangelogVersion(changelog)?.version;
  const source = parseControl(text, file.label, session.context, { version });
  return source === undefined ? [] : [source];
}

async function readChangelog(control: InputFile, session: Session): Promise<string | undefined> {
  if (basename(control.path) !== 'control') return undefined;
  const beside = (path: string): string => join(dirname(path), 'changelog');
  const file = { label: beside(control.label), path: beside(control.path) };
  const isThere = await access(file.path).then(
    () => true,
    () => false,
  );
  return isThere ? session.readText(file) : undefined;
}

function readPackages(
  text: string,
  pieces: Iterable<string>,
  file: RequestedFile,
  session: Session,
): ReadRecords {
  const binaries = readAll(text, pieces, (piece) =>
    parsePackages(piece, file.label, session.context, file.arch),
  );
  if (file.arch !== undefined) return { ...NOTHING, binaries, indexedArchitectures: [file.arch] };
  const indexedArchitectures = [...new Set(binaries.flatMap((binary) => binary.indexArchitectures))].sort(
    compareText,
  );
  // A piece of a long index may not show all architectures to which its arch:all packages belong.
  const settled = binaries.map((binary) =>
    binary.architecture === 'all' ? { ...binary, indexArchitectures: indexedArchitectures } : binary,
  );
  return { ...NOTHING, binaries: settled, indexedArchitectures };
}

function readAll<T>(
  text: string,
  pieces: Iterable<string>,
  parse: (piece: string) => readonly T[],
): readonly T[] {
  const records = [parse(text)];
  for (const piece of pieces) records.push(parse(piece));
  return records.length === 1 ? (records[0] ?? []) : records.flat();
}
