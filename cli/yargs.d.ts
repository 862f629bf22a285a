import 'yargs';

declare module 'yargs' {
  interface Argv {
    /** Since yargs 17.6; the published types don't know it. */
    usageConfiguration(configuration: { readonly 'hide-types': boolean }): Argv;
    /** What it was told of options, by name; aliases count as names. Used by yargs' own completion. */
    getOptions(): {
      readonly key: Readonly<Record<string, boolean>>;
      readonly alias: Readonly<Record<string, readonly string[] | undefined>>;
      readonly boolean: readonly string[];
      readonly array: readonly string[];
      readonly choices: Readonly<Record<string, readonly string[] | undefined>>;
    };
    getInternalMethods(): {
      getUsageInstance(): { getDescriptions(): Readonly<Record<string, string | undefined>> };
    };
  }
}
