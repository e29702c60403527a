import type { Issue, Issues, RepositoryName } from '../../app/ports/github.js';
import { count, list, maybe, object, readAs, text } from '../../model/schema.js';
import type { GitHubApi } from './api.js';
import { createComments } from './comments.js';
import { PAGE_SIZE, pageOf, pagesOf } from './pages.js';
import { findTokenOwner } from './token-owner.js';

const issuesSchema = list(
  object({
    number: count,
    user: maybe(object({ login: text })),
    body: maybe(text),
    html_url: text,
    // GitHub lists pull requests as issues with this field.
    pull_request: maybe(object({})),
  }),
);
const createdSchema = object({ html_url: text });

/** Creates access to the issues of a repository. */
export function createIssues(api: GitHubApi, repository: RepositoryName): Issues {
  const find = async (isWanted: (body: string) => boolean) => {
    const found: Issue[] = [];
    const pages = pagesOf((page) =>
      api.call({
        doing: 'list the open issues',
        async send(octokit, request) {
          const response = await octokit.request('GET /repos/{owner}/{repo}/issues', {
            ...repository,
            request,
            state: 'open',
            sort: 'created',
            direction: 'asc',
            per_page: PAGE_SIZE,
            page,
          });
          return pageOf(response, issuesSchema);
        },
      }),
    );
    for await (const issues of pages) {
      for (const { number, user, body, html_url: url, pull_request: pull } of issues) {
        if (pull === undefined && isWanted(body ?? ''))
          found.push({ number, author: user?.login ?? '', body: body ?? '', url });
      }
    }
    return found;
  };
  return {
    find,
    author: () => findTokenOwner(api),
    create: (shown) =>
      api.call({
        doing: 'open an issue',
        async send(octokit, request) {
          const { data } = await octokit.request('POST /repos/{owner}/{repo}/issues', {
            ...repository,
            request,
            ...shown,
          });
          return readAs(createdSchema, data).html_url;
        },
        async inDoubt() {
          const [made] = await find((body) => body.trimEnd() === shown.body.trimEnd());
          return made?.url;
        },
      }),
    async update(number, shown) {
      await api.call({
        doing: `change issue #${number}`,
        send: (octokit, request) =>
          octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
            ...repository,
            request,
            issue_number: number,
            ...shown,
          }),
      });
    },
    async comment(number, body) {
      await createComments(api, repository, number, `issue #${number}`).create(body);
    },
    async close(number) {
      await api.call({
        doing: `close issue #${number}`,
        send: (octokit, request) =>
          octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
            ...repository,
            request,
            issue_number: number,
            state: 'closed',
            state_reason: 'completed',
          }),
      });
    },
  };
}
