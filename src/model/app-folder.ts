/** What of an application folder can be published; paths are relative to it. */
export interface AppFolderRules {
  readonly isTrackedPath: (path: string) => boolean;
  /** Whether a folder can contain tracked files. */
  readonly mayContainTrackedFiles: (folder: string) => boolean;
}
