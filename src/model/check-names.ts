/** The documentation of a check. */
export interface CheckEntry {
  /** What holds if the check passes, as a sentence without a full stop. */
  readonly title: string;
  /** What it means for users if it fails, as Markdown. */
  readonly matters: string;
  /** What the maintainer can do, as Markdown. */
  readonly remedy: string;
  /** Whether it depends on the content of files, so that a sample does not show everything. */
  readonly readsFiles?: boolean;
}

/**
 * The catalogue of all checks of a site, in the order of the report. The type of names and `docs/verify.md` are
 * generated from it. Names are stable: scripts rely on them.
 */
export const CHECKS = {
  'index-readable': {
    title: 'The index can be read',
    matters: 'Without a readable index, the updater of every user fails, for all their sites.',
    remedy:
      'Restore the last good state of the index: from the history of the branch, or from a backup. The reason states what is wrong with it.',
  },
  'index-for-clients': {
    title: 'The index is written as clients read it',
    matters:
      'Some documents are well-formed, but a client stops at them, or reads something else than was meant.',
    remedy: 'Correct the lines that the report names. The next publication writes the index again.',
  },
  'local-database': {
    title: "The index is not a user's local database",
    matters:
      'Every installation of ImageJ has a file `db.xml.gz` with the state of one user: the sites that this user follows, and files of other sites. Published by mistake, it offers all of that to every user.',
    remedy: 'Restore the index of the site from the history of the branch, or from a backup.',
  },
  'payloads-present': {
    title: 'Every file that the index offers is there',
    matters:
      'A single missing file ends the whole update of every user who is offered it, for all their sites.',
    remedy:
      'Publish the same files again: they are stored under their old names, and the index does not change. If you no longer have them, publish new versions, or remove them.',
  },
  'payload-sizes': {
    title: 'Every file has the size that the index states',
    matters: 'Clients refuse a file of another size, and the whole update ends.',
    remedy:
      'Store the original file, byte for byte, or publish the changed content, which is a new version. Text files often lose or gain carriage returns on the way.',
  },
  'payload-checksums': {
    title: 'Every file has the checksum that the index states',
    matters: 'Clients refuse a file with another checksum, and the whole update ends.',
    remedy: 'Store the original file, byte for byte, or publish the changed content, which is a new version.',
    readsFiles: true,
  },
  'previous-payloads': {
    title: 'Previous versions are there',
    matters:
      'Clients are not offered previous versions. But without them, the site cannot be rolled back, and tools that install an earlier state fail.',
    remedy:
      'Store them again if you have them. If they were removed on purpose, nothing needs to be done. With `--history`, the check fails.',
  },
  'lost-versions': {
    title: 'The index lists every version that it listed earlier',
    matters:
      'After a `git revert` or a change by hand, an index may lack a version that users have. ImageJ takes their file for one that they have modified, and never updates it. In a repository for IDEs, the same version could be published again with another content. Only `--history` compares the last 501 states of the index, on the branch of a git repository.',
    remedy:
      'Bring back the index from before the commit that the report names, then offer again what is offered now: [the steps](roll-back.md#after-a-git-revert). If a version was removed for good, skip this check (`--skip lost-versions`).',
  },
  orphans: {
    title: 'Every stored version belongs to the index',
    matters: 'Such files take up space, and no client requests them.',
    remedy:
      'Remove them, unless the index has lost a record: then restore the index. Skip this check (`--skip orphans`) if other tools keep files there.',
  },
  names: {
    title: 'Every name can be requested',
    matters: 'Clients cannot request a name with `#`, `?` or `%` and two digits. The whole update ends.',
    remedy: 'Rename the file, publish it under the new name, and remove the old one.',
  },
  timestamps: {
    title: 'Versions of a file have different timestamps',
    matters:
      'The timestamp is part of the stored name: two versions with the same one are the same file for clients.',
    remedy:
      'Publish the file again with changed content, so that it gets a new timestamp. The index still lists both versions, because users may have either, so then skip this check (`--skip timestamps`).',
  },
  'future-timestamps': {
    title: 'No timestamp is far ahead of the clock',
    matters:
      'Publications may be up to 14 hours ahead of the clock, so that users in all time zones are offered new files. A timestamp beyond that delays later publications.',
    remedy: 'Check the clock of the machine that published it, and the option `timestamp`.',
  },
  poms: {
    title: 'The POM of every jar can be read',
    matters: 'Every update fails for users who have installed a jar with a POM that ImageJ cannot read.',
    remedy:
      'Publish the jar with a correct POM. Users who have installed the old one must delete it by hand.',
    readsFiles: true,
  },
  dependencies: {
    title: 'Every dependency is served by the site or an upstream site',
    matters: 'Users who install the file do not get what it needs.',
    remedy:
      'Publish the missing file, name the site that serves it (`--upstream NAME=URL`), or delete the dependency.',
  },
  'circular-dependencies': {
    title: 'Files do not depend on each other in a circle',
    matters: 'Updaters can install such files only together.',
    remedy: 'Move the shared code to another file.',
  },
  'shadowed-files': {
    title: 'The site does not replace files of upstream sites',
    matters:
      'Users of both sites get the file of this site, for all their plugins. This is the most frequent reason why Fiji does not start any more.',
    remedy: 'Remove the file, so that users get the one of the upstream site.',
  },
  'java-version': {
    title: 'Every jar runs with the Java of the users',
    matters: 'Plugins in a jar for a newer Java fail with `UnsupportedClassVersionError`.',
    remedy: 'Build it for the older Java, or state the edition that users have with `--upstream`.',
    readsFiles: true,
  },
  coordinates: {
    title: 'Every file is the same artifact in all versions',
    matters:
      'Two artifacts with the same name and different groupIds fall on one record, so that the one replaces the other for all users.',
    remedy: 'Publish one of them under another name.',
    readsFiles: true,
  },
  'entries-agree': {
    title: 'The index states what the archives contain',
    matters:
      'After the download, IDEs read the archive again, and refuse it if it does not support them or is not newer.',
    remedy: 'Publish the archive again, so that the entry is derived from it.',
    readsFiles: true,
  },
  https: {
    title: 'The address is https',
    matters:
      'Over http, an attacker in between can replace plugins, which are programs. Many organizations block it.',
    remedy: 'Give users the https address. With a custom domain on GitHub Pages, choose "Enforce HTTPS".',
  },
  redirects: {
    title: 'Clients can follow all redirects',
    matters: 'Java does not follow redirects from http to https, nor those with the status 308.',
    remedy: 'Give users the address to which the server redirects.',
  },
  'last-modified': {
    title: 'The server states when the index was changed',
    matters:
      'Clients look at `Last-Modified` only. Without it, users never learn of updates; if it changes without a publication, they are asked to update at every start.',
    remedy: 'Configure the server so that it sends the date of the file.',
  },
  'absent-files': {
    title: 'The server answers 404 for what does not exist',
    matters: 'If it sends a page instead, clients take the page for the file.',
    remedy: 'Configure the server so that files that do not exist get the status 404.',
  },
  'cache-headers': {
    title: 'The index is not cached for long',
    matters: 'Users see a publication only when the copies in caches have expired.',
    remedy: 'Configure the server so that the index may be cached for at most an hour.',
  },
} as const satisfies Record<string, CheckEntry>;

export type CheckName = keyof typeof CHECKS;

/** The names of all checks, in the order of the report. */
export const CHECK_NAMES = Object.keys(CHECKS) as readonly CheckName[];
