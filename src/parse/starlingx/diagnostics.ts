import type { Diagnostic, Location } from '../../base/diagnostic.ts';

/** The tree has lists for several codenames and none was asked for. */
export function suiteNotChosen(codenames: readonly string[]): Diagnostic {
  return {
    code: 'suite-not-chosen',
    severity: 'error',
    message: `the StarlingX tree has package lists for ${codenames.join(' and ')}, and no suite is chosen`,
    hint: `choose one: ${codenames.map((codename) => `--suite ${codename}`).join(' or ')}`,
  };
}

/** The tree has no list for the codename that was asked for. */
export function unknownSuite(suite: string, codenames: readonly string[]): Diagnostic {
  return {
    code: 'unknown-suite',
    severity: 'error',
    message: `the StarlingX tree has no package list for '${suite}'`,
    hint:
      codenames.length === 0
        ? 'it has no debian_*_pkg_dirs_* list at all: is the checkout complete?'
        : `it has lists for ${codenames.join(', ')}: ${codenames.map((codename) => `--suite ${codename}`).join(' or ')}`,
  };
}

/** A package list names a folder that isn't there. */
export function missingPackageFolder(folder: string, location: Location): Diagnostic {
  return {
    code: 'missing-package-folder',
    severity: 'warning',
    message: `package list names '${folder}', which does not exist`,
    location,
    hint: 'delete the line, or fetch what is missing',
  };
}

/** A package list names a folder twice. */
export function repeatedPackageFolder(folder: string, firstLine: number, location: Location): Diagnostic {
  return {
    code: 'repeated-package-folder',
    severity: 'note',
    message: `package list names '${folder}' again after line ${firstLine}: built once`,
    location,
    hint: 'delete one of the lines',
  };
}

/** A listed folder has neither meta data nor a control for the suite. */
export function noPackagingForSuite(folder: string, suite: string, location: Location): Diagnostic {
  return {
    code: 'no-packaging-for-suite',
    severity: 'warning',
    message: `'${folder}' has no meta_data.yaml for ${suite}`,
    location,
    hint: `add debian/${suite}/meta_data.yaml or debian/all/meta_data.yaml, or delete the line from the list`,
  };
}

/** Neither the tree nor an index tells what a package needs and builds. */
export function noControl(unit: string, location: Location): Diagnostic {
  return {
    code: 'no-control',
    severity: 'warning',
    message: `${unit}: the tree has no control for it and no Sources index given has a stanza: planned without dependencies`,
    location,
    hint: 'give the Sources index that it is taken from beside the tree',
  };
}

/** What became of the Sources indexes given beside a StarlingX tree. */
export function indexLookedUp(used: number, passedOver: number): Diagnostic {
  return {
    code: 'index-looked-up',
    severity: 'note',
    message:
      `Sources indexes beside the StarlingX tree are looked up only: ${used} of their stanzas complete packages without a ` +
      `control, ${passedOver} passed over`,
    hint: 'plan the indexes without the tree to build all that they list',
  };
}

/** A repository has a package list but no debian_build_layer.cfg, or an empty one. */
export function noLayer(repository: string, location: Location): Diagnostic {
  return {
    code: 'no-layer',
    severity: 'warning',
    message: `'${repository}' has package lists but no layer`,
    location,
    hint: 'write the layer (compiler, distro, flock, …) into its debian_build_layer.cfg',
  };
}

/** There are layer files, but not one package list. */
export function noPackageList(repositories: readonly string[]): Diagnostic {
  return {
    code: 'no-package-list',
    severity: 'warning',
    message: `no package list in ${repositories.join(', ')}`,
    hint: 'StarlingX lists packages in debian_<codename>_pkg_dirs_<type> beside debian_build_layer.cfg',
  };
}
