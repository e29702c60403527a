import type { PullRequest, RepositoryName } from '../../app/ports/github.js';
import { count, list, maybe, object, text } from '../../model/schema.js';
import type { GitHubApi } from './api.js';
import { PAGE_SIZE, pageOf, pagesOf } from './pages.js';

const pullsSchema = list(
  object({
    number: count,
    head: object({
      ref: text,
      sha: text,
      repo: maybe(object({ full_name: text })),
    }),
  }),
);

/** The head of a pull request. */
export interface PullRequestHead {
  readonly owner: string;
  readonly branch: string;
  /** `owner/name` of its repository. */
  readonly repository: string;
}

/** Lists the open pull requests with this head. */
export async function findPullRequests(
  api: GitHubApi,
  repository: RepositoryName,
  head: PullRequestHead,
): Promise<readonly PullRequest[]> {
  const found: PullRequest[] = [];
  const pages = pagesOf((page) =>
    api.call({
      doing: `list the pull requests of ${head.owner}:${head.branch}`,
      async send(octokit, request) {
        const response = await octokit.request('GET /repos/{owner}/{repo}/pulls', {
          ...repository,
          request,
          state: 'open',
          head: `${head.owner}:${head.branch}`,
          per_page: PAGE_SIZE,
          page,
        });
        return pageOf(response, pullsSchema);
      },
    }),
  );
  for await (const pulls of pages) {
    for (const pull of pulls) {
      // GitHub lists all pull requests if it does not understand the filter.
      if (pull.head.ref !== head.branch || pull.head.repo?.full_name !== head.repository) continue;
      found.push({ number: pull.number, commit: pull.head.sha });
    }
  }
  return found;
}
