/** What is written about a file, beside its content. */
export const FIELDS = [
  'description',
  'author',
  'link',
  'category',
  'platform',
  'executable',
  'dependency',
  'range',
  'change-notes',
  'signed',
] as const;
export type Field = (typeof FIELDS)[number];

/** One thing that is said about a file no longer, anew, or in other words. */
export interface FieldChange {
  readonly field: Field;
  /** Undefined where it was not said before. */
  readonly before: string | undefined;
  /** Undefined where it is said no longer. */
  readonly after: string | undefined;
}

/** What a change comes to for those who have the file. */
export interface ChangeDetails {
  /** What users know the file as, where that is not its path: the id of a plugin. */
  readonly subject?: string | undefined;
  /** As the file's name tells, else the day of the version; undefined where there is none. */
  readonly versionBefore: string | undefined;
  readonly versionAfter: string | undefined;
  /** Size of the version before, in bytes; undefined where there is none. */
  readonly sizeBefore: number | undefined;
  /** Where the file is installed; empty for everywhere. */
  readonly platforms: readonly string[];
  /** Of one for some systems: the versions that it is a variant of, before and after. */
  readonly variant?: { readonly before: string | undefined; readonly after: string | undefined } | undefined;
  readonly fields: readonly FieldChange[];
  /** Of a file that becomes obsolete: paths of the files that depended on it. */
  readonly dependents: readonly string[];
}
