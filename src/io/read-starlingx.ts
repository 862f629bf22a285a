import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { missingPackageFolder, noLayer, noPackageList } from '../parse/starlingx/diagnostics.ts';
import {
  parseBuildLayer,
  parseListName,
  parsePackageList,
  type ListEntry,
} from '../parse/starlingx/folder-list.ts';
import { chooseSuite, codenamesOf, packagingFolders, selectLists } from '../parse/starlingx/suite.ts';
import { readTreeUnit, type PackagingTexts, type TreeText, type TreeUnit } from '../parse/starlingx/unit.ts';
import { LAYER_FILE } from './find-below.ts';
import type { FoundRepository } from './find-inputs.ts';
import type { Session } from './session.ts';

/** A repository whose lists for the suite are known. */
interface ChosenRepository extends FoundRepository {
  readonly suite: string;
  readonly layer: string | undefined;
}

/**
 * Reads the units of StarlingX repositories: what their package lists for one suite name.
 * @param asked the suite; undefined: the only one that the lists serve
 * @throws UserError when the suite isn't there, or none is asked for and there are several
 */
export async function readStarlingx(
  repositories: readonly FoundRepository[],
  asked: string | undefined,
  session: Session,
): Promise<readonly TreeUnit[]> {
  const codenames = codenamesOf(repositories.flatMap(listNames));
  if (codenames.length === 0 && asked === undefined) {
    session.context.report(noPackageList(repositories.map((repository) => repository.label)));
    return [];
  }
  const suite = chooseSuite(codenames, asked);
  const units = await Promise.all(
    repositories.map((repository) => readRepository(repository, suite, session)),
  );
  return units.flat();
}

async function readRepository(
  found: FoundRepository,
  suite: string,
  session: Session,
): Promise<readonly TreeUnit[]> {
  const lists = selectLists(listNames(found), suite);
  if (lists.size === 0) return [];
  const layerFile = found.files.has(LAYER_FILE) ? await readBelow(found, LAYER_FILE, session) : undefined;
  const layer = layerFile === undefined ? undefined : parseBuildLayer(layerFile.text);
  if (layer === undefined)
    session.context.report(noLayer(found.label, { file: join(found.label, LAYER_FILE), line: 1 }));
  const repository = { ...found, suite, layer };
  const units: TreeUnit[] = [];
  for (const [buildType, name] of lists) {
    const list = await readBelow(repository, name, session);
    if (list === undefined) continue;
    const entries = parsePackageList(list.text, list.file, session.context.report);
    const read = await Promise.all(
      entries.map((entry) => readEntry(entry, buildType, list.file, repository, session)),
    );
    units.push(...read.filter((unit) => unit !== undefined));
  }
  return units;
}

async function readEntry(
  entry: ListEntry,
  buildType: string,
  file: string,
  repository: ChosenRepository,
  session: Session,
): Promise<TreeUnit | undefined> {
  const location = { file, line: entry.line };
  const texts = await readPackaging(entry.folder, repository, session);
  const isEmpty = texts.metaData === undefined && texts.control === undefined;
  if (isEmpty && !(await isFolder(join(repository.path, entry.folder)))) {
    session.context.report(missingPackageFolder(entry.folder, location));
    return undefined;
  }
  const { suite, layer } = repository;
  const listed = { folder: join(repository.label, entry.folder), suite, layer, buildType, location };
  return readTreeUnit(listed, texts, session.context);
}

/**
 * The files of the first packaging folder that has meta data, or a control if none has; a package without a deb_folder may
 * have a plain `debian/control`.
 */
async function readPackaging(
  folder: string,
  repository: ChosenRepository,
  session: Session,
): Promise<PackagingTexts> {
  const has = (path: string): boolean => repository.files.has(path);
  const folders = packagingFolders(repository.suite).map((packaging) => `${folder}/${packaging}`);
  const chosen =
    folders.find((packaging) => has(`${packaging}/meta_data.yaml`)) ??
    folders.find((packaging) => has(`${packaging}/deb_folder/control`));
  const debian = [`${chosen ?? folder}/deb_folder`, `${folder}/debian`].find((place) =>
    has(`${place}/control`),
  );
  const read = async (place: string | undefined, name: string): Promise<TreeText | undefined> =>
    place !== undefined && has(`${place}/${name}`)
      ? readBelow(repository, `${place}/${name}`, session)
      : undefined;
  const [metaData, control, changelog] = await Promise.all([
    read(chosen, 'meta_data.yaml'),
    read(debian, 'control'),
    read(debian, 'changelog'),
  ]);
  return { metaData, control, changelog };
}

async function readBelow(
  repository: FoundRepository,
  path: string,
  session: Session,
): Promise<TreeText | undefined> {
  const file = { label: join(repository.label, path), path: join(repository.path, path) };
  const text = await session.readText(file);
  return text === undefined ? undefined : { text, file: file.label };
}

function listNames(repository: FoundRepository): readonly string[] {
  return [...repository.files].filter((path) => parseListName(path) !== undefined);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
