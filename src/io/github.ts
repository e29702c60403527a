import type { PagesHost, PagesSite } from '../app/ports.js';
import { orUndefined, type GitHubApi } from './github-api.js';
import type { RemoteSizes } from './git-usage.js';

/** A repository of the server. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** What we ask GitHub about the repository of a site. */
export interface GitHubRepository extends PagesHost {
  readonly sizes: RemoteSizes;
}

export function createGitHubRepository(api: GitHubApi, repository: RepositoryName): GitHubRepository {
  const readSite = async (): Promise<PagesSite | undefined> => {
    const response = await api.call({
      doing: 'tell about GitHub Pages',
      send: (octokit, request) =>
        orUndefined(octokit.request('GET /repos/{owner}/{repo}/pages', { ...repository, request })),
    });
    if (!response) return undefined;
    const { html_url: url, build_type: type, source } = response.data;
    return { url: url ?? '', branch: type === 'workflow' ? undefined : source?.branch };
  };
  let site: Promise<PagesSite | undefined> | undefined;
  return {
    // Asked for the address, and again after the push: once is enough.
    site: () => (site ??= readSite()),
    async latestBuild() {
      const response = await api.call({
        doing: 'tell about the last build of GitHub Pages',
        send: (octokit, request) =>
          orUndefined(
            octokit.request('GET /repos/{owner}/{repo}/pages/builds/latest', { ...repository, request }),
          ),
      });
      return response && { commit: response.data.commit, status: response.data.status };
    },
    async requestBuild() {
      await api.call({
        doing: 'build the site',
        send: (octokit, request) =>
          octokit.request('POST /repos/{owner}/{repo}/pages/builds', { ...repository, request }),
      });
    },
    async sizes(commit) {
      try {
        const { data } = await api.call({
          doing: 'list the files of the branch',
          send: (octokit, request) =>
            octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
              ...repository,
              request,
              tree_sha: commit,
              recursive: '1',
            }),
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
