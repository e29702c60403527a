import type { Place } from '../store.js';

/** A plain folder. */
export interface FolderLocation {
  readonly kind: 'folder';
  /** Created if it does not exist. */
  readonly folder: string;
}

/** The folder that `site-dir` names. */
export const place = {
  options: {
    'site-dir': {
      kind: 'text',
      placeholder: 'DIR',
      help: 'Publish to this plain folder, without git. It is created if it does not exist',
      inAction: 'Use it if another action deploys the site',
      on: 'both',
    },
  },
  read(options) {
    const folder = options.text('site-dir');
    if (folder === undefined) return undefined;
    // Node.js has replaced invalid bytes by this character: another folder would be created.
    if (folder.includes('\ufffd'))
      options.fault('site-dir', 'its name is not UTF-8', 'Choose another name for the folder.');
    return { kind: 'folder', folder };
  },
  describe: ({ folder }) => `folder ${folder}`,
} as const satisfies Place<FolderLocation, 'site-dir'>;
