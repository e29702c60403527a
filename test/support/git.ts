import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { makeFolder } from './folders.js';

/** An environment without the git configuration of the machine. */
export const GIT_ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    env: GIT_ENV,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Creates an empty bare repository. It supports filters by default, like GitHub. */
export function makeBareRepository({ filter = true } = {}): string {
  const folder = path.join(makeFolder(), 'site.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder], { env: GIT_ENV });
  git(folder, 'config', 'uploadpack.allowFilter', String(filter));
  return folder;
}

/** Returns the files of a branch, sorted. */
export function filesOf(repository: string, branch = 'gh-pages'): string[] {
  return git(repository, 'ls-tree', '-r', '-z', '--name-only', branch).split('\0').filter(Boolean).sort();
}

/** Returns a file of a branch. */
export function fileOf(repository: string, file: string, branch = 'gh-pages'): Buffer {
  return execFileSync('git', ['cat-file', 'blob', `${branch}:${file}`], {
    cwd: repository,
    env: GIT_ENV,
    maxBuffer: 1 << 28,
  });
}

/** Returns the unpacked index of a site on a branch. */
export function indexOf(repository: string, branch = 'gh-pages', directory = ''): string {
  return gunzipSync(fileOf(repository, `${directory}db.xml.gz`, branch)).toString('utf8');
}

/** Returns all references with their objects, to check that nothing was written. */
export function refsOf(repository: string): string {
  return git(repository, 'for-each-ref');
}
