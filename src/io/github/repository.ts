import type { PagesHost, PagesSite, RepositoryName } from '../../app/ports/github.js';
import type { RemoteSizes } from '../../app/ports/site-store.js';
import { count, list, maybe, object, readAs, text } from '../../model/schema.js';
import { orUndefined, type GitHubApi } from './api.js';

const readOptionalText = maybe(text);
const pagesSchema = object({
  html_url: readOptionalText,
  build_type: readOptionalText,
  source: maybe(object({ branch: readOptionalText, path: readOptionalText })),
});
const buildSchema = object({ commit: readOptionalText, status: readOptionalText });
const treeSchema = object({
  tree: list(object({ sha: readOptionalText, size: maybe(count) })),
});

/** Information from GitHub about the repository of a site. */
export interface GitHubRepository extends PagesHost {
  readonly sizes: RemoteSizes;
}

export function createGitHubRepository(api: GitHubApi, repository: RepositoryName): GitHubRepository {
  const readSite = async (): Promise<PagesSite | undefined> => {
    const pages = await api.call({
      doing: 'show the settings of GitHub Pages',
      async send(octokit, request) {
        const response = await orUndefined(
          octokit.request('GET /repos/{owner}/{repo}/pages', { ...repository, request }),
        );
        return response && readAs(pagesSchema, response.data);
      },
    });
    if (!pages) return undefined;
    const { html_url: url, build_type: type, source } = pages;
    const isWorkflow = type === 'workflow';
    return {
      url: url ?? '',
      branch: isWorkflow ? undefined : source?.branch,
      folder: isWorkflow ? '' : (source?.path ?? '').replace(/^\/+|\/+$/g, ''),
    };
  };
  let site: Promise<PagesSite | undefined> | undefined;
  return {
    // Needed for the address, and again after the push. One request is enough.
    site: () => (site ??= readSite()),
    async latestBuild() {
      const build = await api.call({
        doing: 'show the last build of GitHub Pages',
        async send(octokit, request) {
          const response = await orUndefined(
            octokit.request('GET /repos/{owner}/{repo}/pages/builds/latest', { ...repository, request }),
          );
          return response && readAs(buildSchema, response.data);
        },
      });
      return build && { commit: build.commit ?? '', status: build.status ?? '' };
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
        const { tree } = await api.call({
          doing: 'list the files of the branch',
          async send(octokit, request) {
            const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
              ...repository,
              request,
              tree_sha: commit,
              recursive: '1',
            });
            return readAs(treeSchema, data);
          },
        });
        return new Map(
          tree.flatMap(({ sha, size }) => (sha && size !== undefined ? [[sha, size] as const] : [])),
        );
      } catch {
        // Without the sizes, the sum is reported as "at least".
        return undefined;
      }
    },
  };
}
