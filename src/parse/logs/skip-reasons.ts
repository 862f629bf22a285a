import type { SkipReason } from './logged-build.ts';

/** Why a file teaches nothing, in words. */
export const SKIP_REASONS: Readonly<Record<SkipReason, string>> = {
  'cut-short': 'cut short, or still running: no summary at its end',
  'not-built': 'sbuild passed the package over: nothing was built',
  'source-only': 'a source upload: nothing was built',
  'no-version': 'tells no source, version or architecture',
  pbuilder: 'a log of pbuilder: it tells neither times nor sizes',
  'apt-log': 'a log of apt',
  'dpkg-log': 'a log of dpkg-buildpackage alone: it tells neither times nor sizes',
  'stats-dir': "sbuild's --stats-dir: the times in it name no package",
  history: 'a history: debplan history A B -o C joins histories',
  empty: 'empty',
  binary: 'no text',
  unknown: 'no log of sbuild, no .buildinfo and no .changes',
  dangling: 'a link that leads nowhere',
};
