import type { NotationFault, Place } from '../store.js';

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
      whenReading: 'The site is this plain folder',
      inAction: 'Use it if another action deploys the site',
      on: 'both',
    },
  },
  read(options) {
    const folder = options.text('site-dir');
    if (folder === undefined) return undefined;
    requireText(folder, (what, hint) => {
      options.fault('site-dir', what, hint);
    });
    return { kind: 'folder', folder };
  },
  parse(notation, fault) {
    // A single letter before the colon is a drive.
    const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]+):(.*)$/s.exec(notation) ?? [];
    if (scheme !== undefined && scheme.toLowerCase() !== 'file') return undefined;
    const folder = scheme === undefined ? notation : rest.replace(/^\/\/(?=\/)/, '');
    requireText(folder, fault);
    return { kind: 'folder', folder };
  },
  describe: ({ folder }) => `folder ${folder}`,
} as const satisfies Place<FolderLocation, 'site-dir'>;

function requireText(folder: string, fault: NotationFault): void {
  if (folder === '') fault('it names no folder', 'Write the path of the folder after "file:".');
  // Node.js has replaced invalid bytes by this character: another folder would be created.
  if (folder.includes('\ufffd')) fault('its name is not UTF-8', 'Choose another name for the folder.');
}
