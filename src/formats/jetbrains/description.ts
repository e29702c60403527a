import type { FormatDescription } from '../description.js';

/** Whether the addresses of archives on other servers are asked. */
const ARCHIVE_CHECKS = ['on', 'off'] as const;

/** What is said about custom plugin repositories, and the options that they have. */
export const description = {
  users: 'JetBrains IDEs',
  summary: 'a custom plugin repository for IDEs',
  defaultFiles: 'build/distributions/*.zip',
  removes: '`ID` or `ID@VERSION`',
  options: {
    channel: {
      kind: 'text',
      placeholder: 'NAME',
      help: 'Publish to this subfolder, such as `eap`, with an address of its own; it offers the stable versions too',
      on: 'both',
    },
    'archive-url': {
      kind: 'text',
      placeholder: 'TEMPLATE',
      help: 'The archives are on another server, and are not copied to the site: the index leads to this address, in which `{id}`, `{version}` and `{file}` stand for those of an archive, and `{release}` for the version without the system of a variant',
      on: 'both',
    },
    'archive-check': {
      kind: 'text',
      placeholder: 'WHETHER',
      help: 'Whether a publication asks each new address for the archive: `on` or `off`',
      words: ARCHIVE_CHECKS,
      usual: 'on',
      needs: ['archive-url'],
      on: 'both',
    },
    keep: {
      kind: 'text',
      placeholder: 'N',
      help: 'Keep this many of the newest versions of a plugin for each range of IDEs',
      otherwise: 'all',
      on: 'both',
    },
    'newest-branch': {
      kind: 'text',
      placeholder: 'BRANCH',
      help: 'The newest platform branch that plugins without an upper bound are offered for, such as `263`',
      otherwise: 'that of the day',
      on: 'both',
    },
  },
  words: {
    title: 'Plugin repository',
    column: 'Plugin',
    row: 'version',
    artifact: 'archive',
    payload: 'archive',
    url: 'URL for the IDE',
    index: 'updatePlugins.xml',
    indexUrl: 'updatePlugins.xml',
    changes: [
      ['update', 'plugin', 'updated'],
      ['add', 'plugin', 'added'],
      ['metadata', 'version', 'described anew'],
      ['revive', 'version', 'brought back'],
      ['remove', 'version', 'withdrawn'],
    ],
  },
} as const satisfies FormatDescription;
