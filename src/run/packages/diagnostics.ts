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

/** A build is said to have been done, and nothing of it is there. */
export function lostResults(slug: string, folder: string): Diagnostic {
  return {
    code: 'lost-results',
    severity: 'error',
    message: `${slug}: its packages are gone: there is neither '${folder}' nor a folder of results`,
    hint: 'somebody removed them while the run went on; start anew in another --work folder',
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
