/**
 * Build profiles that Debian gives a meaning; `pkg.SOURCE.NAME` and `derivative.NAME` are free.
 * @see https://wiki.debian.org/BuildProfileSpec, "Registered profile names"
 */
export const KNOWN_PROFILES: readonly string[] = [
  ...['cross', 'stage1', 'stage2', 'nobiarch', 'nocheck', 'nodoc', 'noinsttest', 'noudeb', 'nowindows'],
  ...['nogolang', 'noguile', 'nojava', 'nolua', 'noocaml', 'noperl', 'nopython', 'noruby', 'noxen'],
];

export function isKnownProfile(name: string): boolean {
  return KNOWN_PROFILES.includes(name) || /^(?:pkg|derivative)\../.test(name);
}
