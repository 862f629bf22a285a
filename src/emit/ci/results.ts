/**
 * Up to so many builds hand their packages on as files of the CI system; more would need lists of what each build gets that no
 * CI system takes, and storage for all of them: they go to a repository instead.
 */
export const MOST_HANDED_ON = 1000;

/** Shell that moves or copies what a build leaves in the current folder to another one, by name. */
export function collectResults(command: 'mv -f' | 'cp', folder: string): string {
  const names = RESULTS.map((ending) => `-name '*.${ending}'`).join(' -o ');
  return `find . -maxdepth 1 -type f '(' ${names} ')' -exec ${command} {} ${folder}/ ';'`;
}

const RESULTS: readonly string[] = ['deb', 'udeb', 'ddeb', 'changes', 'buildinfo', 'build'];

/**
 * Shell that publishes. The folder is an argument of the command, since GitLab replaces variables in the values of others before
 * a job starts.
 */
export const PUBLISH = `sh -c "$DEBPLAN_PUBLISH \\"\\$1\\"" sh "$DEBPLAN_RESULTS"`;

/** Shell that ends a job before it builds what it couldn't publish. */
export const CAN_PUBLISH =
  ': "${DEBPLAN_PUBLISH:?set it to a command that adds the packages in a folder to the repository of the builders}"';

/** In a header: how packages get from build to build. */
export const ABOUT_PACKAGES: readonly string[] = [
  'What a build needs of the builds before it is in the folder $DEBPLAN_PACKAGES; sbuild takes it with',
  '  --extra-package="$DEBPLAN_PACKAGES"',
];

export const TOO_MANY_BUILDS = `More than ${String(MOST_HANDED_ON)} builds`;

/**
 * @param what there is too much of, in the plural
 * @param where a failed build stops nothing that needs it: `in an earlier part`
 */
export function aboutRepository(what: string, where: string): readonly string[] {
  return [
    `${what} are too many to hand packages on from job to job: they go by`,
    'a repository that the builders read. Give $DEBPLAN_PUBLISH, a command that is given a folder and adds',
    'the packages in it to the repository.',
    `A build is tried also when one that it needs has failed ${where}: with what the`,
    'repository holds then, which may be an older version.',
  ];
}

export const ABOUT_MODE: readonly string[] = [
  '$DEBPLAN_MODE says where the plan builds a package, ram or disk; $DEBPLAN_RAM_DISK_MIB what it may',
  'take on the RAM disk.',
];
