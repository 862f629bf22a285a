import type { Diagnostic } from '../base/diagnostic.ts';

/** A file without content: nothing of it counts. @param isIndex it was given with --packages */
export function emptyFile(file: string, isIndex: boolean): Diagnostic {
  return {
    code: 'empty-file',
    severity: 'warning',
    message: `'${file}' is empty`,
    location: { file, line: 1 },
    hint: isIndex
      ? 'an empty Packages index needs its architecture: --packages ARCH=FILE'
      : 'write or fetch it again, or leave it out',
  };
}

/** A Packages index of no bytes. */
export function emptyIndex(file: string, arch: string): Diagnostic {
  return {
    code: 'empty-file',
    severity: 'warning',
    message: `'${file}' is empty: by it nothing exists for ${arch}`,
    location: { file, line: 1 },
    hint: `fetch it again; if nothing is to exist, give --packages ${arch}=/dev/null`,
  };
}

/** A file's content is none of the known kinds. */
export function unknownContent(file: string): Diagnostic {
  return {
    code: 'unknown-content',
    severity: 'error',
    message: `'${file}' is no debian/control, no .dsc, no Sources index and no Packages index`,
    location: { file, line: 1 },
    hint: 'the first stanza of such a file has a Source, Package or Format field',
  };
}

/** `--packages` names a file of another kind. */
export function notAPackagesIndex(file: string, kind: string): Diagnostic {
  return {
    code: 'not-a-packages-index',
    severity: 'error',
    message: `'${file}' was given with --packages but is a ${kind}`,
    location: { file, line: 1 },
    hint: `leave out --packages: debplan plan ${file}`,
  };
}

/** `--packages ARCH=FILE` names an index in which nothing is of ARCH. @param others whose packages it holds */
export function otherArchitecture(file: string, arch: string, others: readonly string[]): Diagnostic {
  return {
    code: 'other-architecture',
    severity: 'error',
    message: `'${file}' was given with --packages for ${arch}, but all that it holds is of ${others.join(', ')}`,
    location: { file, line: 1 },
    hint: `name the index of ${arch}, or say what it is: --packages ${others[0] ?? arch}=FILE`,
  };
}

/** Source trees inside other source trees: vendored copies and test data, not packages of their own. */
export function nestedSourceTree(inner: string, outer: string): Diagnostic {
  return {
    code: 'nested-source-tree',
    severity: 'note',
    message: `${inner} lies inside the source tree of ${outer}: passed over`,
    location: { file: inner, line: 1 },
    hint: 'name its folder too if it is a package of its own',
  };
}

/** --suite was given, but no input has suites. */
export function suiteWithoutTree(suite: string): Diagnostic {
  return {
    code: 'suite-without-tree',
    severity: 'warning',
    message: `--suite ${suite} has no effect: no StarlingX tree among the inputs`,
    hint: 'name the folder that holds the repositories (debian_build_layer.cfg lies below it)',
  };
}
