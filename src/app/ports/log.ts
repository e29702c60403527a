/** Where text for people goes. */
export interface Log {
  /** What is going on, for everybody. */
  readonly info: (message: string) => void;
  /** What helps when something is wrong. */
  readonly detail: (message: string) => void;
}

/** Work that takes a while and knows how much of it there is. */
export interface ProgressTask {
  readonly advance: (amount: number) => void;
  readonly done: () => void;
}

export interface Progress {
  /** @param total in bytes */
  readonly start: (label: string, total: number) => ProgressTask;
}

/** Time and chance, which pure code does not have. */
export interface Runtime {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}
