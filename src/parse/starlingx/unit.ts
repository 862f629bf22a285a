import type { Location } from '../../base/diagnostic.ts';
import type { SourcePackage } from '../../debian/package.ts';
import { readChangelogVersion } from '../changelog.ts';
import { parseControl } from '../control.ts';
import { parseMetaData } from '../meta-data.ts';
import type { ParseContext } from '../parse-context.ts';
import { noPackagingForSuite } from './diagnostics.ts';

/** A text of the tree and its label. */
export interface TreeText {
  readonly text: string;
  readonly file: string;
}

/** What the tree holds for one package. */
export interface PackagingTexts {
  readonly metaData: TreeText | undefined;
  readonly control: TreeText | undefined;
  readonly changelog: TreeText | undefined;
}

/** One line of a package list: one package to build. */
export interface ListedPackage {
  /** Label of the package's folder. */
  readonly folder: string;
  readonly suite: string;
  readonly layer: string | undefined;
  readonly buildType: string;
  /** The line of the list. */
  readonly location: Location;
}

/** A unit of the tree. */
export interface TreeUnit {
  readonly source: SourcePackage;
  /** False: the tree has no control, so what it needs and builds must come from an index. */
  readonly hasControl: boolean;
}

const KERNEL_TYPE = '@KERNEL_TYPE@';
/** What `@KERNEL_TYPE@` stands for; nothing for other build types. */
const KERNEL_SUFFIXES: ReadonlyMap<string, string> = new Map([['rt', '-rt']]);

/**
 * Reads one package of a StarlingX tree. Its name is `debname`, else the control's source, else its folder's name; its
 * version is `debver`, else the changelog's.
 */
export function readTreeUnit(listed: ListedPackage, texts: PackagingTexts, context: ParseContext): TreeUnit {
  const { metaData, control, changelog } = texts;
  const suffix = KERNEL_SUFFIXES.get(listed.buildType) ?? '';
  const meta =
    metaData === undefined
      ? undefined
      : parseMetaData(metaData.text.replaceAll(KERNEL_TYPE, suffix), metaData.file, context.report);
  const options = {
    version:
      meta?.version ??
      (changelog === undefined
        ? undefined
        : readChangelogVersion(changelog.text, changelog.file, context.report)),
    layer: listed.layer,
    buildType: listed.buildType,
    serial: meta?.serial ?? false,
    substitute: new Map([[KERNEL_TYPE, suffix]]),
  };
  if (meta === undefined && control === undefined) {
    context.report(noPackagingForSuite(listed.folder, listed.suite, listed.location));
  }
  const source =
    control === undefined ? undefined : parseControl(control.text, control.file, context, options);
  if (source !== undefined)
    return { source: { ...source, name: meta?.name ?? source.name }, hasControl: true };
  const name = meta?.name ?? folderName(listed.folder);
  const location = meta?.location ?? listed.location;
  return { source: { ...UNKNOWN, ...options, name, location }, hasControl: false };
}

/** What is known without a control: nothing. Such a source counts as `any`, as in an index without `Architecture`. */
const UNKNOWN = {
  architectures: ['any'],
  binaries: [],
  knowsBinaries: false,
  origin: 'tree',
  tellsRelations: false,
  buildDepends: { always: undefined, arch: undefined, indep: undefined },
  buildConflicts: { always: undefined, arch: undefined, indep: undefined },
  extraSourceOnly: false,
  buildSizeBytes: undefined,
  sourceBytes: undefined,
  tarballs: undefined,
} satisfies Partial<SourcePackage>;

function folderName(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}
