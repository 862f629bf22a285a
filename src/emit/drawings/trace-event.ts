/** One event of a trace; of the optional fields each phase has its own. Times are µs. */
export interface TraceEvent {
  /** `M` a name, `X` a slice, `C` a counter, `s` and `f` the ends of an arrow. */
  readonly ph: 'M' | 'X' | 'C' | 's' | 'f';
  readonly name: string;
  /** What viewers filter by. */
  readonly cat?: string;
  readonly ts: number;
  /** How long a slice is. */
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  /** Of an arrow: the same at both ends. */
  readonly id?: number;
  /** The arrow ends at the slice that lies around it. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, string | number | boolean>>;
}
