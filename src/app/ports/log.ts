/** Prints text for the user. */
export interface Log {
  /** Prints progress, always. */
  readonly info: (message: string) => void;
  /** Prints details, for troubleshooting. */
  readonly detail: (message: string) => void;
}

/** A long task with a known amount of work. */
export interface ProgressTask {
  readonly advance: (amount: number) => void;
  readonly done: () => void;
}

/** What a task counts. */
export type ProgressUnit = 'bytes' | 'files' | 'states';

export interface Progress {
  /** @param unit of the total, and of each amount; bytes by default */
  readonly start: (label: string, total: number, unit?: ProgressUnit) => ProgressTask;
}

/** Time and randomness, which pure code must not access. */
export interface Runtime {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}
