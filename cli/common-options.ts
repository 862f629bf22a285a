/** Options of every command. */
export const commonOptions = {
  'max-input': {
    type: 'string',
    requiresArg: true,
    describe: 'SIZE: refuse files that are larger, or unpack to more; without it 1GiB',
  },
} as const;
