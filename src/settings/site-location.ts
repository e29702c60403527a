import { reservedByGit } from '../model/git-names.js';
import { parseSitePath } from '../model/site-path.js';
import type { OptionReader } from './option-reader.js';

const DEFAULT_BRANCH = 'gh-pages';

/** Where the site is kept. */
export type SiteLocation =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 'git';
      readonly remote: string;
      readonly branch: string;
      readonly directory: string;
    };

/** @param defaultRemote the repository that is meant where none is named */
export function readSite(options: OptionReader, defaultRemote: string | undefined): SiteLocation {
  const folder = options.text('site-dir');
  const remote = options.text('remote') ?? (folder === undefined ? defaultRemote : undefined);
  const branch = options.text('branch');
  const directory = options.text('directory');
  if (folder?.includes('\ufffd')) {
    // Node.js has put this character in the place of bytes: another folder would be made.
    options.fault('site-dir', 'its name is not UTF-8', 'Choose another name for the folder.');
  }
  if (folder !== undefined) {
    for (const name of ['remote', 'repository', 'branch', 'directory'] as const) {
      if (options.text(name) !== undefined) {
        options.fault(
          name,
          `it cannot be used together with ${options.nameOf('site-dir')}`,
          'The site is either a folder or on a branch.',
        );
      }
    }
    return { kind: 'folder', folder };
  }
  if (remote === undefined) {
    options.fault(
      'remote',
      'nothing says where the site is',
      `Give ${options.nameOf('remote')} URL, or ${options.nameOf('site-dir')} DIR for a plain folder.`,
    );
  }
  return {
    kind: 'git',
    remote: readRemote(options, remote ?? ''),
    branch: readBranch(options, branch ?? DEFAULT_BRANCH),
    directory: readDirectory(options, directory),
  };
}

/**
 * Whether a URL has a password, also if an `@` or a `/` in it is not written as `%40` or `%2F`. A path may hold these signs,
 * but not behind a port.
 */
function holdsPassword(remote: string): boolean {
  const [, rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(remote) ?? [];
  if (/^[^/]*:[^/]*@/.test(rest)) return true;
  return /^[^/@]*:(?!\d{1,5}\/)[^@]*@/.test(rest);
}

function readRemote(options: OptionReader, remote: string): string {
  if (remote.startsWith('-') || /^[A-Za-z0-9+.-]*::/.test(remote)) {
    options.fault(
      'remote',
      `"${remote}" is no address of a repository`,
      'Write a URL, user@host:path, or a local path.',
    );
  }
  if (holdsPassword(remote)) {
    options.fault(
      'remote',
      'it holds a password',
      'Leave it out of the URL. Set UPDATE_SITE_TOKEN, pass "token", or use a git credential helper.',
    );
  }
  return remote;
}

/** What `git check-ref-format --branch` refuses in a name, besides `HEAD`. */
const NOT_IN_BRANCH =
  // eslint-disable-next-line no-control-regex -- git forbids them
  /^$|^[-/.]|[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[/.]$|^@$/;

function readBranch(options: OptionReader, branch: string): string {
  const name = branch.replace(/^refs\/heads\//, '');
  if (name === 'HEAD') {
    options.fault(
      'branch',
      `"${branch}" is not a branch: it stands for the one that is checked out`,
      'Write the name of the branch, for example gh-pages.',
    );
  } else if (NOT_IN_BRANCH.test(name)) {
    options.fault(
      'branch',
      `"${branch}" is not a name for a branch`,
      'Write it as "git branch" lists it, for example gh-pages.',
    );
  }
  return name;
}

function readDirectory(options: OptionReader, directory: string | undefined): string {
  const text = (directory ?? '').replace(/\/+$/, '');
  if (text === '' || text === '.') return '';
  const parsed = parseSitePath(text);
  const byGit = 'path' in parsed ? reservedByGit(text) : undefined;
  const checked = byGit === undefined ? parsed : { reason: byGit };
  if ('path' in checked) return checked.path;
  options.fault(
    'directory',
    `"${directory ?? ''}" cannot be a folder of the branch: ${checked.reason}`,
    'Choose another one, for example updates/stable.',
  );
  return '';
}
