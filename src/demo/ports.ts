/** A file of a sample build: its path in the application folder and its bytes. */
export interface SampleFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** A temporary folder with an empty repository for the demonstration. */
export interface DemoWorkspace {
  /** Path of the bare repository. */
  readonly repository: string;
  /** @returns the folder with the files */
  readonly writeBuild: (name: string, files: readonly SampleFile[]) => Promise<string>;
  /** @returns the folder with the files of the branch */
  readonly checkOut: (branch: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** A web server on this machine. */
export interface Server {
  readonly url: string;
  readonly close: () => Promise<void>;
}
