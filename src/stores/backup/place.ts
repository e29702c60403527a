import type { ReadOnlyPlace } from '../store.js';

/** A backup: a zip archive with the files of a site. */
export interface BackupLocation {
  readonly kind: 'backup';
  readonly file: string;
}

/** The backup that `zip:FILE` names. */
export const place = {
  parse(notation, fault) {
    if (!/^zip:/i.test(notation)) return undefined;
    const file = notation.slice('zip:'.length).replace(/^\/\/(?=\/)/, '');
    if (file === '') fault('it names no file', 'Write the path of the backup after "zip:".');
    return { kind: 'backup', file };
  },
  describe: ({ file }) => `backup ${file}`,
} as const satisfies ReadOnlyPlace<BackupLocation>;
