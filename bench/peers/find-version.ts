import { spawnSync } from 'node:child_process';
import type { Contender } from './contender.ts';

/** The version of an installed Debian package, if the command is there too. */
export function ofDebianPackage(name: string, command: string): Contender['find'] {
  return () => {
    const isThere = spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
    const version = query(name);
    return isThere && version !== ''
      ? { from: name, version }
      : { missing: `not installed; apt-get install ${name}` };
  };
}

/** The version of a Debian package with a module that Debian's own Python finds. */
export function ofPythonModule(name: string, module: string): Contender['find'] {
  return () => {
    const isThere = spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0;
    const version = query(name);
    return isThere && version !== ''
      ? { from: name, version }
      : { missing: `not installed; apt-get install ${name}` };
  };
}

/** Not what a version manager has put in front: modules of packages are for this one. */
export const PYTHON = '/usr/bin/python3';

function query(name: string): string {
  const { stdout, status } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', name], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}
