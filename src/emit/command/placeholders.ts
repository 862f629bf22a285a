/** What may stand between braces in a builder command. */
export type PlaceholderName = 'source' | 'version' | 'arch' | 'suite' | 'dsc';
