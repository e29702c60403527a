/** Which files of an application folder can be published. Paths are relative to the folder. */
export interface AppFolderRules {
  readonly isTrackedPath: (path: string) => boolean;
  /** Whether a folder can contain tracked files. */
  readonly mayContainTrackedFiles: (folder: string) => boolean;
}
