import type { GenericSchema } from 'valibot';
import type {
  PullRequest,
  PullRequestComment,
  PullRequestComments,
  RepositoryName,
} from '../../app/ports/github.js';
import { count, list, maybe, object, readAs, text } from '../../model/schema.js';
import { UserError } from '../../model/user-error.js';
import type { GitHubApi } from './api.js';

/** Maximum page size of GitHub. */
const PAGE_SIZE = 100;
/** Maximum number of pages: a pull request with 10,000 comments is not realistic. */
const MAX_PAGES = 100;
/** Author of comments that are posted with the token of a workflow run. */
const WORKFLOW_AUTHOR = 'github-actions[bot]';

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
const commentsSchema = list(
  object({
    id: count,
    user: maybe(object({ login: text })),
    body: maybe(text),
    html_url: text,
  }),
);
const createdSchema = object({ html_url: text });
const viewerSchema = object({
  viewer: maybe(object({ login: maybe(text) })),
});

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

export function createPullRequestComments(
  api: GitHubApi,
  repository: RepositoryName,
  number: number,
): PullRequestComments {
  const where = `pull request #${number}`;
  const find = async (isWanted: (body: string) => boolean) => {
    const found: PullRequestComment[] = [];
    const pages = pagesOf((page) =>
      api.call({
        doing: `list the comments on ${where}`,
        async send(octokit, request) {
          const response = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            ...repository,
            request,
            issue_number: number,
            per_page: PAGE_SIZE,
            page,
          });
          return pageOf(response, commentsSchema);
        },
      }),
    );
    for await (const comments of pages) {
      for (const { id, user, body, html_url: url } of comments) {
        const text = body ?? '';
        if (isWanted(text)) found.push({ id, author: user?.login ?? '', body: text, url });
      }
    }
    return found;
  };
  return {
    find,
    async author() {
      try {
        // The only request of this kind that the token of a workflow run allows.
        const response = await api.call({
          doing: 'show the owner of the token',
          send: async (octokit, request) =>
            readAs(viewerSchema, await octokit.graphql('{ viewer { login } }', { request })),
        });
        return response.viewer?.login ?? WORKFLOW_AUTHOR;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return WORKFLOW_AUTHOR;
      }
    },
    create: (body) =>
      api.call({
        doing: `comment on ${where}`,
        async send(octokit, request) {
          const { data } = await octokit.request(
            'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
            {
              ...repository,
              request,
              issue_number: number,
              body,
            },
          );
          return readAs(createdSchema, data).html_url;
        },
        async inDoubt() {
          const [made] = await find((text) => text.trimEnd() === body.trimEnd());
          return made?.url;
        },
      }),
    async update(id, body) {
      await api.call({
        doing: `change the comment on ${where}`,
        send: (octokit, request) =>
          octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
            ...repository,
            request,
            comment_id: id,
            body,
          }),
      });
    },
    async remove(id) {
      await api.call({
        doing: `delete a second comment on ${where}`,
        send: (octokit, request) =>
          octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
            ...repository,
            request,
            comment_id: id,
          }),
      });
    },
  };
}

interface Page<T> {
  readonly items: readonly T[];
  /** Whether this is the last page according to the server; `undefined` if the server does not state it. */
  readonly isLast: boolean | undefined;
}

function pageOf<T>(
  { data, headers }: { readonly data: unknown; readonly headers: { readonly link?: string } },
  schema: GenericSchema<unknown, T[]>,
): Page<T> {
  const isLast = headers.link === undefined ? undefined : !/rel="next"/.test(headers.link);
  return { items: readAs(schema, data), isLast };
}

/** Yields all pages, as long as the server announces another one. */
async function* pagesOf<T>(read: (page: number) => Promise<Page<T>>): AsyncGenerator<readonly T[]> {
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { items, isLast } = await read(page);
    yield items;
    // A proxy may have removed GitHub's header.
    if (isLast ?? items.length < PAGE_SIZE) return;
  }
  throw new UserError(
    'limit',
    `The list on GitHub exceeds the limit of ${MAX_PAGES} pages with ${PAGE_SIZE} entries.`,
  );
}
