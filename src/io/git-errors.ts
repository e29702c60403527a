import { UserError } from '../model/user-error.js';
import { GitFailure } from './git.js';

interface Explanation {
  readonly pattern: RegExp;
  readonly what: string;
  readonly hint: string;
  /** Whether the remote may have done what was asked all the same. */
  readonly isUncertain?: boolean;
}

const WRITE_PERMISSION =
  'In a workflow, give the job "permissions: contents: write"; elsewhere, use a token or key that may write to the repository.';

/** What git and its servers say, in the order in which it is looked for, and what a user can do about it. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /terminal prompts disabled|could not read (Username|Password)/i,
    what: 'it asks for a login, and none was given',
    hint: 'In a workflow, pass "token"; on the command line, set UPDATE_SITE_TOKEN or configure a git credential helper.',
  },
  {
    pattern: /Authentication failed|error: 401|Invalid username or (password|token)/i,
    what: 'it does not accept the login',
    hint: 'The token may be wrong, expired, or made for another server.',
  },
  {
    pattern:
      /Permission to .* denied|Write access to repository not granted|error: 403|insufficient permission/i,
    what: 'access is denied',
    hint: WRITE_PERMISSION,
  },
  {
    pattern: /Permission denied \(publickey|Host key verification failed/i,
    what: 'SSH could not log in',
    hint: 'Check that your SSH agent holds a key for it, and that the host is in known_hosts.',
  },
  {
    pattern: /exceeds GitHub's file size limit|GH001/i,
    what: 'a file is too large for it',
    hint: 'GitHub refuses files over 100 MB. Publish the file elsewhere, or make it smaller.',
  },
  {
    pattern: /protected branch|GH006|GH013|pre-receive hook declined|hook declined|push declined/i,
    what: 'its rules do not allow the push',
    hint: 'Look at the branch protection and the rule sets of the repository: the branch of the site must accept this login.',
  },
  {
    pattern:
      /not found|does not appear to be a git repository|does not exist|error: 404|not a git repository/i,
    what: 'there is no such repository, or the login may not see it',
    hint: 'Check the URL of the remote, and that the login may read it.',
  },
  {
    pattern:
      /Could not resolve host|Failed to connect|Couldn't connect|Connection (refused|timed out|reset)|unable to access|error: 5\d\d|hung up|Operation too slow|early EOF/i,
    what: 'it could not be reached',
    hint: 'Check the network and the URL, and run again.',
    isUncertain: true,
  },
];

/** How sure we are of what a failed command left behind: a push may have arrived although its answer did not. */
const CERTAINTY = {
  reading: 'Nothing was changed.',
  committing: 'Nothing was changed.',
  pushing: 'Whether the push has arrived is not known; running again publishes nothing twice.',
  confirming: 'The push itself was accepted; running again publishes nothing twice.',
} as const;

/**
 * Says what a failed git command means for the user.
 *
 * @param doing what was being done: `read branch gh-pages of …`
 * @param phase whether something may have been changed already
 */
export function explainGitFailure(thrown: unknown, doing: string, phase: keyof typeof CERTAINTY): unknown {
  if (!(thrown instanceof GitFailure)) return thrown;
  if (thrown.timedOutAfterMs !== undefined) {
    const seconds = Math.round(thrown.timedOutAfterMs / 1000);
    return new UserError('remote', `Could not ${doing}: there was no answer within ${seconds} seconds.`, {
      hint: `${CERTAINTY[phase]} Check the network and the server, and run again; --timeout gives it more time.`,
      cause: thrown,
    });
  }
  const said = lastLines(thrown.result.stderr);
  const explanation = EXPLANATIONS.find(({ pattern }) => pattern.test(thrown.result.stderr));
  const what = explanation ? `${explanation.what} (${said})` : said;
  const hint = explanation?.hint ?? 'The words in the message are git’s own.';
  const isUncertain = explanation?.isUncertain ?? explanation === undefined;
  return new UserError('remote', `Could not ${doing}: ${what}.`, {
    hint: isUncertain || phase === 'confirming' ? `${hint} ${CERTAINTY[phase]}` : hint,
    cause: thrown,
  });
}

/** The end of what git printed on one line, without login data that a URL may hold. */
function lastLines(stderr: string): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^(remote|fatal|error|hint|warning): */i, '').trim())
    .filter((line) => line !== '');
  return withoutCredentials(lines.slice(-4).join('; ').replace(/\.$/, '')) || 'git said nothing about it';
}

/** A URL, or a text with URLs, without user names and passwords. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]*@/gi, '$1');
}
