/** Asks web servers for dates. */
export interface PublishedDates {
  /** When a file was changed last, by its server; undefined if the server does not answer soon, whatever the reason. */
  readonly lastModified: (url: string) => Promise<Date | undefined>;
}

/** Asks other servers for files that the index leads to. */
export interface FilesElsewhere {
  /**
   * The size of a file, in bytes.
   *
   * @param atMost beyond which the size does not matter
   * @throws {UserError} `remote` where the file cannot be had, with the reason
   */
  readonly sizeOf: (url: string, atMost: number) => Promise<number>;
}
