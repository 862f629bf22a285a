import { join } from 'node:path';
import { dscName, sbuildOptions } from '../../emit/command/sbuild-words.ts';
import { asUser } from './as-user.ts';
import type { Backend, BuildRequest } from './backend.ts';
import { buildEnvironment } from './build-environment.ts';
import { taskAsPlaced } from './command-backend.ts';

const CONFIG = 'sbuildrc';

/**
 * sbuild 0.85 reads it behind /etc/sbuild/sbuild.conf and ~/.sbuildrc, so that both hold as far as nothing here says otherwise. The
 * space check asks for twice the unpacked source, which is no measure of what a build takes. What a build leaves is removed with
 * its RAM disk, and by sbuild too: on disk that can't be done by who doesn't own the chroot's users.
 */
const CONFIG_TEXT = `$unshare_tmpdir_template = "$ENV{DEBPLAN_WORK}/sbuild.XXXXXXXXXX";
$purge_build_directory = 'always';
$purge_session = 'always';
$purge_build_deps = 'never';
$check_space = 0;
$nolog = 1;
$run_lintian = 0;
$run_piuparts = 0;
$run_autopkgtest = 0;
1;
`;

/** So that the log tells how full the RAM disk is: before, with all build dependencies, at the end. */
const USAGE = 'df -k /';
/**
 * Without the pin apt prefers the archive's copy of the same version. Where the chroot has that copy already (patch, zlib1g), apt takes
 * ours for a downgrade, and must be allowed to make it.
 */
const PIN = [
  'printf "Package: *\\nPin: origin \\"\\"\\nPin-Priority: 1001\\n" > /etc/apt/preferences.d/00-debplan',
  'printf "APT::Get::allow-downgrades true;\\n" > /etc/apt/apt.conf.d/00-debplan',
].join(' && ');

/** sbuild, with chroots unpacked anew for each build, or with schroot's. */
export const sbuildBackend: Backend = {
  describe: 'sbuild, each build in a chroot of its own',
  // where schroot keeps its sessions is a matter of its own settings
  holds: ({ sbuild }) => (sbuild.mode === 'unshare' ? 'chroot' : undefined),
  livesInNamespace: () => false,
  comesAsOthers: true,
  files: () => [{ name: CONFIG, content: CONFIG_TEXT }],
  build: (request) => {
    const { attempt, user } = request;
    return {
      ...asUser({ file: 'sbuild', args: sbuildArgs(request) }, user),
      env: { ...buildEnvironment(request), SBUILD_CONFIG: join(attempt.folder, CONFIG) },
      cwd: join(attempt.folder, 'out'),
    };
  },
};

function sbuildArgs({ attempt, settings, dsc }: BuildRequest): readonly string[] {
  const { suite, sbuild } = settings;
  const { task, target, extraPackages } = attempt;
  const chroot = sbuild.chroots.get(task.buildArch ?? target.arch);
  return [
    ...[`--dist=${suite}`, `--chroot-mode=${sbuild.mode}`],
    ...(chroot === undefined ? [] : [`--chroot=${chroot}`]),
    ...sbuildOptions({ task: taskAsPlaced(attempt), target }),
    '--no-clean-source',
    `--chroot-setup-commands=${USAGE}`,
    ...(extraPackages === undefined
      ? []
      : [`--extra-package=${extraPackages}`, `--chroot-setup-commands=${PIN}`]),
    `--starting-build-commands=${USAGE}`,
    `--finished-build-commands=${USAGE}`,
    ...sbuild.args,
    dsc ?? dscName(task),
  ];
}
