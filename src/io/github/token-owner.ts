import { maybe, object, readAs, text } from '../../model/schema.js';
import { UserError } from '../../model/user-error.js';
import type { GitHubApi } from './api.js';

/** Author of what is posted with the token of a workflow run. */
const WORKFLOW_AUTHOR = 'github-actions[bot]';

const viewerSchema = object({
  viewer: maybe(object({ login: maybe(text) })),
});

/** Returns the login of the account that owns the token. */
export async function findTokenOwner(api: GitHubApi): Promise<string> {
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
}
