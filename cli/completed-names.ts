import type { CompletedValue } from '../src/internal.ts';

const ARCHITECTURES = ['amd64', 'arm64', 'armhf', 'i386', 'ppc64el', 'riscv64', 's390x'];

/** Words of a command that are no files. */
export function wordsOf(command: string): readonly string[] {
  return command === 'completion' ? ['bash', 'zsh', 'fish'] : [];
}

/** The names that an option takes, if they are known; `choices`: those that the parser checks. */
export async function namesOf(
  option: string,
  choices: readonly string[] | undefined,
  isRepeatable: boolean,
): Promise<Extract<CompletedValue, { kind: 'names' }> | undefined> {
  if (choices !== undefined) return { kind: 'names', names: choices.map(String), isList: false };
  const { CONTESTANTS, EMITTERS, KNOWN_PROFILES, POLICY_NAMES } = await import('../src/internal.ts');
  const names = new Map<string, readonly string[]>([
    ['arch', ARCHITECTURES],
    ['all-on', ARCHITECTURES],
    ['build-arch', ARCHITECTURES],
    ['host-arch', ARCHITECTURES],
    ['format', [...Object.keys(EMITTERS), 'all']],
    ['policy', POLICY_NAMES],
    ['policies', CONTESTANTS],
    ['profiles', KNOWN_PROFILES],
    ['implicit', ['essential', 'build-essential', 'none']],
    ['ram-holds', ['chroot', 'build']],
    ['outcome', ['built', 'failed', 'no-space', 'given-back', 'killed']],
  ]).get(option);
  const isList = isRepeatable || option === 'policies';
  return names === undefined ? undefined : { kind: 'names', names, isList };
}
