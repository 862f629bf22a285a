import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether packages can be made here: on Debian. */
export const hasDpkgDeb = spawnSync('dpkg-deb', ['--version']).status === 0;

/** A package of which only what is given matters. */
export interface DebSpec {
  readonly package: string;
  readonly version?: string;
  readonly architecture?: string;
  /** Further fields, as lines. */
  readonly fields?: readonly string[];
  /** What its one file holds: two packages of one version and different contents. */
  readonly content?: string;
  /** Base name; absent: as dpkg calls it. */
  readonly file?: string;
}

/** Makes a package in a folder. @returns its path */
export function makeDeb(folder: string, spec: DebSpec): string {
  const { version = '1.0', architecture = 'amd64', fields = [], content = '' } = spec;
  const tree = mkdtempSync(join(folder, 'tree-'));
  mkdirSync(join(tree, 'DEBIAN'));
  const control = [
    ...[`Package: ${spec.package}`, `Version: ${version}`, `Architecture: ${architecture}`],
    ...['Maintainer: Nobody <nobody@localhost>', 'Description: test of debplan', ' Nothing.', ...fields, ''],
  ];
  writeFileSync(join(tree, 'DEBIAN', 'control'), control.join('\n'));
  mkdirSync(join(tree, 'usr', 'share', spec.package), { recursive: true });
  writeFileSync(join(tree, 'usr', 'share', spec.package, 'content'), content);
  const name = spec.file ?? `${spec.package}_${version.replace(/^\d+:/, '')}_${architecture}.deb`;
  const path = join(folder, name);
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', '-Zgzip', '-z1', tree, path], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(tree, { recursive: true });
  return path;
}
