import { fileURLToPath } from 'node:url';
import type { Contender, Question } from './contender.ts';
import { ofDebianPackage, ofPythonModule, PYTHON } from './find-version.ts';

const OWN_PROGRAM = fileURLToPath(new URL('own-program.js', import.meta.url));
const CLI = 'dist/bin/debplan.js';
/** Verdicts of programs that check: all is well, something is not. */
const VERDICTS = [0, 1];

const ownNode: Contender['find'] = () => ({ from: 'node', version: process.versions.node });

function own(task: string, file: 'sources' | 'packages' | 'versions'): Contender {
  return {
    name: `debplan's modules: ${task}`,
    isOwn: true,
    find: ownNode,
    command: (files) => [process.execPath, OWN_PROGRAM, task, files[file]],
  };
}

function python(name: string, module: string, script: string, file: 'packages' | 'versions'): Contender {
  return {
    name,
    isOwn: false,
    find: ofPythonModule(name.includes('apt_pkg') ? 'python3-apt' : 'python3-debian', module),
    command: (files) => [PYTHON, '-c', script, files[file]],
  };
}

const DEB822 = `import sys
from debian import deb822
with open(sys.argv[1], encoding='utf-8') as file:
    print(sum(len(p['Package']) for p in deb822.Packages.iter_paragraphs(file, use_apt_pkg=False)))`;
const TAG_FILE = `import sys, apt_pkg
with apt_pkg.TagFile(sys.argv[1]) as file:
    print(sum(len(section['Package']) for section in file))`;
const RELATIONS = `import sys
from debian import deb822
with open(sys.argv[1], encoding='utf-8') as file:
    print(sum(len(p.relations['depends']) for p in deb822.Packages.iter_paragraphs(file, use_apt_pkg=False)))`;
const APT_RELATIONS = `import sys, apt_pkg
apt_pkg.init_config(); apt_pkg.init_system()
with apt_pkg.TagFile(sys.argv[1]) as file:
    print(sum(len(apt_pkg.parse_depends(s.get('Depends', ''), False)) for s in file))`;
const VERSIONS = `import sys
from debian.debian_support import NativeVersion as Version
lines = [Version(line.strip()) for line in open(sys.argv[1])]
print(sum(a < b for a, b in zip(lines, lines[1:])))`;
const APT_VERSIONS = `import sys, apt_pkg
apt_pkg.init_system()
lines = [line.strip() for line in open(sys.argv[1])]
print(sum(apt_pkg.version_compare(a, b) < 0 for a, b in zip(lines, lines[1:])))`;

/** What is asked of programs, each as a whole process; a contract test runs the own ones. */
export const QUESTIONS = {
  'start alone': {
    what: 'what each process below pays first: Node and all of debplan as modules; the bundled command line starts faster',
    contenders: [own('start', 'packages')],
  },
  'pass over stanzas': {
    what: 'the names in Packages',
    contenders: [
      own('names', 'packages'),
      {
        name: 'grep-dctrl -n -s Package',
        isOwn: false,
        find: ofDebianPackage('dctrl-tools', 'grep-dctrl'),
        command: ({ packages }) => ['grep-dctrl', '-n', '-s', 'Package', '', packages],
      },
      python('apt_pkg.TagFile', 'apt_pkg', TAG_FILE, 'packages'),
      python('python3-debian deb822', 'debian.deb822', DEB822, 'packages'),
    ],
  },
  'read relations': {
    what: 'the groups of Depends in Packages',
    contenders: [
      own('relations', 'packages'),
      python('apt_pkg.parse_depends', 'apt_pkg', APT_RELATIONS, 'packages'),
      python('python3-debian .relations', 'debian.deb822', RELATIONS, 'packages'),
    ],
  },
  'compare versions': {
    what: 'each of 100,000 versions with the next one',
    contenders: [
      own('versions', 'versions'),
      python('apt_pkg.version_compare', 'apt_pkg', APT_VERSIONS, 'versions'),
      python('python3-debian NativeVersion', 'debian.debian_support', VERSIONS, 'versions'),
    ],
  },
  check: {
    what: 'which sources can be built on amd64, and why others can not',
    contenders: [
      {
        name: 'debplan check --json',
        isOwn: true,
        find: ownNode,
        command: ({ sources, packages }) => [process.execPath, CLI, 'check', sources, '--packages', `amd64=${packages}`, '--arch', 'amd64', '--json', '-q'], // prettier-ignore
        answers: VERDICTS,
      },
      {
        name: 'dose-builddebcheck --explain --failures',
        isOwn: false,
        find: ofDebianPackage('dose-builddebcheck', 'dose-builddebcheck'),
        command: ({ sources, packages }) => ['dose-builddebcheck', '--explain', '--failures', '--deb-native-arch=amd64', packages, sources], // prettier-ignore
        answers: VERDICTS,
        isSlow: true,
      },
      {
        name: 'dose-distcheck (all binaries instead of all sources)',
        isOwn: false,
        find: ofDebianPackage('dose-distcheck', 'dose-debcheck'),
        command: ({ packages }) => ['dose-debcheck', '--explain', '--failures', '--deb-native-arch=amd64', packages], // prettier-ignore
        answers: VERDICTS,
        isSlow: true,
      },
    ],
  },
  plan: {
    what: 'nobody else makes plans: what the command takes',
    contenders: [
      {
        name: 'debplan plan',
        isOwn: true,
        find: ownNode,
        command: ({ sources, packages }) => [process.execPath, CLI, 'plan', sources, '--packages', `amd64=${packages}`, '--arch', 'amd64', '--builder', 'name=x86,arch=amd64,slots=32,ram-disk=512GiB', '--partial', '-q', '-o', '/dev/null'], // prettier-ignore
        answers: VERDICTS,
        isSlow: true,
      },
    ],
  },
} as const satisfies Readonly<Record<string, Question>>;
