import type { SitePath } from '../../model/site-path.js';

/** A redirect that a web server sent. */
export interface FollowedRedirect {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

/** Redirects on the way to a file; absent for a place that is not a web address. */
interface OnTheWay {
  readonly redirects?: readonly FollowedRedirect[];
}

/** Why a file is not available: it does not exist, or the reason, as the end of a sentence. */
export type Unavailable =
  { readonly status: 'missing' } | { readonly status: 'failed'; readonly reason: string };

/** What is known of a stored file without reading it. Its size is in bytes; `undefined` if that is unknown. */
export type FileState =
  ({ readonly status: 'there'; readonly size: number | undefined } & OnTheWay) | Unavailable;

/** A stored file that can be read on this machine. */
export type LocalFile =
  | ({
      readonly status: 'there';
      /** Absolute path. */
      readonly file: string;
      /** In bytes. */
      readonly size: number;
      /** Time of the last modification, in milliseconds since 1970. */
      readonly modified: number;
      /** What the place itself knows to be wrong with the content, as a clause; absent for most places. */
      readonly damage?: string;
    } & OnTheWay)
  | Unavailable;

/** How files are made available on this machine. */
export interface FetchOptions {
  /** Returns the absolute path for the copy of a file, in a folder of the caller. */
  readonly fileFor: (path: SitePath) => string;
  /** Maximum size of a file, in bytes. */
  readonly maxBytesEach: number;
  /** Called with the number of bytes that have arrived since the last call. */
  readonly onBytes?: (bytes: number) => void;
}

/** The headers of a response, with names in lower case. */
export interface ServedResponse {
  /** GET if the server does not support HEAD for the file. */
  readonly method: 'HEAD' | 'GET';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly redirects: readonly FollowedRedirect[];
}

/** The web server of a site. */
export interface ServedSite {
  /** Address of the site, with a slash at its end. */
  readonly url: string;
  /**
   * Requests only the headers of a file, or those of its first byte if the server does not support that.
   *
   * @throws {UserError} `remote` if the server does not respond
   */
  readonly head: (path: string) => Promise<ServedResponse>;
}

/** A stored state of a site. */
export interface PastState {
  /** The commit. */
  readonly id: string;
  /** `undefined` if the commit states one after the year 9999. */
  readonly date: Date | undefined;
  readonly author: string;
  /** The first line of its message. */
  readonly subject: string;
}

/** The earlier states of a site. */
export interface SitePast {
  /**
   * Returns the states in which one of some files changed, newest first.
   *
   * @param limit maximum number of states
   */
  readonly statesOf: (paths: readonly SitePath[], limit: number) => Promise<readonly PastState[]>;
  /**
   * Reads a file in several states.
   *
   * @returns its content per state, in the same order; `undefined` where it does not exist
   */
  readonly readAt: (ids: readonly string[], path: SitePath) => Promise<readonly (Uint8Array | undefined)[]>;
  /** Returns the files of one state. */
  readonly at: (id: string) => StoredFiles;
}

/** The files of a site, now or in an earlier state. */
export type StoredFiles = Pick<ReadableSite, 'readFile' | 'statFiles' | 'fetchFiles'>;

/** A state of a site, in any place from which it can be read. */
export interface ReadableSite {
  /** True if the site does not exist yet. */
  readonly isNew: boolean;
  /** Returns `undefined` if the file does not exist. */
  readonly readFile: (path: SitePath) => Promise<Uint8Array | undefined>;
  /** Returns the paths of all files of the site. Absent for a place that does not list them, such as a web address. */
  readonly listFiles?: () => Promise<readonly string[]>;
  /**
   * Finds out which files exist.
   *
   * @param onDone called after each file
   * @returns one state per path, in the same order
   */
  readonly statFiles: (paths: readonly SitePath[], onDone?: () => void) => Promise<readonly FileState[]>;
  /**
   * Makes files available on this machine: copies of them, or the files themselves if they are here.
   *
   * @returns one file per path, in the same order
   */
  readonly fetchFiles: (paths: readonly SitePath[], options: FetchOptions) => Promise<readonly LocalFile[]>;
  /** Set if the files are on this machine, so that nothing is copied. */
  readonly isHere?: true;
  /** Absent for a place that is not a web address. */
  readonly served?: ServedSite;
  /** Absent for a place that does not keep earlier states. */
  readonly past?: SitePast;
  /** Returns what the user may have meant if the place has no site, as a sentence; `undefined` if that is not known. */
  readonly adviceIfEmpty?: () => Promise<string | undefined>;
  /** What to do if a file is lost or damaged, as a sentence. Absent for a place where it can be published again. */
  readonly remedy?: string;
}

/** A place from which a site is read. */
export interface SiteSource {
  /** For messages: `branch gh-pages of https://…`. */
  readonly description: string;
  /** What to do if the place has no site, as a sentence, as far as its notation shows what the user meant. */
  readonly advice?: string | undefined;
  /**
   * Reads the newest state. Called again after a lost race, without `close` in between.
   *
   * @param forWriting whether a publication may follow
   * @throws {UserError} if the place cannot be read
   */
  readonly open: (forWriting: boolean) => Promise<ReadableSite>;
  /** Removes all temporary files on this machine. May be called several times. */
  readonly close: () => Promise<void>;
}
