/** The settings of GitHub Pages. */
export interface PagesSite {
  readonly url: string;
  /** The branch that is served; `undefined` if a workflow deploys the site. */
  readonly branch: string | undefined;
  /** The folder of the branch that is served; empty for its root. */
  readonly folder: string;
}

/** A build of GitHub Pages. */
export interface PagesBuild {
  readonly commit: string;
  readonly status: string;
}

/** GitHub Pages of one repository. */
export interface PagesHost {
  /** Returns `undefined` if Pages is not enabled. */
  readonly site: () => Promise<PagesSite | undefined>;
  readonly latestBuild: () => Promise<PagesBuild | undefined>;
  readonly requestBuild: () => Promise<void>;
}

/** A comment on a pull request or an issue. */
export interface PostedComment {
  readonly id: number;
  /** Login of the account that wrote it. */
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/**
 * The comments on one pull request or issue. All functions throw a UserError, with `permission` if the token lacks a
 * permission.
 */
export interface Comments {
  /** Returns the comments whose text is wanted, oldest first. */
  readonly find: (isWanted: (body: string) => boolean) => Promise<readonly PostedComment[]>;
  /** Returns the login of the account that owns the token. */
  readonly author: () => Promise<string>;
  /** @returns the address of the new comment */
  readonly create: (body: string) => Promise<string>;
  readonly update: (id: number, body: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
}

/** An open pull request. */
export interface PullRequest {
  readonly number: number;
  /** Its newest commit. */
  readonly commit: string;
}

/** A repository on the server. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** An open issue. */
export interface Issue {
  readonly number: number;
  /** Login of the account that opened it. */
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** What an issue shows. */
export interface IssueText {
  /** Plain text. */
  readonly title: string;
  readonly body: string;
}

/** The issues of one repository. All functions throw a UserError, with `permission` if the token lacks a permission. */
export interface Issues {
  /** Returns the open issues whose text is wanted, oldest first. */
  readonly find: (isWanted: (body: string) => boolean) => Promise<readonly Issue[]>;
  /** Returns the login of the account that owns the token. */
  readonly author: () => Promise<string>;
  /** @returns the address of the new issue */
  readonly create: (text: IssueText) => Promise<string>;
  readonly update: (number: number, text: IssueText) => Promise<void>;
  readonly comment: (number: number, body: string) => Promise<void>;
  readonly close: (number: number) => Promise<void>;
}
