import { reservedByGit } from '../../model/git-names.js';
import type { OptionReader } from '../../model/option.js';
import { parseSitePath } from '../../model/site-path.js';
import type { NotationFault, Place } from '../store.js';
import { httpOrigin } from './remote.js';
import { withoutCredentials } from './words.js';

const DEFAULT_BRANCH = 'gh-pages';

/** A folder on a branch of a git repository. */
export interface GitLocation {
  readonly kind: 'git';
  /** A URL, `user@host:path`, or a local path. */
  readonly remote: string;
  readonly branch: string;
  /** Empty for the root of the branch. */
  readonly directory: string;
}

type GitOption = 'remote' | 'branch' | 'directory';

/** The place that `remote`, `branch` and `directory` name. The action converts `repository` to a remote. */
export const place = {
  options: {
    repository: {
      kind: 'text',
      help: 'Publish to a branch of this repository on the same server, `owner/name`',
      otherwise: 'the repository of the workflow',
      excludes: ['remote'],
      on: 'action',
    },
    remote: {
      kind: 'text',
      placeholder: 'URL',
      help: 'Publish to a branch of this git repository: a URL or a local path',
      whenReading: 'The site is on a branch of this git repository: a URL or a local path',
      on: 'both',
    },
    branch: {
      kind: 'text',
      placeholder: 'NAME',
      help: 'Publish to this branch. It is created if it does not exist',
      whenReading: 'The branch of the site',
      otherwise: `\`${DEFAULT_BRANCH}\``,
      on: 'both',
    },
    directory: {
      kind: 'text',
      placeholder: 'SUB',
      help: 'Publish to this folder of the branch',
      whenReading: 'The folder of the site on the branch',
      otherwise: 'the root',
      on: 'both',
    },
  },
  read(options, defaultRemote) {
    const remote = options.text('remote') ?? defaultRemote;
    // Read even without a repository, so that all faults are reported together.
    const branch = readBranch(options.text('branch') ?? DEFAULT_BRANCH, faultOf(options, 'branch'));
    const directory = readDirectory(options.text('directory'), faultOf(options, 'directory'));
    return remote === undefined
      ? undefined
      : { kind: 'git', remote: readRemote(remote, faultOf(options, 'remote')), branch, directory };
  },
  parse(notation, fault) {
    const [, remote, rest = ''] = /^git\+([^#]*)#?(.*)$/s.exec(notation) ?? [];
    if (remote === undefined) return undefined;
    const [branch = '', ...directory] = rest.split(':');
    return {
      kind: 'git',
      remote: readRemote(remote, fault),
      branch: readBranch(branch === '' ? DEFAULT_BRANCH : branch, fault),
      directory: readDirectory(directory.join(':'), fault),
    };
  },
  describe({ remote, branch, directory }) {
    const where = directory === '' ? '' : `${directory} on `;
    return `${where}branch ${branch} of ${withoutCredentials(remote)}`;
  },
  originOf: ({ remote }) => httpOrigin(remote),
} as const satisfies Place<GitLocation, GitOption>;

/**
 * Whether a URL contains a password, even if an `@` or a `/` in it is not written as `%40` or `%2F`. What follows a
 * port is a path, which may contain these characters.
 */
function containsPassword(remote: string): boolean {
  const [, rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(remote) ?? [];
  if (/^[^/]*:[^/]*@/.test(rest)) return true;
  return /^[^/@]*:(?!\d{1,5}\/)[^@]*@/.test(rest);
}

/** Reports faults as those of an option. */
function faultOf(options: OptionReader<GitOption>, name: GitOption): NotationFault {
  return (what, hint) => {
    options.fault(name, what, hint);
  };
}

function readRemote(remote: string, fault: NotationFault): string {
  if (remote === '' || remote.startsWith('-') || /^[A-Za-z0-9+.-]*::/.test(remote)) {
    fault(`"${remote}" is not the address of a repository`, 'Write a URL, user@host:path, or a local path.');
  }
  if (containsPassword(remote)) {
    fault(
      'it contains a password',
      'Leave it out of the URL. Set UPDATE_SITE_TOKEN, pass "token", or use a git credential helper.',
    );
  }
  return remote;
}

/** What `git check-ref-format --branch` refuses in a name, besides `HEAD`. */
const NOT_IN_BRANCH =
  // eslint-disable-next-line no-control-regex -- git forbids them
  /^$|^[-/.]|[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[/.]$|^@$/;

function readBranch(branch: string, fault: NotationFault): string {
  const name = branch.replace(/^refs\/heads\//, '');
  if (name === 'HEAD') {
    fault(
      `"${branch}" is not a branch: it means the branch that is checked out`,
      'Write the name of the branch, for example gh-pages.',
    );
  } else if (NOT_IN_BRANCH.test(name)) {
    fault(
      `"${branch}" is not a valid branch name`,
      'Write it as "git branch" lists it, for example gh-pages.',
    );
  }
  return name;
}

function readDirectory(directory: string | undefined, fault: NotationFault): string {
  const text = (directory ?? '').replace(/\/+$/, '');
  if (text === '' || text === '.') return '';
  const parsed = parseSitePath(text);
  const byGit = 'path' in parsed ? reservedByGit(text) : undefined;
  const checked = byGit === undefined ? parsed : { reason: byGit };
  if ('path' in checked) return checked.path;
  fault(
    `"${directory ?? ''}" cannot be a folder of the branch: ${checked.reason}`,
    'Choose another one, for example updates/stable.',
  );
  return '';
}
