import type { Backend, BuilderSettings } from './backend.ts';
import { commandBackend } from './command-backend.ts';
import { sbuildBackend } from './sbuild-backend.ts';

/** All ways to build, by the name that the user types. */
export const BACKENDS: Readonly<Record<BuilderSettings['backend'], Backend>> = {
  command: commandBackend,
  sbuild: sbuildBackend,
};
