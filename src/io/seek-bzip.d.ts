declare module 'seek-bzip' {
  const bunzip: {
    /** Decodes one bzip2 stream; the input is left at the byte behind it. */
    decode(
      input: { readByte(): number; read(target: Uint8Array, offset: number, length: number): number },
      output: { writeByte(byte: number): void },
    ): void;
  };
  export = bunzip;
}
