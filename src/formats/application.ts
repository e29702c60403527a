/** How a current file is installed. */
export interface InstalledFile {
  readonly isExecutable: boolean;
  /** The platforms that it is for; empty for all of them. */
  readonly platforms: readonly string[];
}

/** The part of a format whose files are installed in a folder of the application, under their paths on the site. */
export interface ApplicationRules<Index> {
  /** The platforms that users can have. */
  readonly platforms: ReadonlySet<string>;
  /** Returns how the current files are installed, by the stored path of the payload. */
  readonly filesOf: (index: Index) => ReadonlyMap<string, InstalledFile>;
  /** Whether the application itself writes a file of this name, so that no other one may replace it. */
  readonly isReserved: (path: string) => boolean;
  /**
   * Returns the text that explains to users how to get updates of files that were not installed by the application.
   *
   * @param siteUrl public address of the site, with a trailing slash; `undefined` if unknown
   */
  readonly readme: (siteUrl: string | undefined) => string;
}
