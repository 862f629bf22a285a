import { compareText } from '../../base/compare.ts';
import { UserError } from '../../base/diagnostic.ts';
import { suiteNotChosen, unknownSuite } from './diagnostics.ts';
import { parseListName } from './folder-list.ts';

/** StarlingX's first Debian release: its lists and package folders were laid out before names told releases apart. */
const FIRST_CODENAME = 'bullseye';

/** The codenames that the lists of a tree serve, sorted; lists without a codename serve the first release only. */
export function codenamesOf(listNames: Iterable<string>): readonly string[] {
  const codenames = new Set<string>();
  for (const name of listNames) {
    const list = parseListName(name);
    if (list !== undefined) codenames.add(list.codename ?? FIRST_CODENAME);
  }
  return [...codenames].sort(compareText);
}

/**
 * Settles which codename of a tree counts: the one asked for, or its only one.
 * @throws UserError when the tree doesn't have it, or has several and none is asked for
 */
export function chooseSuite(codenames: readonly string[], asked: string | undefined): string {
  if (asked !== undefined) {
    if (codenames.includes(asked)) return asked;
    throw new UserError([unknownSuite(asked, codenames)]);
  }
  const [only, ...others] = codenames;
  if (only === undefined) throw new UserError([unknownSuite(FIRST_CODENAME, codenames)]);
  if (others.length > 0) throw new UserError([suiteNotChosen(codenames)]);
  return only;
}

/**
 * The lists of one repository that count for a suite, at most one a build type. A suite has its own lists,
 * `debian_<codename>_pkg_dirs_<type>`, and no others; the first release also has the old ones, in the order of StarlingX's
 * build tools: `debian_pkg_dirs_<type>`, then its own, then `debian_pkg_dirs` for the standard type.
 * @param listNames base names of a repository's lists
 * @returns build type → list name, sorted by build type
 */
export function selectLists(listNames: readonly string[], suite: string): ReadonlyMap<string, string> {
  const chosen = new Map<string, { readonly name: string; readonly rank: number }>();
  for (const name of [...listNames].sort(compareText)) {
    const list = parseListName(name);
    if (list === undefined || (list.codename ?? FIRST_CODENAME) !== suite) continue;
    const rank = list.codename !== undefined ? 1 : name.endsWith('pkg_dirs') ? 2 : 0;
    const earlier = chosen.get(list.buildType);
    if (earlier === undefined || rank < earlier.rank) chosen.set(list.buildType, { name, rank });
  }
  const types = [...chosen].sort(([a], [b]) => compareText(a, b));
  return new Map(types.map(([type, list]) => [type, list.name]));
}

/**
 * The folders of a package that may hold its meta data, the best first: the one that has it counts alone. The first
 * release prefers the old place, `debian`, as StarlingX's build tools do; for later ones it is the last resort.
 */
export function packagingFolders(suite: string): readonly string[] {
  const own = [`debian/${suite}`, 'debian/all'];
  return suite === FIRST_CODENAME ? ['debian', ...own] : [...own, 'debian'];
}
