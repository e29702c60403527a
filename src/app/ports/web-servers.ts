/** Requests dates from web servers. */
export interface PublishedDates {
  /**
   * Returns when a file was last changed, according to its server; `undefined` if that cannot be found out quickly.
   */
  readonly lastModified: (url: string) => Promise<Date | undefined>;
}

/** Checks files on other servers that the index refers to. */
export interface FilesElsewhere {
  /**
   * Returns the size of a file, in bytes.
   *
   * @param atMost beyond which the size does not matter
   * @throws {UserError} `remote` if the file cannot be downloaded, with the reason
   */
  readonly sizeOf: (url: string, atMost: number) => Promise<number>;
}
