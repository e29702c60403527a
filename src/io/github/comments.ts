import type { Comments, PostedComment, RepositoryName } from '../../app/ports/github.js';
import { count, list, maybe, object, readAs, text } from '../../model/schema.js';
import type { GitHubApi } from './api.js';
import { PAGE_SIZE, pageOf, pagesOf } from './pages.js';
import { findTokenOwner } from './token-owner.js';

const commentsSchema = list(
  object({
    id: count,
    user: maybe(object({ login: text })),
    body: maybe(text),
    html_url: text,
  }),
);
const createdSchema = object({ html_url: text });
/**
 * Creates access to the comments on a pull request or an issue.
 *
 * @param where names it, for messages
 */
export function createComments(
  api: GitHubApi,
  repository: RepositoryName,
  number: number,
  where = `pull request #${number}`,
): Comments {
  const find = async (isWanted: (body: string) => boolean) => {
    const found: PostedComment[] = [];
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
    author: () => findTokenOwner(api),
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
