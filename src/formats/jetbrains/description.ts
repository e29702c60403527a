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
      help: 'Do not copy the archives to the site: in the index, write this address on another server for each. `{id}`, `{version}` and `{file}` stand for the values of the archive, and `{release}` for its version without the name of a system at the end',
      on: 'both',
    },
    'archive-check': {
      kind: 'text',
      placeholder: 'on|off',
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
      help: 'Offer plugins without `until-build` to IDEs up to this platform branch, such as `263`',
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
    adding: 'the IDE: Settings > Plugins > gear icon > Manage Plugin Repositories',
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
