import { DEPENDENCY_MODES } from '../../model/dependency-mode.js';
import { SHADOW_POLICIES } from '../../model/upstream.js';
import type { FormatDescription } from '../description.js';

/** The description of ImageJ update sites and their options. */
export const description = {
  users: 'ImageJ',
  summary: '',
  defaultFiles: 'target/*.jar',
  options: {
    'app-dir': {
      kind: 'text',
      placeholder: 'DIR',
      help: 'Publish everything in this ImageJ application folder, such as `Fiji.app`, that belongs on an update site',
      on: 'both',
    },
    'complete-site': {
      kind: 'flag',
      help: 'Mark every file on the site that is not in this run as obsolete',
      usual: 'false',
      on: 'both',
    },
    'allow-mass-removal': {
      kind: 'flag',
      help: "Allow a run to mark more than half of the site's files as obsolete (for sites with at least 10 files)",
      usual: 'false',
      on: 'both',
    },
    upstream: {
      kind: 'list',
      placeholder: 'SITE',
      help: 'A site that users also follow: `fiji-latest`, `fiji-stable`, `NAME=URL` of a site, `NAME=FILE` of an index, or `none`. A later site replaces files of an earlier one',
      usual: 'fiji-latest',
      nothing: 'none',
      on: 'both',
    },
    'on-shadow': {
      kind: 'text',
      placeholder: 'error|skip|force',
      help: 'What to do with a file that differs from the one on an upstream site: `error`, `skip` (do not publish it) or `force` (publish it anyway)',
      words: SHADOW_POLICIES,
      usual: 'error',
      on: 'both',
    },
    'force-shadow': { kind: 'flag', help: 'The same as [[on-shadow=force]]', usual: 'false', on: 'both' },
    dependencies: {
      kind: 'text',
      placeholder: 'auto|pom|none',
      help: 'How to detect the dependencies of jars: `auto` (from the classes that they reference), `pom` (from their POMs) or `none`',
      words: DEPENDENCY_MODES,
      usual: 'auto',
      nothing: 'none',
      on: 'both',
    },
    'with-dependencies': {
      kind: 'flag',
      help: 'Also publish missing dependencies, taken from the local Maven repository',
      usual: 'false',
      on: 'both',
    },
    'maven-repository': {
      kind: 'text',
      placeholder: 'DIR',
      help: 'Folder of the local Maven repository',
      otherwise: '`~/.m2/repository`',
      on: 'both',
    },
    config: {
      kind: 'text',
      placeholder: 'FILE',
      help: 'Configuration file with descriptions, authors, links and other metadata',
      otherwise: '`.github/update-site.yml` or `.github/update-site.yaml`, if it exists',
      on: 'both',
    },
  },
  words: {
    title: 'Update site',
    column: 'File',
    row: 'file',
    artifact: 'file',
    payload: 'payload',
    url: 'URL for ImageJ',
    adding: 'ImageJ: Help > Update... > Manage Update Sites > Add Unlisted Site',
    timestamp: 'Timestamp',
    index: 'db.xml',
    indexUrl: '',
    changes: [
      ['update', 'file', 'updated'],
      ['add', 'file', 'added'],
      ['rename', 'file', 'renamed'],
      ['metadata', 'file', 'with new metadata'],
      ['revive', 'file', 'restored'],
      ['remove', 'file', 'removed'],
    ],
  },
} as const satisfies FormatDescription;
