import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import { emptyFolder, unreadablePath } from './diagnostics.ts';
import { findBelow, LAYER_FILE, isStarlingxMarker } from './find-below.ts';
import { nestedSourceTree } from './input-diagnostics.ts';
import { labelPaths } from './labels.ts';
import type { InputFile } from './read-file.ts';
import { systemReason } from './system-error.ts';

/** A path that the user named, and as what. */
export interface NamedPath extends Role {
  readonly path: string;
}

/** What a file was named as. */
export interface Role {
  /** Named with --packages. */
  readonly mustBePackages: boolean;
  /** The architecture that a `Packages` index is for, when the user said so. */
  readonly arch: string | undefined;
  /** Nobody wonders that nothing is in it: apt has lists of empty parts of archives. */
  readonly mayBeEmpty: boolean;
}

/** A place that the user named: a file, a source tree, or a folder of many. */
interface Root {
  readonly roles: readonly Role[];
  /** As the user would open it. */
  readonly path: string;
  readonly absolute: string;
  readonly realPath: string;
  readonly holds: Holding;
}

type Holding =
  | { readonly kind: 'file' }
  /** Paths below the root, sorted. */
  | { readonly kind: 'folder'; readonly files: readonly string[] };

/** A file whose content decides what it is. */
export interface FoundFile extends InputFile {
  readonly realPath: string;
  /** As what it was named; several when it was named several times. */
  readonly roles: readonly Role[];
}

/** A StarlingX repository: a folder with a layer file or package lists. */
export interface FoundRepository extends FoundFile {
  /** What may matter below it: paths relative to it. */
  readonly files: ReadonlySet<string>;
}

/** What the paths of a request lead to; each list is sorted by label. */
export interface FoundInputs {
  readonly files: readonly FoundFile[];
  readonly repositories: readonly FoundRepository[];
}

const CONTROL = 'debian/control';
const STANDARD_INPUT = '-';
/** Named as a path, or found below one. */
export const ANY_ROLE: Role = { mustBePackages: false, arch: undefined, mayBeEmpty: false };

/**
 * Finds what is readable at and below paths; nothing is opened. Labels depend on the set of paths only. A file reached in
 * two ways is found once, under its longer label.
 */
export async function findInputs(paths: readonly NamedPath[], report: Report): Promise<FoundInputs> {
  const located = await Promise.all(paths.map((path) => locate(path, report)));
  const roots = new Map<string, Root>();
  for (const root of located)
    if (root !== undefined) roots.set(root.absolute, mergeRoots(roots.get(root.absolute), root));
  const list = [...roots.values()];
  const labels = labelPaths(list.map((root) => root.absolute));
  const files: FoundFile[] = [];
  const repositories: FoundRepository[] = [];
  list.forEach((root, index) => {
    const file = { label: at(labels, index), path: root.path, realPath: root.realPath, roles: root.roles };
    if (root.holds.kind === 'file') files.push(file);
    else gatherFolder({ ...file, roles: [ANY_ROLE] }, root.holds.files, { files, repositories }, report);
  });
  return { files: withoutDoubles(files), repositories: withoutDoubles(repositories) };
}

/** `tree` and `tree/debian/control` are one root; the shorter spelling is shown. */
function mergeRoots(earlier: Root | undefined, root: Root): Root {
  if (earlier === undefined) return root;
  const shown = [earlier.path, root.path].sort((a, b) => a.length - b.length || compareText(a, b))[0];
  const files = [earlier, root].flatMap(({ holds }) => (holds.kind === 'folder' ? holds.files : []));
  const holds: Holding =
    root.holds.kind === 'file'
      ? root.holds
      : { kind: 'folder', files: [...new Set(files)].sort(compareText) };
  return { ...root, roles: [...earlier.roles, ...root.roles], path: shown ?? root.path, holds };
}

async function locate(named: NamedPath, report: Report): Promise<Root | undefined> {
  const { path } = named;
  if (path === STANDARD_INPUT) {
    return { path, absolute: '/-', realPath: STANDARD_INPUT, holds: { kind: 'file' }, roles: [named] };
  }
  try {
    if (!(await stat(path)).isDirectory()) return await locateFile(named);
    if (named.mustBePackages) {
      report(unreadablePath(path, 'is a folder'));
      return undefined;
    }
    const isPackaging = basename(resolve(path)) === 'debian' && (await isFile(join(path, 'control')));
    if (isPackaging) return await sourceTree(join(path, '..'));
    const isTree = (await isFile(join(path, CONTROL))) && !(await isFile(join(path, LAYER_FILE)));
    if (isTree) return await sourceTree(path);
    const files = findBelow(path, report);
    if (files.length === 0) report(emptyFolder(path));
    return await makeRoot(path, { kind: 'folder', files }, named);
  } catch (error) {
    report(unreadablePath(path, systemReason(error)));
    return undefined;
  }
}

async function locateFile(named: NamedPath): Promise<Root> {
  const isControl = resolve(named.path).endsWith(`/${CONTROL}`) && !named.mustBePackages;
  return isControl ? sourceTree(join(named.path, '../..')) : makeRoot(named.path, { kind: 'file' }, named);
}

async function sourceTree(path: string): Promise<Root> {
  return makeRoot(path, { kind: 'folder', files: [CONTROL] }, ANY_ROLE);
}

async function makeRoot(path: string, holds: Holding, role: Role): Promise<Root> {
  const absolute = resolve(path);
  const shown = normalize(path).replace(/(?<=.)\/$/, '');
  return { path: shown, absolute, realPath: await realPathOf(absolute), holds, roles: [role] };
}

/** A pipe (`/dev/fd/63`) has no real path. */
async function realPathOf(absolute: string): Promise<string> {
  return realpath(absolute).catch(() => absolute);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Sorts what lies below a folder into repositories, and into source trees and .dsc files outside them. */
function gatherFolder(
  root: FoundFile,
  below: readonly string[],
  found: { readonly files: FoundFile[]; readonly repositories: FoundRepository[] },
  report: Report,
): void {
  const markers = below.filter((path) => isStarlingxMarker(basename(path)));
  const repositories = new Map(markers.map((path) => [dirname(path), new Set<string>()]));
  const trees = new Set<string>();
  const candidates: string[] = [];
  for (const path of below) {
    const repository = ancestors(path).find((folder) => repositories.has(folder));
    if (repository !== undefined)
      repositories.get(repository)?.add(repository === '.' ? path : path.slice(repository.length + 1));
    else if (path.endsWith('.dsc') || isControl(path)) candidates.push(path);
    if (repository === undefined && isControl(path)) trees.add(dirname(dirname(path)));
  }
  for (const [folder, files] of repositories) found.repositories.push({ ...placed(root, folder), files });
  for (const path of candidates) {
    const own = isControl(path) ? dirname(dirname(path)) : undefined;
    const outer = ancestors(path).find((folder) => folder !== own && trees.has(folder));
    const file = placed(root, path);
    if (outer === undefined) found.files.push(file);
    else report(nestedSourceTree(file.label, placed(root, outer).label));
  }
}

function isControl(path: string): boolean {
  return path === CONTROL || path.endsWith(`/${CONTROL}`);
}

/** The folders that hold a relative path, the innermost first, down to `.`. */
function ancestors(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.push(folder);
  return [...folders, '.'];
}

/** Keeps one of several ways to a file, by label: the longest, which tells most. */
function withoutDoubles<T extends FoundFile>(found: readonly T[]): readonly T[] {
  const ordered = [...found].sort((a, b) => b.label.length - a.label.length || compareText(a.label, b.label));
  const kept = new Map<string, T>();
  for (const file of ordered) {
    const earlier = kept.get(file.realPath);
    const merged = earlier === undefined ? file : { ...earlier, roles: [...earlier.roles, ...file.roles] };
    kept.set(file.realPath, merged);
  }
  return [...kept.values()].sort((a, b) => compareText(a.label, b.label));
}

function placed(root: FoundFile, path: string): FoundFile {
  const label = root.label === '' ? path : join(root.label, path);
  return { ...root, label, path: join(root.path, path), realPath: join(root.realPath, path) };
}
