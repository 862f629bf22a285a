import type { Diagnostic } from '../../base/diagnostic.ts';

/** A file that a build left behind is none that others can build with: it is kept, but not handed on. */
export function strangePackage(slug: string, file: string, reason: string): Diagnostic {
  return {
    code: 'strange-package',
    severity: 'warning',
    message: `${slug}: '${printable(file)}' is not handed on: ${reason}`,
    hint: 'what needs it takes what exists instead; see its log',
  };
}

/** There are more such files than are named. */
export function moreStrangePackages(slug: string, count: number): Diagnostic {
  return {
    code: 'strange-package',
    severity: 'warning',
    message: `${slug}: ${count === 1 ? '1 more file is' : `${String(count)} more files are`} not handed on`,
    hint: 'they lie among its results',
  };
}

/** Builds were done, and left nothing for those that need them. @param slugs at least one */
export function noPackages(slugs: readonly string[]): Diagnostic {
  const [first = ''] = slugs;
  const who =
    slugs.length === 1
      ? `${first} left no packages: what needs it gets`
      : `${String(slugs.length)} builds left no packages, ${first} among them: what needs them gets`;
  return {
    code: 'no-packages',
    severity: 'warning',
    message: `${who} the archive's`,
    hint: 'a builder command is to put them into $DEBPLAN_OUT',
  };
}

/** The results of a task that others need are not there any more. */
export function missingResults(slug: string, folder: string): Diagnostic {
  return {
    code: 'missing-results',
    severity: 'error',
    message: `${slug} was built, but '${folder}' is not there any more`,
    hint: 'put the folder back, or start anew in another --work folder',
  };
}

/** Packages can't be looked into. */
export function noDpkgDeb(reason: string): Diagnostic {
  return {
    code: 'no-dpkg-deb',
    severity: 'error',
    message: `cannot run dpkg-deb: ${reason}`,
    hint: 'it is in the package dpkg: apt-get install dpkg',
  };
}

/** Names of files come from builds. */
function printable(name: string): string {
  return name.replaceAll(/[^ -~]/g, '?').slice(0, 200);
}
