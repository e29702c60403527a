/** What of an application folder can be published; paths are relative to it. */
export interface AppFolderRules {
  readonly isCandidate: (path: string) => boolean;
  /** Whether a folder can hold candidates at all. */
  readonly mayHoldCandidates: (folder: string) => boolean;
}
