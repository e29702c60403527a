import type { FormatDescription } from '../description.js';

/** Whether a publication checks the addresses of archives on other servers. */
const ARCHIVE_CHECKS = ['on', 'off'] as const;

/** The description of custom plugin repositories and their options. */
export const description = {
  users: 'JetBrains IDEs',
  summary: 'a custom plugin repository for IDEs',
  defaultFiles: 'build/distributions/*.zip',
  removes: '`ID` or `ID@VERSION`',
  options: {
    channel: {
      kind: 'text',
      placeholder: 'NAME',
      help: 'Publish to this subfolder, such as `eap`, which has its own address and also offers the stable versions',
      on: 'both',
    },
    'archive-url': {
      kind: 'text',
      placeholder: 'TEMPLATE',
      help: 'Write this address of the archives on another server to the index, and do not copy them to the site. `{id}`, `{version}` and `{file}` stand for those of an archive, and `{release}` for the version without the system of a variant',
      on: 'both',
    },
    'archive-check': {
      kind: 'text',
      placeholder: 'WHETHER',
      help: 'Check before publishing that each new address serves its archive: `on` or `off`',
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
      help: 'Offer plugins without an upper bound up to this platform branch, such as `263`',
      otherwise: 'the newest branch at the time of the run',
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
      ['metadata', 'version', 'with new metadata'],
      ['revive', 'version', 'restored'],
      ['remove', 'version', 'removed'],
    ],
  },
} as const satisfies FormatDescription;
