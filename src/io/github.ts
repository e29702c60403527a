import { getOctokit } from '@actions/github';
import type { PagesHost, PagesSite } from '../app/ports.js';
import type { RemoteSizes } from './git-usage.js';

/** What one call may take, in milliseconds: nothing that is asked here is needed to publish. */
const TIMEOUT_MS = 10_000;

export interface GitHubOptions {
  readonly owner: string;
  readonly repo: string;
  readonly token: string;
  /** `https://api.github.com`, or that of an enterprise server. */
  readonly apiUrl: string;
}

/** What we ask GitHub about a repository. */
export interface GitHubRepository extends PagesHost {
  readonly sizes: RemoteSizes;
}

export function createGitHubRepository({ owner, repo, token, apiUrl }: GitHubOptions): GitHubRepository {
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  const call = () => ({ owner, repo, request: { signal: AbortSignal.timeout(TIMEOUT_MS) } });
  const readSite = async (): Promise<PagesSite | undefined> => {
    const response = await orUndefined(octokit.request('GET /repos/{owner}/{repo}/pages', call()));
    if (!response) return undefined;
    const { html_url: url, build_type: type, source } = response.data;
    return { url: url ?? '', branch: type === 'workflow' ? undefined : source?.branch };
  };
  let site: Promise<PagesSite | undefined> | undefined;
  return {
    // Asked for the address, and again after the push: once is enough.
    site: () => (site ??= readSite()),
    async latestBuild() {
      const response = await orUndefined(
        octokit.request('GET /repos/{owner}/{repo}/pages/builds/latest', call()),
      );
      return response && { commit: response.data.commit, status: response.data.status };
    },
    async requestBuild() {
      await octokit.request('POST /repos/{owner}/{repo}/pages/builds', call());
    },
    async sizes(commit) {
      try {
        const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
          ...call(),
          tree_sha: commit,
          recursive: '1',
        });
        return new Map(
          data.tree.flatMap(({ sha, size }) => (sha && size !== undefined ? [[sha, size] as const] : [])),
        );
      } catch {
        // Without it the sum says "at least".
        return undefined;
      }
    },
  };
}

async function orUndefined<T>(response: Promise<T>): Promise<T | undefined> {
  try {
    return await response;
  } catch (error) {
    if ((error as { status?: unknown }).status === 404) return undefined;
    throw error;
  }
}
