import type { Diagnostic } from '../../base/diagnostic.ts';

const EXAMPLES = 3;

/** Where sources were looked for. */
export interface SearchedPlaces {
  readonly folders: readonly string[];
  readonly isFetching: boolean;
}

/** Nothing says where the source packages are. */
export function noSources(count: number): Diagnostic {
  return {
    code: 'no-sources',
    severity: 'error',
    message: `nothing says where the ${String(count)} source packages of the plan are`,
    hint: '--sources DIR: a folder with .dsc files; --fetch apt: apt downloads them',
  };
}

/** `--sources` names a file. */
export function noSourceFolder(path: string): Diagnostic {
  return {
    code: 'no-folder',
    severity: 'error',
    message: `'${path}' is no folder`,
    hint: 'name the folder that holds the .dsc files: --sources DIR',
  };
}

/** Source packages are nowhere. @param names `hello 2.10-3`; in order */
export function missingSources(
  names: readonly string[],
  total: number,
  { folders, isFetching }: SearchedPlaces,
): Diagnostic {
  const places = [...folders.map((folder) => `'${folder}'`), ...(isFetching ? ["apt's lists"] : [])];
  return {
    code: 'missing-source',
    severity: 'error',
    message: `${String(names.length)} of ${String(total)} source packages are not in ${listed(places)}: ${examples(names)}`,
    hint: isFetching
      ? 'a deb-src line for the suite of the plan and apt-get update bring them; those of trees come from dpkg-source -b TREE, then --sources DIR'
      : 'make those of source trees with dpkg-source -b TREE (StarlingX: build-pkgs leaves them in its std and rt folders); --fetch apt downloads those of Debian',
  };
}

/** Source packages of which a part is missing or wrong. @param problems `/x/hello_2.10-3.dsc: hello.tar.gz is not there` */
export function brokenSources(problems: readonly string[]): Diagnostic {
  return {
    code: 'broken-source',
    severity: 'error',
    message: `${String(problems.length)} source packages are not whole: ${examples(problems)}`,
    hint: 'put all files that a .dsc lists beside it: dscverify --no-sig-check FILE.dsc checks them',
  };
}

/** Two files of one name and different contents. */
export function ambiguousSource(first: string, second: string): Diagnostic {
  return {
    code: 'ambiguous-source',
    severity: 'error',
    message: `'${first}' and '${second}' differ, and the plan doesn't say which is meant`,
    hint: 'name only the folder of one of them: --sources DIR',
  };
}

function examples(texts: readonly string[]): string {
  const shown = texts.slice(0, EXAMPLES).join(', ');
  const more = texts.length - EXAMPLES;
  return more > 0 ? `${shown} and ${String(more)} more` : shown;
}

function listed(places: readonly string[]): string {
  return places.length === 0 ? 'any folder' : places.join(', ');
}
