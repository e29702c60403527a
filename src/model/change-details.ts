/** Metadata fields of a file. */
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

/** A metadata field that was removed, added or changed. */
export interface FieldChange {
  readonly field: Field;
  /** `undefined` if the field was added. */
  readonly before: string | undefined;
  /** `undefined` if the field was removed. */
  readonly after: string | undefined;
}

/** What a change means for existing installations. */
export interface ChangeDetails {
  /** The name that users know the file by, if that is not its path: the id of a plugin. */
  readonly subject?: string | undefined;
  /** Version in the file name, otherwise the date of the version; `undefined` if the file is new. */
  readonly versionBefore: string | undefined;
  readonly versionAfter: string | undefined;
  /** Size of the previous version, in bytes; `undefined` if the file is new. */
  readonly sizeBefore: number | undefined;
  /** Platforms on which the file is installed; empty for all platforms. */
  readonly platforms: readonly string[];
  /** For a variant for some systems: the versions that it is a variant of, before and after. */
  readonly variant?: { readonly before: string | undefined; readonly after: string | undefined } | undefined;
  readonly fields: readonly FieldChange[];
  /** Set if only timestamps or earlier versions differ, so that users notice nothing. */
  readonly isSameForUsers?: true | undefined;
  /** For a file that becomes obsolete: paths of the files that depended on it. */
  readonly dependents: readonly string[];
}
