import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveWeb, type WebServer } from './web.js';

export interface StoredComment {
  id: number;
  issue: number;
  login: string;
  body: string;
}

export interface StoredIssue {
  number: number;
  login: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
  isPullRequest?: boolean;
}

/** A wrong response to a call. */
export interface Fault {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Whether the request is executed anyway, like when a gateway times out. */
  isDone?: boolean;
  /** Whether the server never responds. */
  isSilent?: boolean;
}

export interface GitHubServer extends WebServer {
  readonly comments: StoredComment[];
  readonly issues: StoredIssue[];
  /** Pull requests, in the form of the API. */
  readonly pulls: {
    number: number;
    head: { ref: string; sha: string; repo: { full_name: string } | null };
  }[];
  /** Method and path of each call, in order. */
  readonly calls: string[];
  /** The authorization of each call. */
  readonly logins: Set<string | undefined>;
  /** The owner of the token. */
  viewer: string;
  /** Sets the faults of the next calls whose method and path match. */
  fail(pattern: RegExp, ...faults: Fault[]): void;
}

const TOO_LONG = {
  status: 422,
  value: {
    message: 'Validation Failed',
    errors: [{ field: 'body', code: 'custom', message: 'body is too long (maximum is 65536 characters)' }],
  },
};

function shownIssue({ number, login, title, body, isPullRequest = false }: StoredIssue): unknown {
  return {
    number,
    title,
    body,
    user: { login },
    html_url: `https://github.com/owner/name/issues/${number}`,
    ...(isPullRequest ? { pull_request: { url: 'https://api.github.com/x' } } : {}),
  };
}

interface ApiResponse {
  status: number;
  value: unknown;
  headers?: Record<string, string>;
}

/** Serves the part of GitHub's API for issues of `owner/name`, and comments on them and on pull requests. */
export async function serveGitHub(): Promise<GitHubServer> {
  const comments: StoredComment[] = [];
  const issues: StoredIssue[] = [];
  const pulls: GitHubServer['pulls'] = [];
  const faults: { pattern: RegExp; fault: Fault }[] = [];
  let lastId = 1000;
  const state = {
    comments,
    issues,
    pulls,
    calls: [] as string[],
    logins: new Set<string | undefined>(),
    viewer: 'github-actions[bot]',
    fail(pattern: RegExp, ...more: Fault[]) {
      faults.push(...more.map((fault) => ({ pattern, fault })));
    },
  };

  const server = await serveWeb((request, response) => {
    void respond(request, response);
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', server.url);
    const call = `${request.method ?? ''} ${url.pathname}`;
    state.calls.push(call);
    state.logins.add(request.headers.authorization);
    const text: string[] = [];
    for await (const chunk of request.setEncoding('utf8')) text.push(chunk as string);
    const body = (text.length === 0 ? {} : JSON.parse(text.join(''))) as Partial<StoredIssue>;
    const at = faults.findIndex(({ pattern }) => pattern.test(call));
    const fault = at < 0 ? undefined : faults.splice(at, 1)[0]?.fault;
    const result = fault && !fault.isDone ? undefined : execute(call, url, body.body ?? '', body);
    if (fault?.isSilent) return;
    const { status, value, headers } = fault
      ? { status: fault.status, value: fault.body, headers: fault.headers }
      : (result ?? { status: 404, value: { message: 'Not Found' }, headers: undefined });
    response.writeHead(status, {
      'content-type': typeof value === 'string' ? 'text/html' : 'application/json; charset=utf-8',
      ...headers,
    });
    response.end(value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
  }

  function execute(
    call: string,
    url: URL,
    body: string,
    fields: Partial<StoredIssue>,
  ): ApiResponse | undefined {
    const shown = ({ id, issue, login, body: text }: StoredComment) => ({
      id,
      body: text,
      user: { login },
      html_url: `https://github.com/owner/name/pull/${issue}#issuecomment-${id}`,
    });
    const listed = /^GET \/repos\/owner\/name\/issues\/(\d+)\/comments$/.exec(call);
    if (listed) return page(url, comments.filter(({ issue }) => issue === Number(listed[1])).map(shown));
    const created = /^POST \/repos\/owner\/name\/issues\/(\d+)\/comments$/.exec(call);
    if (created) {
      if (body.length > 65_536) return TOO_LONG;
      const comment = { id: ++lastId, issue: Number(created[1]), login: state.viewer, body };
      comments.push(comment);
      return { status: 201, value: shown(comment) };
    }
    const one = /^(PATCH|DELETE) \/repos\/owner\/name\/issues\/comments\/(\d+)$/.exec(call);
    const comment = comments.find(({ id }) => id === Number(one?.[2]));
    if (one && comment) {
      if (one[1] === 'PATCH') comment.body = body;
      else comments.splice(comments.indexOf(comment), 1);
      return one[1] === 'PATCH' ? { status: 200, value: shown(comment) } : { status: 204, value: undefined };
    }
    if (call === 'GET /repos/owner/name/issues') {
      const open = issues.filter(({ state: is }) => is === url.searchParams.get('state'));
      return page(url, open.map(shownIssue));
    }
    if (call === 'POST /repos/owner/name/issues') {
      if (body.length > 65_536) return TOO_LONG;
      const issue: StoredIssue = {
        number: issues.length + 1,
        login: state.viewer,
        title: fields.title ?? '',
        body,
        state: 'open',
      };
      issues.push(issue);
      return { status: 201, value: shownIssue(issue) };
    }
    const [, changed] = /^PATCH \/repos\/owner\/name\/issues\/(\d+)$/.exec(call) ?? [];
    const issue = issues.find(({ number }) => number === Number(changed));
    if (issue) return { status: 200, value: shownIssue(Object.assign(issue, fields)) };
    if (call === 'POST /graphql')
      return { status: 200, value: { data: { viewer: { login: state.viewer } } } };
    if (call === 'GET /repos/owner/name/pulls') return page(url, pulls);
    return undefined;
  }

  function page(url: URL, all: readonly unknown[]): ApiResponse {
    const size = Number(url.searchParams.get('per_page') ?? 30);
    const number = Number(url.searchParams.get('page') ?? 1);
    const last = Math.ceil(all.length / size);
    const next = new URL(url);
    next.searchParams.set('page', String(number + 1));
    const headers: Record<string, string> =
      number < last ? { link: `<${next.href}>; rel="next", <${next.href}>; rel="last"` } : {};
    return { status: 200, value: all.slice((number - 1) * size, number * size), headers };
  }

  return Object.assign(state, server);
}
