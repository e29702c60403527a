import { DEPENDENCY_MODES } from '../../model/dependency-mode.js';
import { SHADOW_POLICIES } from '../../model/upstream.js';
import type { FormatDescription } from '../description.js';

/** What is said about ImageJ update sites, and the options that they have. */
export const description = {
  users: 'ImageJ',
  summary: '',
  defaultFiles: 'target/*.jar',
  options: {
    'app-dir': {
      kind: 'text',
      placeholder: 'DIR',
      help: 'An ImageJ application folder, such as `Fiji.app`: everything in it that belongs on an update site is published',
      on: 'both',
    },
    'complete-site': {
      kind: 'flag',
      help: 'What the site has and these files lack becomes obsolete',
      usual: 'false',
      on: 'both',
    },
    'allow-mass-removal': {
      kind: 'flag',
      help: 'Let more than half of a site of 10 files or more become obsolete at once',
      usual: 'false',
      on: 'both',
    },
    upstream: {
      kind: 'list',
      placeholder: 'SITE',
      help: 'A site that users also follow: `fiji-latest`, `fiji-stable`, `NAME=` and the URL of a site or the file of an index, or `none`. Later ones shadow earlier ones',
      usual: 'fiji-latest',
      nothing: 'none',
      on: 'both',
    },
    'on-shadow': {
      kind: 'text',
      placeholder: 'POLICY',
      help: 'What to do with a file that differs from the one an upstream site serves: `error`, `skip` (leave it to that site) or `force` (publish it all the same)',
      words: SHADOW_POLICIES,
      usual: 'error',
      on: 'both',
    },
    'force-shadow': { kind: 'flag', help: 'The same as [[on-shadow=force]]', usual: 'false', on: 'both' },
    dependencies: {
      kind: 'text',
      placeholder: 'HOW',
      help: 'How the dependencies of jars are found: `auto` (by the classes that they name), `pom` (by what their POMs declare) or `none`',
      words: DEPENDENCY_MODES,
      usual: 'auto',
      nothing: 'none',
      on: 'both',
    },
    'with-dependencies': {
      kind: 'flag',
      help: 'Publish the jars too that the named ones need and that no site serves, from the local Maven repository',
      usual: 'false',
      on: 'both',
    },
    'maven-repository': {
      kind: 'text',
      placeholder: 'DIR',
      help: 'The local Maven repository',
      otherwise: '`~/.m2/repository`',
      on: 'both',
    },
    config: {
      kind: 'text',
      placeholder: 'FILE',
      help: 'What the maintainer says about the site and its files',
      otherwise: '`.github/update-site.yml` or `.github/update-site.yaml`, if there is one',
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
    index: 'db.xml',
    indexUrl: '',
    changes: [
      ['update', 'file', 'updated'],
      ['add', 'file', 'added'],
      ['rename', 'file', 'renamed'],
      ['metadata', 'file', 'described anew'],
      ['revive', 'file', 'brought back'],
      ['remove', 'file', 'removed'],
    ],
  },
} as const satisfies FormatDescription;
